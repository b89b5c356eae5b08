"""Delivery results: what to record in the outbox after an attempt to send; sends nothing itself."""

import asyncio
import logging

from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.clock import Clock
from storage import (
    learners,
    outbox,
    reminders,
    support_requests,
)
from storage.errors import UnavailableError
from storage.outbox import QUESTION, Delivery, DeliveryState
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Milliseconds until a failed message is retried, unless Telegram names another time.
_RETRY_DELAY = 10_000

# Why a delivery waits, as stored.
_POSTPONED = {
    ErrorKind.RATE_LIMITED: "too many",
    ErrorKind.NOT_CONNECTED: "no connection",
    ErrorKind.TOKEN_REFUSED: "token",
}

# Seconds between attempts to write a result: the first, and the longest.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0


class DeliveryResults:
    """Builds and writes results of deliveries that this process has claimed.

    Args:
        holder: unique name of this run of the program; others' deliveries are not changed.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder

    def record_sent(self, delivery: Delivery, message_id: int) -> tuple[Statement, ...]:
        """It arrived, as the message of that number."""
        settled = outbox.record_delivery_result(
            delivery, self._holder, DeliveryState.SENT, message=message_id
        )
        if delivery.kind != QUESTION:
            return settled
        request = int(delivery.subject.partition(":")[0])
        return *settled, support_requests.add_shown_message(
            delivery.recipient, message_id, request, self._clock()
        )

    def record_skipped(self, delivery: Delivery, reason: str) -> tuple[Statement, ...]:
        """Record that it is no longer to be sent."""
        return outbox.record_delivery_result(delivery, self._holder, DeliveryState.SKIPPED, reason)

    def record_failed(self, delivery: Delivery, reason: str) -> tuple[Statement, ...]:
        """Record that it did not arrive and is not retried automatically."""
        return outbox.record_delivery_result(delivery, self._holder, DeliveryState.FAILED, reason)

    def record_unknown(self, delivery: Delivery, reason: str) -> tuple[Statement, ...]:
        """Record that it may have arrived, so that it is not retried automatically."""
        return outbox.record_delivery_result(delivery, self._holder, DeliveryState.UNKNOWN, reason)

    def postpone(
        self, delivery: Delivery, reason: str, until: int | None = None
    ) -> tuple[Statement, ...]:
        """Queue it again, for `until` in UTC milliseconds or after a short delay."""
        retry_at = self._clock() + _RETRY_DELAY if until is None else until
        return outbox.requeue_delivery(delivery, self._holder, retry_at, reason)

    def record_error(self, delivery: Delivery, error: ApiError) -> tuple[Statement, ...]:
        """Record an error of Telegram or the network; see docs/decisions/0010."""
        meaning = classify(error)
        if meaning.kind.surely_not_sent:
            wait = meaning.retry_after
            until = None if wait is None else self._clock() + round(wait * 1000)
            return self.postpone(delivery, _POSTPONED[meaning.kind], until)
        if not meaning.kind.is_final:
            return self.record_unknown(delivery, type(error).__name__)
        failed = self.record_failed(delivery, error.message[:200])
        if meaning.kind is ErrorKind.REFUSED:
            log.error("Refused", extra={"action": "delivery_refused", "why": error.message})
            return failed
        if delivery.recipient != delivery.learner:
            return failed
        now = self._clock()
        return (
            *failed,
            learners.set_unreachable(delivery.learner, now),
            *reminders.record_negative_reaction(delivery.learner, now, blocked=True),
        )

    async def write_until_stored(self, statements: tuple[Statement, ...]) -> None:
        """Write a result, retrying for as long as the database is unavailable."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self._store.write(*statements)
            except UnavailableError:
                await asyncio.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                return
