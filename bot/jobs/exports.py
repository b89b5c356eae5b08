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
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.actions import exports
from bot.actions.exports import ExportPermission
from bot.actions.learner_state import Interaction, Services
from bot.clock import Clock
from bot.exports.csvs import CsvZip
from bot.exports.workbooks import Workbook
from bot.exports.writer import ExportOptions, ExportProgress, write_tables
from bot.i18n import Translator, Translators
from bot.messages import Reply
from bot.rendering import notices
from bot.rendering.exports import (
    caption,
    done,
    failed,
    progress,
    stopped,
    too_large,
)
from bot.workers import Worker
from course.model import LearnerId

log = logging.getLogger(__name__)

ShowMessage: TypeAlias = Callable[[int, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""

SendFile: TypeAlias = Callable[[int, Path, str, str], Awaitable[object]]
"""Sends a file to a chat: the file's path, its name there, and its caption."""

MAX_FILE_SIZE = 49_000_000
"""Largest file, in bytes; the rest of Telegram's 50 MB is left for the rest of the request."""

# Seconds between edits of the progress message.
_PROGRESS_INTERVAL = 3.0

# Seconds to tell people on shutdown that their export was stopped.
_STOP_NOTICE_LIMIT = 3.0

_FOLDER_PREFIX = "tutorbot-export-"

# Name of such a folder; a process id has at most seven digits (proc(5), pid_max).
_FOLDER_NAME = re.compile(rf"{_FOLDER_PREFIX}([0-9]{{1,7}})-.*")


def remove_stale_folders(folder: Path) -> None:
    """Remove temporary folders that dead processes left in `folder`."""
    for left in folder.glob(f"{_FOLDER_PREFIX}*"):
        found = _FOLDER_NAME.fullmatch(left.name)
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


@dataclass(frozen=True, slots=True)
class _Request:
    """An export that somebody waits for.

    Attributes:
        message_id: the message that shows the progress.
    """

    interaction: Interaction
    message_id: int
    file_format: str
    allowed: ExportPermission


class ExportSender(Worker):
    """Makes and sends exports, one at a time, in the order in which they were requested.

    Args:
        folder: parent of the temporary folders.
        progress_interval: seconds between progress updates.
    """

    def __init__(
        self,
        services: Services,
        translators: Translators,
        clock: Clock,
        version: str,
        show_message: ShowMessage,
        send_file: SendFile,
        folder: Path | None = None,
        progress_interval: float = _PROGRESS_INTERVAL,
    ) -> None:
        super().__init__("exports")
        self.services = services
        self.folder = folder or Path(tempfile.gettempdir())
        self._translators = translators
        self._clock = clock
        self._version = version
        self._show_message = show_message
        self._send_file = send_file
        self._progress_interval = progress_interval
        self._requests: dict[LearnerId, _Request] = {}

    def start_export(
        self, interaction: Interaction, message_id: int, file_format: str, allowed: ExportPermission
    ) -> bool:
        """Start an export in the background; false when this person has one already.

        Args:
            message_id: the message that shows the progress.
            file_format: one of the formats that the export action offers.
        """
        if interaction.learner in self._requests:
            return False
        self._requests[interaction.learner] = _Request(
            interaction, message_id, file_format, allowed
        )
        self.wake()
        return True

    async def close(self, within: float = 0.0) -> None:
        """Cancel all exports and tell their requesters, within `within` seconds."""
        await super().close()
        with suppress(TimeoutError):
            async with asyncio.timeout(min(within, _STOP_NOTICE_LIMIT)):
                await asyncio.gather(
                    *(
                        self._show_reply(one, stopped(self._translator(one)))
                        for one in self._requests.values()
                    )
                )

    async def _work(self) -> None:
        while self._requests:
            request = next(iter(self._requests.values()))
            try:
                reply = await self._run_in_scratch_folder(request)
            except Exception:  # any error is reported to the requester
                log.exception("An export failed", extra={"action": "export_failed"})
                reply = failed(self._translator(request))
            del self._requests[request.interaction.learner]
            await self._show_reply(request, reply)

    async def _run_in_scratch_folder(self, request: _Request) -> Reply:
        scratch = await asyncio.to_thread(
            tempfile.mkdtemp, "", f"{_FOLDER_PREFIX}{os.getpid()}-", self.folder
        )
        try:
            return await self._write_and_send(request, Path(scratch))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    async def _write_and_send(self, request: _Request, scratch: Path) -> Reply:
        _, allowed = self._translator(request), request.allowed
        if not await exports.is_still_allowed(self.services, request.interaction, allowed):
            return Reply(notices.not_found_or_not_yours(_))
        is_workbook = request.file_format == "xlsx"
        file = scratch / f"export.{'xlsx' if is_workbook else 'zip'}"
        sink = Workbook(file, scratch) if is_workbook else CsvZip(file)
        options = ExportOptions(self._clock(), f"course-tutor-bot {self._version}", allowed.scope)
        export_progress = _Progress(allowed.answer_count)
        reporting = asyncio.create_task(self._report_progress(request, export_progress))
        try:
            services = self.services
            manifest = await write_tables(
                services.store, services.course, options, sink, export_progress.update
            )
        finally:
            reporting.cancel()
            await asyncio.gather(reporting, return_exceptions=True)
        if file.stat().st_size > MAX_FILE_SIZE:
            return too_large(_)
        if not await exports.is_still_allowed(self.services, request.interaction, allowed):
            return Reply(notices.not_found_or_not_yours(_))
        rows = sum(count for _table, count in manifest.tables)
        name = f"{self.services.course.id}-{manifest.made_at[:10]}{file.suffix}"
        await self._send_file(request.interaction.learner, file, name, caption(_))
        return done(_, rows)

    async def _report_progress(self, request: _Request, export_progress: "_Progress") -> None:
        _ = self._translator(request)
        while True:
            await asyncio.sleep(self._progress_interval)
            if (step := export_progress.step) is not None:
                percent = step.percent_done(export_progress.answers)
                reply = progress(_, step.table_number, step.table_count, percent, step.total_rows)
                await self._show_reply(request, reply)

    async def _show_reply(self, request: _Request, reply: Reply) -> None:
        try:
            await self._show_message(request.interaction.learner, request.message_id, reply)
        except Exception:  # noqa: BLE001 - progress is optional, the file is not
            log.info("How far it is could not be said", extra={"action": "export_silent"})

    def _translator(self, request: _Request) -> Translator:
        return self._translators.for_language(request.interaction.language)


@dataclass(slots=True)
class _Progress:
    answers: int
    step: ExportProgress | None = None

    def update(self, step: ExportProgress) -> None:
        self.step = step
