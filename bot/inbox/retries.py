"""Retries: handles one update until it is finished or set aside; does not order updates."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson

from bot.clock import Clock
from bot.inbox.outage_notices import Patience
from bot.metrics import METERS
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Updates handled concurrently; those waiting for a retry do not count.
AT_ONCE = 64

# Failed attempts after which an update is set aside.
TRIES = 3

# Seconds before an update is retried: the first, and the longest; and the longest after a database
# error.
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_WAIT_FOR_STORE = 0.5, 30.0, 4.0

# Seconds without a valid answer after which an update is set aside, if others succeed.
_HOPELESS_AFTER = 6 * 3600.0

Handle = Callable[[Received], Awaitable[None]]
GiveUp = Callable[[Received, Exception], Awaitable[None]]
Besides = Callable[[Received], Sequence[Statement]]


class PassingError(Exception):
    """Handling failed for a temporary reason (network, full disk): retried without being counted.

    Attributes:
        wait: seconds until the retry; `None` for the default.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(f"Cannot be done now: {reason}. It is tried again.")
        self.wait = wait


class UnansweredError(PassingError):
    """Telegram gave no valid answer; temporary, unless other updates do get answers."""


class DoubtfulError(PassingError):
    """The message may have been sent; retried, but counted, so that it is not sent endlessly."""


@dataclass(slots=True)
class _Case:
    """An update being handled, with the state of its retries.

    Attributes:
        tries: number of failed attempts that count.
        wait: default number of seconds until the next attempt.
        is_handled: whether its effect is stored and its reply sent.
        unanswered_since: when Telegram first gave no valid answer, by the loop's clock.
    """

    received: Received
    tries: int
    wait: float
    is_handled: bool = False
    unanswered_since: float | None = None

    def next_wait(self, longest: float) -> float:
        """Return the seconds to wait, and double them for the next time."""
        wait, self.wait = self.wait, min(2 * self.wait, longest)
        return wait


class Trying:
    """Handles updates with retries, at most `MAX_CONCURRENT` at the same time.

    Args:
        handle: handles an update; raises `TemporaryError` to be called again later.
        give_up: called with an update that failed for good, after its last attempt.
        outage_notices: told when nothing can be stored, and when storing works again.
        also_write: statements to write together with finishing an update.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: Handle,
        give_up: GiveUp,
        patience: Patience,
        besides: Besides,
    ) -> None:
        self._store = store
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._patience = patience
        self._besides = besides
        self._places = asyncio.Semaphore(AT_ONCE)
        self._stopping = asyncio.Event()
        self._served_at = float("-inf")

    @property
    def is_stopping(self) -> bool:
        """Whether no further update is started."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Start no further update, and end all waits for retries.

        Tasks waiting for the semaphore leave one after the other through one extra slot: cancelling
        a hundred thousand of them would take minutes, as each is searched for in the waiting list.
        """
        self._stopping.set()
        self._places.release()

    async def settle(self, received: Received) -> bool:
        """Handle one update until it is finished or set aside; False if the process stops first."""
        case = _Case(received, received.tries, _FIRST_WAIT)
        while True:
            async with self._places:  # released while waiting for a retry
                if self.is_stopping:
                    return False
                wait = await self._try(case)
            if wait is None:
                return True
            if await self._is_stopped_within(wait):
                return False

    async def _try(self, case: _Case) -> float | None:
        """Try once; returns the seconds until the next attempt, or `None` when there is none."""
        try:
            await self._do(case)
        except UnavailableError as error:
            body = case.received.body
            self._patience.ask([] if case.is_handled else [orjson.loads(body)])
            return self._put_off(case, error, _LONGEST_WAIT_FOR_STORE)
        except DoubtfulError as error:
            return await self._failed(case, error, wait=self._wait_in_doubt(case))
        except PassingError as error:
            if isinstance(error, UnansweredError) and self._is_hopeless(case):
                return await self._failed(case, error, by=TRIES - case.tries)
            return self._put_off(case, error, _LONGEST_WAIT)
        except Exception as error:  # noqa: BLE001 - an error affects this update only
            return await self._failed(case, error)
        self._patience.relieve()
        self._served_at = asyncio.get_running_loop().time()
        METERS.reply_seconds.observe(max(0, self._clock() - case.received.at) / 1000)
        return None

    async def _do(self, case: _Case) -> None:
        received = case.received
        if not case.is_handled:  # if only finishing it failed, the reply is not sent again
            await self._handle(received)
            case.is_handled = True
        finished = inbox.finishes(received.update, self._clock())
        await self._store.write(finished, *self._besides(received))

    def _put_off(self, case: _Case, error: Exception, longest: float) -> float:
        """Log an uncounted failure; returns the seconds until the retry."""
        METERS.retried.inc()
        log.warning("Trying again later", extra={"action": "retry", "why": str(error)})
        wait = case.next_wait(longest)
        return getattr(error, "wait", None) or wait

    def _is_hopeless(self, case: _Case) -> bool:
        """Record a missing answer; returns whether it lasts for hours while others succeed."""
        now = asyncio.get_running_loop().time()
        if case.unanswered_since is None:
            case.unanswered_since = now
        since = case.unanswered_since
        return now - since >= _HOPELESS_AFTER and self._served_at > since

    def _wait_in_doubt(self, case: _Case) -> float:
        """Seconds until a message that may have arrived is sent again; long before the last time.

        By then hanging connections have timed out, and new ones show whether the network works.
        """
        return case.next_wait(_LONGEST_WAIT) if case.tries < TRIES - 2 else _LONGEST_WAIT

    async def _failed(
        self, case: _Case, error: Exception, by: int = 1, wait: float = 0.0
    ) -> float | None:
        """Count a failure `count` times; returns the seconds until the retry, if any."""
        case.tries += by
        await self._note(case, error, by)
        if case.tries < TRIES:
            return wait
        METERS.set_aside.inc()
        try:
            await self._give_up(case.received, error)
        except Exception:  # the learner's next update must be handled all the same
            log.exception("Giving up failed", extra={"action": "give_up_failed"})
        return None

    async def _note(self, case: _Case, error: Exception, by: int) -> None:
        METERS.failed.inc()
        update = case.received.update
        log.error(
            "Handling an update failed",
            extra={"action": "update_failed", "update": update, "tries": case.tries},
            exc_info=error,
        )
        try:
            await self._store.write(*[inbox.fails(update, type(error).__name__)] * by)
        except Exception:  # the count in memory still applies; after a restart it starts anew
            log.exception("The failure could not be noted", extra={"action": "note_failed"})

    async def _is_stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
