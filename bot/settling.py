"""What becomes of a delivery that was tried, as it is noted in the outbox; sends nothing itself."""

import asyncio
import logging

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.transport import NotSentError, seconds
from storage import deliveries, learners, nudges, requests
from storage.deliveries import QUESTION, Delivery, State
from storage.errors import UnavailableError
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Milliseconds until something that could not be sent is tried again, if nobody says otherwise.
_LATER = 10_000

# Seconds before what became of a message is written again: the first, and the longest.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0


class Settling:
    """What one process notes of what it had in hand.

    Args:
        holder: names this run of the program; nothing is noted of what another one has in hand.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder

    def sent(self, delivery: Delivery, message: int) -> tuple[Statement, ...]:
        """It arrived, as the message of that number."""
        settled = deliveries.settles(delivery, self._holder, State.SENT, message=message)
        if delivery.kind != QUESTION:
            return settled
        request = int(delivery.subject.partition(":")[0])
        return *settled, requests.shows(delivery.to, message, request, self._clock())

    def skipped(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """It is not to be sent any more."""
        return deliveries.settles(delivery, self._holder, State.SKIPPED, why)

    def failed(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """It did not arrive, and is not tried again by itself."""
        return deliveries.settles(delivery, self._holder, State.FAILED, why)

    def unknown(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """It may have arrived, so it is not tried again by itself."""
        return deliveries.settles(delivery, self._holder, State.UNKNOWN, why)

    def waits(
        self, delivery: Delivery, why: str, until: int | None = None
    ) -> tuple[Statement, ...]:
        """It is tried again; in a while, or at the moment `until`, in UTC milliseconds."""
        again_at = self._clock() + _LATER if until is None else until
        return deliveries.requeues(delivery, self._holder, again_at, why)

    def met(self, delivery: Delivery, error: TelegramError) -> tuple[Statement, ...]:
        """What an error of Telegram or of the way to it means; see docs/decisions/0010."""
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
                    *nudges.costs(delivery.learner, now, blocked=True),
                )
            case BadRequest():
                log.error("Refused", extra={"action": "delivery_refused", "why": error.message})
                return self.failed(delivery, error.message[:200])
            case _:  # TimedOut, a cut, an answer that is not Telegram's: it may have arrived
                return self.unknown(delivery, type(error).__name__)

    async def note(self, statements: tuple[Statement, ...]) -> None:
        """Write what became of a message, however long the database cannot be used."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self._store.write(*statements)
            except UnavailableError:
                await asyncio.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                return
