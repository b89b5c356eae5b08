"""Makes the files that people ask for in chats, one after the other, and sends them.

What is not sent yet lies in a folder of this process; what a process that died left is removed at
the next start. Whoever asked must ask again then: nothing of it is kept.
"""

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.actions.visits import Services, Turn
from bot.clock import Clock
from bot.exports.csvs import CsvZip
from bot.exports.workbooks import Workbook
from bot.exports.writing import Wanted, write
from bot.rendering import exports as screens
from bot.replies import Reply
from bot.voice import Voices
from storage.exports import Whose

log = logging.getLogger(__name__)

Show: TypeAlias = Callable[[int, int | None, Reply], Awaitable[int]]
"""Shows a reply in a chat, in the message of that number; gives the number."""

SendFile: TypeAlias = Callable[[int, Path, str, str], Awaitable[object]]
"""Sends a file to a chat: its path, its name there, and the words under it."""

LARGEST = 49_000_000
"""Bytes of a file; the rest of Telegram's 50 MB is for what goes with it."""

# Seconds between two changes of the message that says how far it is.
_EVERY = 3.0

_PREFIX = "tutorbot-export-"


def sweep(folder: Path) -> None:
    """Remove what processes that are gone have left in `folder`."""
    for left in folder.glob(f"{_PREFIX}[0-9]*-*"):
        owner = int(left.name.removeprefix(_PREFIX).partition("-")[0])
        if owner == os.getpid() or not _is_alive(owner):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass(slots=True)
class Exporting:
    """Files that are being made.

    Args:
        folder: where they lie meanwhile.
        every: seconds between two words on how far it is.
    """

    services: Services
    voices: Voices
    clock: Clock
    version: str
    show: Show
    send_file: SendFile
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))
    every: float = _EVERY
    _tasks: "dict[int, asyncio.Task[None]]" = field(default_factory=dict, init=False)
    _one_at_a_time: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(1), init=False
    )

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return bool(self._tasks)

    def begin(self, turn: Turn, message: int, form: str, whose: Whose) -> bool:
        """Make a file for whoever's turn it is; false when one is being made for them already.

        Args:
            message: where to say how far it is.
            form: one of `bot.actions.exporting.FORMATS`.
        """
        if turn.learner in self._tasks:
            return False
        task = asyncio.create_task(self._make(turn, message, form, whose))
        self._tasks[turn.learner] = task
        task.add_done_callback(lambda _: self._tasks.pop(turn.learner, None))
        return True

    async def close(self) -> None:
        """Make nothing more."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, turn: Turn, message: int, form: str, whose: Whose) -> None:
        _ = self.voices.of(turn.language)
        scratch = await asyncio.to_thread(
            tempfile.mkdtemp, "", f"{_PREFIX}{os.getpid()}-", self.folder
        )
        try:
            async with self._one_at_a_time:
                reply = await self._made(turn, message, form, whose, Path(scratch))
        except Exception:  # whoever asked hears of it, whatever it is
            log.exception("An export failed", extra={"action": "export_failed"})
            reply = screens.failed(_)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        await self._say(turn, message, reply)

    async def _made(
        self, turn: Turn, message: int, form: str, whose: Whose, scratch: Path
    ) -> Reply:
        _ = self.voices.of(turn.language)
        file = scratch / f"export.{'xlsx' if form == 'xlsx' else 'zip'}"
        sink = Workbook(file, scratch) if form == "xlsx" else CsvZip(file)
        wanted = Wanted(self.clock(), f"course-tutor-bot {self.version}", whose)
        progress = _Progress()
        telling = asyncio.create_task(self._tell(turn, message, progress))
        try:
            services = self.services
            manifest = await write(services.store, services.course, wanted, sink, progress.note)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
        if file.stat().st_size > LARGEST:
            return screens.too_large(_)
        rows = sum(count for _table, count in manifest.tables)
        name = f"{self.services.course.id}-{manifest.made_at[:10]}{file.suffix}"
        await self.send_file(turn.learner, file, name, screens.caption(_))
        return screens.done(_, rows)

    async def _tell(self, turn: Turn, message: int, progress: "_Progress") -> None:
        _ = self.voices.of(turn.language)
        while True:
            await asyncio.sleep(self.every)
            await self._say(turn, message, screens.going_on(_, progress.rows))

    async def _say(self, turn: Turn, message: int, reply: Reply) -> None:
        try:
            await self.show(turn.learner, message, reply)
        except Exception:  # noqa: BLE001 - the file matters, not the words about it
            log.info("How far it is could not be said", extra={"action": "export_silent"})


@dataclass(slots=True)
class _Progress:
    rows: int = 0

    def note(self, _table: str, done: int) -> None:
        self.rows = done
