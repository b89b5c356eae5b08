"""Deletes what was sent of a broadcast, some at a time. It can be cut off at any moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum, auto

from telegram.error import TelegramError

from bot.actions import delivering
from bot.actions.delivering import UNDO_WITHIN
from bot.actions.visits import Services
from bot.clock import Clock
from course.model import LearnerId
from storage import broadcast_steps as steps
from storage import recipients
from storage.broadcasts import Broadcast
from storage.deliveries import State

log = logging.getLogger(__name__)

Delete = Callable[[int, int], Awaitable[bool]]
"""Deletes a message of a chat; whether it is gone."""

_AT_ONCE = 16  # messages that are deleted at the same time
_IN_ONE_LOOK = 64  # messages that are deleted before something else has its turn


class Rest(Enum):
    """What is left to be deleted of a broadcast."""

    UNTRIED = auto()
    """Messages that were not tried yet: go on as soon as others had their turn."""
    UNDELETED = auto()
    """Messages that could not be deleted, or are on their way: try again in a while."""
    NOTHING = auto()
    """It is undone."""


class Undoing:
    """What one process deletes; it remembers how far it is."""

    def __init__(self, services: Services, clock: Clock, delete: Delete) -> None:
        self._services = services
        self._store = services.store
        self._clock = clock
        self._delete = delete
        self._up_to: dict[int, int] = {}

    async def undo(self, known: Broadcast) -> Rest:
        """Delete some of what was sent of it; what is left that may be deleted."""
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
        told = await delivering.told(self._services, known, self._clock())
        if left or told.count(State.CLAIMED, State.SENDING):
            return Rest.UNDELETED
        await self._store.write(steps.is_undone(known))
        return Rest.NOTHING

    async def _take_back(self, known: Broadcast, learner: LearnerId, message: int) -> None:
        try:
            deleted = await self._delete(learner, message)
        except TelegramError as error:  # it is tried again: to delete twice harms nothing
            log.info("Not deleted", extra={"action": "delete_failed", "why": str(error)})
            return
        await self._store.write(recipients.takes_back(known, learner, deleted=deleted))
