"""Deletes the sent messages of a broadcast, some at a time; may be interrupted at any moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum, auto

from telegram.error import TelegramError

from bot.actions import deliveries
from bot.actions.deliveries import UNDO_WITHIN
from bot.actions.learner_state import Services
from bot.clock import Clock
from course.model import LearnerId
from storage import broadcast_transitions, recipients
from storage.broadcasts import Broadcast
from storage.outbox import State

log = logging.getLogger(__name__)

Delete = Callable[[int, int], Awaitable[bool]]
"""Deletes a message of a chat; returns whether it is gone."""

_AT_ONCE = 16  # messages deleted concurrently
_IN_ONE_LOOK = 64  # messages deleted per call


class Rest(Enum):
    """What is left to delete of a broadcast."""

    UNTRIED = auto()
    """Messages that were not tried yet: call again soon."""
    UNDELETED = auto()
    """Messages that could not be deleted, or are being sent: try again later."""
    NOTHING = auto()
    """Everything is deleted."""


class Undoing:
    """Deletes sent messages, and remembers the position in each broadcast."""

    def __init__(self, services: Services, clock: Clock, delete: Delete) -> None:
        self._services = services
        self._store = services.store
        self._clock = clock
        self._delete = delete
        self._up_to: dict[int, int] = {}

    async def undo(self, known: Broadcast) -> Rest:
        """Delete some sent messages of a broadcast; returns what is left to delete."""
        since = self._clock() - UNDO_WITHIN
        beyond = self._up_to.get(known.id, 0)
        for _ in range(_IN_ONE_LOOK // _AT_ONCE):
            page = await recipients.deletable(self._store, known, since, beyond, _AT_ONCE)
            if not page:
                break
            beyond = page[-1][0]
            await asyncio.gather(*(self._take_back(known, *one) for one in page))
        else:
            self._up_to[known.id] = beyond
            return Rest.UNTRIED
        self._up_to.pop(known.id, None)
        left = await recipients.deletable(self._store, known, since, 0, 1)
        told = await deliveries.told(self._services, known, self._clock())
        if left or told.count(State.CLAIMED, State.SENDING):
            return Rest.UNDELETED
        await self._store.write(broadcast_transitions.is_undone(known))
        return Rest.NOTHING

    async def _take_back(self, known: Broadcast, learner: LearnerId, message: int) -> None:
        try:
            deleted = await self._delete(learner, message)
        except TelegramError as error:  # retried later: deleting twice is harmless
            log.info("Not deleted", extra={"action": "delete_failed", "why": str(error)})
            return
        await self._store.write(recipients.takes_back(known, learner, deleted=deleted))
