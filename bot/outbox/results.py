"""Delivery results: what to record in the outbox after an attempt to send; sends nothing itself."""

import asyncio
import logging
from collections.abc import Sequence

from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.clock import Clock
from bot.outbox.kinds import Withheld
from course.model import LearnerId
from storage import cohorts, learners, outbox, reminders
from storage.errors import UnavailableError
from storage.outbox import Delivery, DeliveryState
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

    def record_sent(
        self, delivery: Delivery, message_id: int, also: Sequence[Statement] = ()
    ) -> tuple[Statement, ...]:
        """Record that it arrived, as the message of that id; and `also` what its kind records."""
        sent = outbox.record_delivery_result(
            delivery, self._holder, DeliveryState.SENT, message=message_id
        )
        return *sent, *also

    def record_withheld(
        self, delivery: Delivery, withheld: Withheld | None
    ) -> tuple[Statement, ...]:
        """Record that it is not sent now or at all; nothing for `None`: another process has it."""
        if withheld is None:
            return ()
        if withheld.retry_at is not None:
            return self.postpone(delivery, withheld.reason, withheld.retry_at)
        return outbox.record_delivery_result(
            delivery, self._holder, DeliveryState.SKIPPED, withheld.reason
        )

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
        if meaning.new_chat is not None:
            return (
                *self.postpone(delivery, "migrated", self._clock()),
                *cohorts.migrate_group(delivery.recipient, meaning.new_chat),
            )
        if not meaning.kind.is_final:
            return self.record_unknown(delivery, type(error).__name__)
        failed = self.record_failed(delivery, error.message[:200])
        if meaning.kind is ErrorKind.UNREACHABLE:
            return *failed, *self._mark_unreachable(delivery)
        log.error("Refused", extra={"action": "delivery_refused", "why": error.message})
        return failed

    def _mark_unreachable(self, delivery: Delivery) -> tuple[Statement, ...]:
        """The person has blocked the bot, or the group has removed it."""
        if delivery.is_to_group:
            return (cohorts.unbind_group(delivery.recipient),)
        person, now = LearnerId(delivery.recipient), self._clock()
        return (
            learners.set_unreachable(person, now),
            *reminders.record_negative_reaction(person, now, blocked=True),
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
