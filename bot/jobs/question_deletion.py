"""Deletes questions of learners from facilitators' chats when the learners' data was deleted.

What is to be deleted lies in the database until it is done, so it can be cut off at any moment.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.actions.deliveries import UNDO_LIMIT
from bot.bot_api.errors import ApiError
from bot.clock import Clock
from storage import support_requests
from storage.store import Store

log = logging.getLogger(__name__)

DeleteMessage = Callable[[int, int], Awaitable[bool]]
"""Deletes a message of a chat; whether it is gone."""

_AT_ONCE = 16  # messages that are deleted at the same time


class QuestionDeletion:
    """What one process deletes."""

    def __init__(self, store: Store, clock: Clock, delete: DeleteMessage) -> None:
        self._store = store
        self._clock = clock
        self._delete = delete

    async def fetch_due(self) -> tuple[tuple[int, int], ...]:
        """Some of the messages that are to be deleted: chat and number."""
        return await support_requests.fetch_messages_to_erase(
            self._store, self._clock() - UNDO_LIMIT, _AT_ONCE
        )

    async def delete_messages(self, messages: tuple[tuple[int, int], ...]) -> bool:
        """Delete them; whether to look for more soon."""
        await asyncio.gather(*(self._delete_message(*one) for one in messages))
        return bool(messages)

    async def _delete_message(self, chat: int, message: int) -> None:
        try:
            await self._delete(chat, message)
        except ApiError as error:  # it is tried again: to delete twice harms nothing
            log.info("Not deleted", extra={"action": "erase_failed", "why": str(error)})
            return
        await self._store.write(support_requests.delete_shown_message(chat, message))
