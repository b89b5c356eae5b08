"""A bot that uploads each picture once, and sends it by its file_id afterwards.

Bot FAQ: a file_id can be treated as persistent, for one bot. Learners gain nothing from it, but the
bot does: large uploads are throttled.
"""

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import Any

from telegram import Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.bot_api.open_questions import OpenQuestions
from bot.clock import Clock
from bot.course_files import read_file
from storage import support_requests
from storage.errors import UnavailableError
from storage.statements import statement
from storage.store import Store

log = logging.getLogger(__name__)


class MediaBot(ExtBot[Any]):
    """An `ExtBot` that takes a picture as a path.

    Args:
        store: keeps the ids; they are looked up once a run.
        clock: tells when something was shown.
        folder: of the course; a picture's path is seen from there.
    """

    __slots__ = ("_clock", "_folder", "_known", "_open_questions", "_store")

    def __init__(self, *args: Any, store: Store, folder: Path, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._store = store
        self._folder = folder
        self._clock = clock
        self._known: dict[str, str] = {}
        self._open_questions = OpenQuestions()

    @property
    def open_questions(self) -> OpenQuestions:
        """Which messages ask something."""
        return self._open_questions

    async def send_picture(self, chat: int, path: Path, **kwargs: Any) -> Message:
        """Send the picture at `path`; see `telegram.Bot.send_photo` for other arguments.

        Raises:
            OSError: the file cannot be read.
            bot.bot_api.errors.ApiError: it could not be sent.
        """
        content = await asyncio.to_thread(read_file, self._folder / path)
        digest = hashlib.sha256(content).hexdigest()
        known = await self._find_file_id(digest)
        if known is not None:
            try:
                return await self.send_photo(chat, known, **kwargs)
            except BadRequest as error:
                if "file" not in error.message.lower():
                    raise
                log.warning("Telegram forgot a file", extra={"action": "upload_again"})
        message = await self.send_photo(chat, content, filename=path.name, **kwargs)
        await self._store_file_id(digest, message.photo[-1].file_id)
        return message

    async def record_shown_questions(
        self, chat: int, message: int, questions: tuple[int, ...]
    ) -> None:
        """Keep that a message shows what learners asked; the message is out, whatever happens."""
        shown = (
            support_requests.add_shown_message(chat, message, one, self._clock())
            for one in questions
        )
        try:
            await self._store.write(*shown)
        except UnavailableError as error:
            log.warning("A message is not kept", extra={"action": "not_kept", "why": str(error)})

    async def _find_file_id(self, digest: str) -> str | None:
        if digest not in self._known:
            found = await self._store.fetch_file_id(self.id, digest)
            if found is None:
                return None
            self._known[digest] = found
        return self._known[digest]

    async def _store_file_id(self, digest: str, file_id: str) -> None:
        """Store a file_id; if that fails, the next run uploads the picture again."""
        self._known[digest] = file_id
        try:
            await self._store.write(
                statement("save_file_id", bot=self.id, digest=digest, file_id=file_id)
            )
        except UnavailableError as error:  # the picture was sent: raising would send it again
            log.warning("An id is not kept", extra={"action": "id_not_kept", "why": str(error)})
