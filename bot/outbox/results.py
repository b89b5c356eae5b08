"""Delivery results: what to record in the outbox after an attempt to send; sends nothing itself."""

import asyncio
import logging

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.bot_api.transport import NotSentError, seconds
from bot.clock import Clock
from storage import (
    learners,
    outbox,
    reminders,
    support_requests,
)
from storage.errors import UnavailableError
from storage.outbox import QUESTION, Delivery, State
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Milliseconds until a failed message is retried, unless Telegram names another time.
_LATER = 10_000

# Seconds between attempts to write a result: the first, and the longest.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0


class Settling:
    """Builds and writes results of deliveries that this process has claimed.

    Args:
        holder: unique name of this run of the program; others' deliveries are not changed.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder

    def sent(self, delivery: Delivery, message: int) -> tuple[Statement, ...]:
        """It arrived, as the message of that number."""
        settled = outbox.settles(delivery, self._holder, State.SENT, message=message)
        if delivery.kind != QUESTION:
            return settled
        request = int(delivery.subject.partition(":")[0])
        return *settled, support_requests.shows(delivery.to, message, request, self._clock())

    def skipped(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """Record that it is no longer to be sent."""
        return outbox.settles(delivery, self._holder, State.SKIPPED, why)

    def failed(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """Record that it did not arrive and is not retried automatically."""
        return outbox.settles(delivery, self._holder, State.FAILED, why)

    def unknown(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """Record that it may have arrived, so that it is not retried automatically."""
        return outbox.settles(delivery, self._holder, State.UNKNOWN, why)

    def waits(
        self, delivery: Delivery, why: str, until: int | None = None
    ) -> tuple[Statement, ...]:
        """Queue it again, for `until` in UTC milliseconds or after a short delay."""
        again_at = self._clock() + _LATER if until is None else until
        return outbox.requeues(delivery, self._holder, again_at, why)

    def met(self, delivery: Delivery, error: TelegramError) -> tuple[Statement, ...]:
        """Record an error of Telegram or the network; see docs/decisions/0010."""
        match error:
            case RetryAfter():
                until = self._clock() + round(seconds(error) * 1000)
                return self.waits(delivery, "too many", until)
            case NotSentError():
                return self.waits(delivery, "no connection")
            case InvalidToken():  # polling ends the process
                return self.waits(delivery, "token")
            case Forbidden() if delivery.to != delivery.learner:
                return self.failed(delivery, error.message[:200])
            case Forbidden():
                now = self._clock()
                return (
                    *self.failed(delivery, error.message[:200]),
                    learners.is_unreachable(delivery.learner, now),
                    *reminders.costs(delivery.learner, now, blocked=True),
                )
            case BadRequest():
                log.error("Refused", extra={"action": "delivery_refused", "why": error.message})
                return self.failed(delivery, error.message[:200])
            case _:  # TimedOut, a broken connection, a foreign answer: it may have arrived
                return self.unknown(delivery, type(error).__name__)

    async def note(self, statements: tuple[Statement, ...]) -> None:
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
