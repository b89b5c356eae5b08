"""Makes the exports that people request in chats, one after the other, and sends them.

Files are written to a temporary folder of this process; folders of dead processes are removed at
the next start. Requests are not stored: after a restart people must ask again, and are told so.
Permission is rechecked before a file is made and before it is sent.
"""

import asyncio
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.actions import exports
from bot.actions.exports import Allowed
from bot.actions.learner_state import Services, Turn
from bot.clock import Clock
from bot.exports.csvs import CsvZip
from bot.exports.workbooks import Workbook
from bot.exports.writer import Step, Wanted, write
from bot.graceful_shutdown import finish
from bot.i18n import Voices
from bot.messages import Reply
from bot.rendering import notices
from bot.rendering.exports import (
    caption,
    done,
    failed,
    going_on,
    stopped,
    too_large,
)

log = logging.getLogger(__name__)

Show: TypeAlias = Callable[[int, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""

SendFile: TypeAlias = Callable[[int, Path, str, str], Awaitable[object]]
"""Sends a file to a chat: the file's path, its name there, and its caption."""

LARGEST = 49_000_000
"""Largest file, in bytes; the rest of Telegram's 50 MB is left for the rest of the request."""

# Seconds between edits of the progress message.
_EVERY = 3.0

# Seconds to tell people on shutdown that their export was stopped.
_LAST_WORDS = 3.0

_PREFIX = "tutorbot-export-"

# Name of such a folder; a process id has at most seven digits (proc(5), pid_max).
_OURS = re.compile(rf"{_PREFIX}([0-9]{{1,7}})-.*")


def sweep(folder: Path) -> None:
    """Remove temporary folders that dead processes left in `folder`."""
    for left in folder.glob(f"{_PREFIX}*"):
        found = _OURS.fullmatch(left.name)
        if found is None:  # other programs may create any name there
            continue
        owner = int(found[1])
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
    """Makes and sends exports in the background, one at a time.

    Args:
        folder: parent of the temporary folders.
        progress_interval: seconds between progress updates.
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
        """Whether an export is running or queued."""
        return bool(self._tasks)

    def begin(self, turn: Turn, message: int, form: str, allowed: Allowed) -> bool:
        """Start an export in the background; false when this person has one already.

        Args:
            message_id: the message that shows the progress.
            file_format: one of the formats that the export action offers.
        """
        if turn.learner in self._tasks:
            return False
        task = asyncio.create_task(self._make(turn, message, form, allowed))
        self._tasks[turn.learner] = task
        task.add_done_callback(lambda _: self._tasks.pop(turn.learner, None))
        return True

    async def close(self, within: float) -> None:
        """Cancel all exports and tell their requesters, within `within` seconds."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await finish(tasks, within)

    async def _make(self, turn: Turn, message: int, form: str, allowed: Allowed) -> None:
        _ = self.voices.of(turn.language)
        try:
            async with self._one_at_a_time:
                reply = await self._in_scratch(turn, message, form, allowed)
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LAST_WORDS):
                    await self._say(turn, message, stopped(_))
            raise
        except Exception:  # any error is reported to the requester
            log.exception("An export failed", extra={"action": "export_failed"})
            reply = failed(_)
        await self._say(turn, message, reply)

    async def _in_scratch(self, turn: Turn, message: int, form: str, allowed: Allowed) -> Reply:
        scratch = await asyncio.to_thread(
            tempfile.mkdtemp, "", f"{_PREFIX}{os.getpid()}-", self.folder
        )
        try:
            return await self._made(turn, message, form, allowed, Path(scratch))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    async def _made(
        self, turn: Turn, message: int, form: str, allowed: Allowed, scratch: Path
    ) -> Reply:
        _ = self.voices.of(turn.language)
        if not await exports.still(self.services, turn, allowed):
            return Reply(notices.not_yours(_))
        file = scratch / f"export.{'xlsx' if form == 'xlsx' else 'zip'}"
        sink = Workbook(file, scratch) if form == "xlsx" else CsvZip(file)
        wanted = Wanted(self.clock(), f"course-tutor-bot {self.version}", allowed.whose)
        progress = _Progress(allowed.answers)
        telling = asyncio.create_task(self._tell(turn, message, progress))
        try:
            services = self.services
            manifest = await write(services.store, services.course, wanted, sink, progress.note)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
        if file.stat().st_size > LARGEST:
            return too_large(_)
        if not await exports.still(self.services, turn, allowed):
            return Reply(notices.not_yours(_))
        rows = sum(count for _table, count in manifest.tables)
        name = f"{self.services.course.id}-{manifest.made_at[:10]}{file.suffix}"
        await self.send_file(turn.learner, file, name, caption(_))
        return done(_, rows)

    async def _tell(self, turn: Turn, message: int, progress: "_Progress") -> None:
        _ = self.voices.of(turn.language)
        while True:
            await asyncio.sleep(self.every)
            if (step := progress.step) is not None:
                percent = step.percent(progress.answers)
                said = going_on(_, step.number, step.of, percent, step.rows)
                await self._say(turn, message, said)

    async def _say(self, turn: Turn, message: int, reply: Reply) -> None:
        try:
            await self.show(turn.learner, message, reply)
        except Exception:  # noqa: BLE001 - progress is optional, the file is not
            log.info("How far it is could not be said", extra={"action": "export_silent"})


@dataclass(slots=True)
class _Progress:
    answers: int
    step: Step | None = None

    def note(self, step: Step) -> None:
        self.step = step
