"""`tutorbot export`: the whole database as files, with a line that says how far it is."""

import asyncio
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bot import clock
from bot.clock import Clock
from bot.exports.csvs import CsvFolder, CsvZip
from bot.exports.workbooks import Workbook
from bot.exports.writing import Sink, Wanted, write
from bot.settings import Settings
from course.model import Course
from storage import exports
from storage.errors import StorageError
from storage.store import Store

# At least so many rows between two changes of the line.
_EVERY = 20_000


async def export(
    settings: Settings, course: Course, to: Path, *, user_ids: bool, now: Clock = clock.now
) -> int:
    """Write everything to `to`; returns the process's exit code.

    Args:
        to: ends in .xlsx or .zip; else it is a folder for CSV files. It must not exist.
        user_ids: Telegram's user ids stand for learners, not pseudonyms.
    """
    if await asyncio.to_thread(to.exists):
        return _failed(f"{to} exists already. Name one that does not.")
    wanted = Wanted(now(), f"course-tutor-bot {version('course-tutor-bot')}", user_ids=user_ids)
    try:
        store = await Store.open(settings.database_url, now())
        try:
            with tempfile.TemporaryDirectory(prefix="tutorbot-export-") as scratch:
                line = _Line(await exports.answers(store))
                manifest = await write(store, course, wanted, _sink(to, Path(scratch)), line.tell)
        finally:
            await store.close()
    except StorageError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"{to} cannot be written: {error.strerror or error}.")
    line.end()
    for table, rows in manifest.tables:
        _say(f"{table.name:<12}{rows:>12,}")
    _say(f"Written to {to}. What each column means stands in it.")
    return 0


def _sink(to: Path, scratch: Path) -> Sink:
    match to.suffix.lower():
        case ".xlsx":
            to.touch(mode=0o600, exist_ok=False)
            return Workbook(to, scratch)
        case ".zip":
            to.touch(mode=0o600, exist_ok=False)
            return CsvZip(to)
        case _:
            to.mkdir(mode=0o700)
            return CsvFolder(to)


class _Line:
    """The line in the terminal; in a file or a pipe there is none."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._shown = -_EVERY

    def tell(self, table: str, done: int) -> None:
        """Say how far it is, now and then."""
        if sys.stderr.isatty() and done - self._shown >= _EVERY:
            self._shown = done
            sys.stderr.write(f"\r{table:<12}{done:>12,} rows, {self._answers:,} are answers ")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
