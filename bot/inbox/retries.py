"""Retries: handles one update until it is finished or set aside; does not order updates."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson

from bot.clock import Clock
from bot.inbox.errors import MaybeSentError, TemporaryError, UnansweredError
from bot.inbox.outage_notices import OutageNotices
from bot.metrics import METRICS
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Updates handled concurrently; those waiting for a retry do not count.
MAX_CONCURRENT = 64

# Failed attempts after which an update is set aside.
MAX_TRIES = 3

HandleUpdate = Callable[[ReceivedUpdate], Awaitable[None]]
GiveUp = Callable[[ReceivedUpdate, Exception], Awaitable[None]]
AlsoWrite = Callable[[ReceivedUpdate], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class RetryWaits:
    """Seconds between attempts.

    Attributes:
        first: before an update is retried; doubled each time.
        longest: the longest wait.
        longest_for_store: the longest wait after a database error.
        give_up: without a valid answer, until an update is set aside, if others succeed.
    """

    first: float = 0.5
    longest: float = 30.0
    longest_for_store: float = 4.0
    give_up: float = 6 * 3600.0


@dataclass(slots=True)
class _PendingUpdate:
    """An update being handled, with the state of its retries.

    Attributes:
        tries: number of failed attempts that count.
        wait: default number of seconds until the next attempt.
        is_handled: whether its effect is stored and its reply sent.
        unanswered_since: when Telegram first gave no valid answer, by the loop's clock.
    """

    received: ReceivedUpdate
    tries: int
    wait: float
    is_handled: bool = False
    unanswered_since: float | None = None

    def advance_wait(self, longest: float) -> float:
        """Return the seconds to wait, and double them for the next time."""
        wait, self.wait = self.wait, min(2 * self.wait, longest)
        return wait


class Retries:
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
        handle: HandleUpdate,
        give_up: GiveUp,
        outage_notices: OutageNotices,
        also_write: AlsoWrite,
        waits: RetryWaits,
    ) -> None:
        self._store = store
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._outage_notices = outage_notices
        self._also_write = also_write
        self._waits = waits
        self._semaphore = asyncio.Semaphore(MAX_CONCURRENT)
        self._stop_event = asyncio.Event()
        self._last_success_at = float("-inf")

    @property
    def is_stopping(self) -> bool:
        """Whether no further update is started."""
        return self._stop_event.is_set()

    def stop(self) -> None:
        """Start no further update, and end all waits for retries.

        Tasks waiting for the semaphore leave one after the other through one extra slot: cancelling
        a hundred thousand of them would take minutes, as each is searched for in the waiting list.
        """
        self._stop_event.set()
        self._semaphore.release()

    async def retry_until_done(self, received: ReceivedUpdate) -> bool:
        """Handle one update until it is finished or set aside; False if the process stops first."""
        pending = _PendingUpdate(received, received.tries, self._waits.first)
        while True:
            async with self._semaphore:  # released while waiting for a retry
                if self.is_stopping:
                    return False
                wait = await self._try_once(pending)
            if wait is None:
                return True
            if await self._wait_for_stop(wait):
                return False

    async def _try_once(self, pending: _PendingUpdate) -> float | None:
        """Try once; returns the seconds until the next attempt, or `None` when there is none."""
        try:
            await self._handle_and_finish(pending)
        except UnavailableError as error:
            body = pending.received.body
            self._outage_notices.report_outage([] if pending.is_handled else [orjson.loads(body)])
            return self._postpone(pending, error, self._waits.longest_for_store)
        except MaybeSentError as error:
            return await self._record_failure(
                pending, error, wait=self._wait_before_resending(pending)
            )
        except TemporaryError as error:
            if isinstance(error, UnansweredError) and self._record_no_answer(pending):
                return await self._record_failure(pending, error, count=MAX_TRIES - pending.tries)
            return self._postpone(pending, error, self._waits.longest)
        except Exception as error:  # noqa: BLE001 - an error affects this update only
            return await self._record_failure(pending, error)
        self._outage_notices.end_outage()
        self._last_success_at = asyncio.get_running_loop().time()
        METRICS.reply_seconds.observe(max(0, self._clock() - pending.received.at) / 1000)
        return None

    async def _handle_and_finish(self, pending: _PendingUpdate) -> None:
        received = pending.received
        if not pending.is_handled:  # if only finishing it failed, the reply is not sent again
            await self._handle(received)
            pending.is_handled = True
        finished = inbox.finish_update(received.update, self._clock())
        await self._store.write(finished, *self._also_write(received))

    def _postpone(self, pending: _PendingUpdate, error: Exception, longest: float) -> float:
        """Log an uncounted failure; returns the seconds until the retry."""
        METRICS.retries.inc()
        log.warning("Trying again later", extra={"action": "retry", "why": str(error)})
        wait = pending.advance_wait(longest)
        return getattr(error, "wait", None) or wait

    def _record_no_answer(self, pending: _PendingUpdate) -> bool:
        """Record a missing answer; returns whether it lasts for hours while others succeed."""
        now = asyncio.get_running_loop().time()
        if pending.unanswered_since is None:
            pending.unanswered_since = now
        since = pending.unanswered_since
        return now - since >= self._waits.give_up and self._last_success_at > since

    def _wait_before_resending(self, pending: _PendingUpdate) -> float:
        """Seconds until a message that may have arrived is sent again; long before the last time.

        By then hanging connections have timed out, and new ones show whether the network works.
        """
        return (
            pending.advance_wait(self._waits.longest)
            if pending.tries < MAX_TRIES - 2
            else self._waits.longest
        )

    async def _record_failure(
        self, pending: _PendingUpdate, error: Exception, count: int = 1, wait: float = 0.0
    ) -> float | None:
        """Count a failure `count` times; returns the seconds until the retry, if any."""
        pending.tries += count
        await self._store_failure(pending, error, count)
        if pending.tries < MAX_TRIES:
            return wait
        METRICS.set_aside_updates.inc()
        try:
            await self._give_up(pending.received, error)
        except Exception:  # the learner's next update must be handled all the same
            log.exception("Giving up failed", extra={"action": "give_up_failed"})
        return None

    async def _store_failure(self, pending: _PendingUpdate, error: Exception, count: int) -> None:
        METRICS.failures.inc()
        update = pending.received.update
        log.error(
            "Handling an update failed",
            extra={"action": "update_failed", "update": update, "tries": pending.tries},
            exc_info=error,
        )
        try:
            await self._store.write(*[inbox.fail_update(update, type(error).__name__)] * count)
        except Exception:  # the count in memory still applies; after a restart it starts anew
            log.exception("The failure could not be noted", extra={"action": "note_failed"})

    async def _wait_for_stop(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stop_event.wait(), seconds)
        except TimeoutError:
            return False
        return True
