"""One update is tried until it is done or set aside; knows nothing of whose turn it is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson

from bot.clock import Clock
from bot.meters import METERS
from bot.patience import Patience
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Updates handled at the same time. What waits to be tried again is not among them.
AT_ONCE = 64

# Failures after which an update is set aside.
TRIES = 3

# Seconds before a failed update is tried again: the first, and the longest; and the longest when
# the database failed, which nobody else is busy with.
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_WAIT_FOR_STORE = 0.5, 30.0, 4.0

# Seconds after which an update that gets no good answer is set aside, if others are served.
_HOPELESS_AFTER = 6 * 3600.0

Handle = Callable[[Received], Awaitable[None]]
GiveUp = Callable[[Received, Exception], Awaitable[None]]
Besides = Callable[[Received], Sequence[Statement]]


class PassingError(Exception):
    """Handling failed for a reason that will pass (the network, a full disk): try again, uncounted.

    Attributes:
        wait: seconds to wait first; `None` to leave it to the inbox.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(f"Cannot be done now: {reason}. It is tried again.")
        self.wait = wait


class UnansweredError(PassingError):
    """No good answer came. It passes, unless it is only this update to which none comes."""


class DoubtfulError(PassingError):
    """What was sent may have arrived. It is sent again, but counted: not without end."""


@dataclass(slots=True)
class _Case:
    """An update that is being tried.

    Attributes:
        tries: how often it has failed, as counted.
        wait: seconds before it is tried again, if nothing else is said.
        is_handled: whether its effect and its reply are out.
        unanswered_since: when it got no good answer first, by the loop's clock.
    """

    received: Received
    tries: int
    wait: float
    is_handled: bool = False
    unanswered_since: float | None = None

    def next_wait(self, longest: float) -> float:
        """Seconds to wait now; longer from time to time."""
        wait, self.wait = self.wait, min(2 * self.wait, longest)
        return wait


class Trying:
    """Handles updates, at most `AT_ONCE` at the same time, again and again where it is worth it.

    Args:
        handle: does what an update asks; raises `PassingError` to be called again later.
        give_up: told of an update that failed for good, after its last try.
        patience: is told when nothing can be stored, and when that is over.
        besides: what to write together with an update's being done.
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
        """Whether nothing more is begun."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Begin nothing more, and wait for nothing any longer.

        Those who wait for a place leave through one more, each after the other: to cancel a hundred
        thousand of them takes minutes, as each is looked for among all.
        """
        self._stopping.set()
        self._places.release()

    async def settle(self, received: Received) -> bool:
        """Handle one update until it is done or set aside; False when the process stops first."""
        case = _Case(received, received.tries, _FIRST_WAIT)
        while True:
            async with self._places:  # whoever waits for a chat or a disk keeps it from nobody
                if self.is_stopping:
                    return False
                wait = await self._try(case)
            if wait is None:
                return True
            if await self._is_stopped_within(wait):
                return False

    async def _try(self, case: _Case) -> float | None:
        """Try once; seconds until the next time, or `None` when there is none."""
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
        except Exception as error:  # noqa: BLE001 - whatever it is, it stops only this update
            return await self._failed(case, error)
        self._patience.relieve()
        self._served_at = asyncio.get_running_loop().time()
        METERS.reply_seconds.observe(max(0, self._clock() - case.received.at) / 1000)
        return None

    async def _do(self, case: _Case) -> None:
        received = case.received
        if not case.is_handled:  # what is out is not sent again because it cannot be noted
            await self._handle(received)
            case.is_handled = True
        finished = inbox.finishes(received.update, self._clock())
        await self._store.write(finished, *self._besides(received))

    def _put_off(self, case: _Case, error: Exception, longest: float) -> float:
        """Note what is tried again; gives the seconds to wait first."""
        METERS.retried.inc()
        log.warning("Trying again later", extra={"action": "retry", "why": str(error)})
        wait = case.next_wait(longest)
        return getattr(error, "wait", None) or wait

    def _is_hopeless(self, case: _Case) -> bool:
        """Whether it got no good answer for hours, while others got theirs."""
        now = asyncio.get_running_loop().time()
        if case.unanswered_since is None:
            case.unanswered_since = now
        since = case.unanswered_since
        return now - since >= _HOPELESS_AFTER and self._served_at > since

    def _wait_in_doubt(self, case: _Case) -> float:
        """Seconds until something is sent again that may have arrived: the last time after long.

        By then connections that hang are given up, and new ones show whether there is a network.
        """
        return case.next_wait(_LONGEST_WAIT) if case.tries < TRIES - 2 else _LONGEST_WAIT

    async def _failed(
        self, case: _Case, error: Exception, by: int = 1, wait: float = 0.0
    ) -> float | None:
        """Count a failure, as so many; seconds until the next try, `None` after the last one."""
        case.tries += by
        await self._note(case, error, by)
        if case.tries < TRIES:
            return wait
        METERS.set_aside.inc()
        try:
            await self._give_up(case.received, error)
        except Exception:  # the learner's next update must be served all the same
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
        except Exception:  # the count in memory still ends it; on disk it is tried anew
            log.exception("The failure could not be noted", extra={"action": "note_failed"})

    async def _is_stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
