"""`tutorbot export`: exports the whole database to files, with a progress line."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from bot import clock
from bot.clock import Clock
from bot.exports.csvs import CsvFolder, CsvZip
from bot.exports.manifest import Manifest
from bot.exports.workbooks import Workbook
from bot.exports.writer import (
    Sink,
    Step,
    Wanted,
    write,
)
from bot.settings import Settings
from bot.terminal import complain, say
from course.model import Course
from storage import exports
from storage.errors import StorageError
from storage.store import Store

# Rows written between updates of the progress line, at least.
_EVERY = 20_000

# File suffixes of formats that are not supported.
_OTHERS = frozenset({".csv", ".tsv", ".txt", ".json", ".xls", ".xlsm", ".ods", ".gz", ".tar"})


async def export(
    settings: Settings, course: Course, to: Path, *, user_ids: bool, now: Clock = clock.now
) -> int:
    """Export everything to `target`; returns the process's exit code.

    Args:
        target: a file that ends in .xlsx or .zip, else a folder for CSV files. Must not exist.
        user_ids: write Telegram's user ids instead of pseudonyms.
    """
    if await asyncio.to_thread(to.exists):
        return _failed(f"{to} exists already. Name one that does not.")
    if to.suffix.lower() in _OTHERS:
        return _failed(
            f"There is no single {to.suffix} file: there are several tables. Name a file that ends"
            " in .xlsx or .zip, or a new folder for CSV files."
        )
    wanted = Wanted(now(), f"course-tutor-bot {version('course-tutor-bot')}", user_ids=user_ids)
    try:
        store = await Store.open_existing(settings.database_url)
        try:
            manifest = await _written(store, course, wanted, to)
        finally:
            await store.close()
    except StorageError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"{to} cannot be written: {error.strerror or error}.")
    for table, rows in manifest.tables:
        say(f"{table.name:<12}{rows:>12,}")
    say(f"Written to {to}. What each column means stands in it.")
    return 0


async def _written(store: Store, course: Course, wanted: Wanted, to: Path) -> Manifest:
    line = _Line(await exports.answers(store))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="tutorbot-export-") as scratch,
            _made(to, Path(scratch)) as sink,
        ):
            return await write(store, course, wanted, sink, line.tell)
    finally:
        line.end()


@contextmanager
def _made(to: Path, scratch: Path) -> Iterator[Sink]:
    """Create the target and yield a sink for it; remove the target if the export fails."""
    is_folder = to.suffix.lower() not in {".xlsx", ".zip"}
    if is_folder:
        to.mkdir(mode=0o700)
    else:
        to.touch(mode=0o600, exist_ok=False)
    try:
        yield _sink(to, scratch)
    except BaseException:
        if is_folder:
            shutil.rmtree(to, ignore_errors=True)
        else:
            to.unlink(missing_ok=True)
        raise


def _sink(to: Path, scratch: Path) -> Sink:
    match to.suffix.lower():
        case ".xlsx":
            return Workbook(to, scratch)
        case ".zip":
            return CsvZip(to)
        case _:
            return CsvFolder(to)


class _Line:
    """Progress line on stderr; silent when stderr is not a terminal."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._shown = -_EVERY

    def tell(self, step: Step) -> None:
        """Show the progress, at most once every some thousand rows."""
        if sys.stderr.isatty() and (not step.done or step.rows - self._shown >= _EVERY):
            self._shown = step.rows
            percent = step.percent(self._answers)
            share = "" if percent is None else f"{percent} %, "
            part = f"part {step.number} of {step.of}, {step.table}: {share}{step.rows:,} rows"
            sys.stderr.write(f"\r\x1b[K{part}")
            sys.stderr.flush()

    def end(self) -> None:
        """Erase the line."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")


def _failed(sentence: str) -> int:
    complain(*sentence.split("\n"))
    return 1
