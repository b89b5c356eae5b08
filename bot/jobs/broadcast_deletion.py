"""Deletes the sent messages of a broadcast, some at a time; may be interrupted at any moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum, auto

from bot.actions import deliveries
from bot.actions.deliveries import UNDO_LIMIT
from bot.actions.learner_state import Services
from bot.bot_api.errors import ApiError
from bot.clock import Clock
from course.model import LearnerId
from storage import broadcast_transitions, recipients
from storage.broadcasts import Broadcast
from storage.outbox import DeliveryState

log = logging.getLogger(__name__)

DeleteMessage = Callable[[int, int], Awaitable[bool]]
"""Deletes a message of a chat; returns whether it is gone."""

_CONCURRENT_DELETIONS = 16  # messages deleted concurrently
_MAX_DELETIONS = 64  # messages deleted per call


class DeletionResult(Enum):
    """What is left to delete of a broadcast."""

    MORE_TO_TRY = auto()
    """Messages that were not tried yet: call again soon."""
    RETRY_LATER = auto()
    """Messages that could not be deleted, or are being sent: try again later."""
    DONE = auto()
    """Everything is deleted."""


class BroadcastDeletion:
    """Deletes sent messages, and remembers the position in each broadcast."""

    def __init__(self, services: Services, clock: Clock, delete_message: DeleteMessage) -> None:
        self._services = services
        self._store = services.store
        self._clock = clock
        self._delete_message = delete_message
        self._last_tried: dict[int, int] = {}

    async def delete_some(self, broadcast: Broadcast) -> DeletionResult:
        """Delete some sent messages of a broadcast; returns what is left to delete."""
        since = self._clock() - UNDO_LIMIT
        after = self._last_tried.get(broadcast.id, 0)
        for _ in range(_MAX_DELETIONS // _CONCURRENT_DELETIONS):
            page = await recipients.fetch_deletable_messages(
                self._store, broadcast, since, after, _CONCURRENT_DELETIONS
            )
            if not page:
                break
            after = page[-1][0]
            await asyncio.gather(*(self._delete_one(broadcast, *one) for one in page))
        else:
            self._last_tried[broadcast.id] = after
            return DeletionResult.MORE_TO_TRY
        self._last_tried.pop(broadcast.id, None)
        left = await recipients.fetch_deletable_messages(self._store, broadcast, since, 0, 1)
        report = await deliveries.build_report(self._services, broadcast, self._clock())
        if left or report.count(DeliveryState.CLAIMED, DeliveryState.SENDING):
            return DeletionResult.RETRY_LATER
        await self._store.write(broadcast_transitions.mark_broadcast_deleted(broadcast))
        return DeletionResult.DONE

    async def _delete_one(self, broadcast: Broadcast, learner: LearnerId, message_id: int) -> None:
        try:
            deleted = await self._delete_message(learner, message_id)
        except ApiError as error:  # retried later: deleting twice is harmless
            log.info("Not deleted", extra={"action": "delete_failed", "why": str(error)})
            return
        await self._store.write(recipients.record_deletion(broadcast, learner, deleted=deleted))
