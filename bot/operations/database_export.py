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
    ExportOptions,
    ExportProgress,
    Sink,
    write_tables,
)
from bot.settings import Settings
from bot.terminal import print_errors, print_lines
from course.model import Course
from storage import exports
from storage.errors import StorageError
from storage.store import Store

# Rows written between updates of the progress line, at least.
_ROWS_BETWEEN_UPDATES = 20_000

# File suffixes of formats that are not supported.
_UNSUPPORTED_SUFFIXES = frozenset(
    {".csv", ".tsv", ".txt", ".json", ".xls", ".xlsm", ".ods", ".gz", ".tar"}
)


async def export_database(
    settings: Settings, course: Course, target: Path, *, user_ids: bool, now: Clock = clock.now
) -> int:
    """Export everything to `target`; returns the process's exit code.

    Args:
        target: a file that ends in .xlsx or .zip, else a folder for CSV files. Must not exist.
        user_ids: write Telegram's user ids instead of pseudonyms.
    """
    if await asyncio.to_thread(target.exists):
        return _print_error(f"{target} exists already. Name one that does not.")
    if target.suffix.lower() in _UNSUPPORTED_SUFFIXES:
        return _print_error(
            f"There is no single {target.suffix} file: there are several tables. Name a file that"
            " ends in .xlsx or .zip, or a new folder for CSV files."
        )
    options = ExportOptions(
        now(), f"course-tutor-bot {version('course-tutor-bot')}", user_ids=user_ids
    )
    try:
        store = await Store.open_existing(settings.database_url)
        try:
            manifest = await _write_export(store, course, options, target)
        finally:
            await store.close()
    except StorageError as error:
        return _print_error(str(error))
    except OSError as error:
        return _print_error(f"{target} cannot be written: {error.strerror or error}.")
    for table, rows in manifest.tables:
        print_lines(f"{table.name:<12}{rows:>12,}")
    print_lines(f"Written to {target}. What each column means stands in it.")
    return 0


async def _write_export(
    store: Store, course: Course, options: ExportOptions, target: Path
) -> Manifest:
    line = _ProgressLine(await exports.count_answers(store))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="tutorbot-export-") as scratch,
            _open_sink(target, Path(scratch)) as sink,
        ):
            return await write_tables(store, course, options, sink, line.show)
    finally:
        line.clear()


@contextmanager
def _open_sink(target: Path, scratch: Path) -> Iterator[Sink]:
    """Create the target and yield a sink for it; remove the target if the export fails."""
    is_folder = target.suffix.lower() not in {".xlsx", ".zip"}
    if is_folder:
        target.mkdir(mode=0o700)
    else:
        target.touch(mode=0o600, exist_ok=False)
    try:
        yield _make_sink(target, scratch)
    except BaseException:
        if is_folder:
            shutil.rmtree(target, ignore_errors=True)
        else:
            target.unlink(missing_ok=True)
        raise


def _make_sink(target: Path, scratch: Path) -> Sink:
    match target.suffix.lower():
        case ".xlsx":
            return Workbook(target, scratch)
        case ".zip":
            return CsvZip(target)
        case _:
            return CsvFolder(target)


class _ProgressLine:
    """Progress line on stderr; silent when stderr is not a terminal."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._shown = -_ROWS_BETWEEN_UPDATES

    def show(self, step: ExportProgress) -> None:
        """Show the progress, at most once every some thousand rows."""
        if sys.stderr.isatty() and (
            not step.table_rows or step.total_rows - self._shown >= _ROWS_BETWEEN_UPDATES
        ):
            self._shown = step.total_rows
            percent = step.percent_done(self._answers)
            share = "" if percent is None else f"{percent} %, "
            part = (
                f"part {step.table_number} of {step.table_count}, {step.table}:"
                f" {share}{step.total_rows:,} rows"
            )
            sys.stderr.write(f"\r\x1b[K{part}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Erase the line."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")


def _print_error(sentence: str) -> int:
    print_errors(*sentence.split("\n"))
    return 1
