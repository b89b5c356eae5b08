"""Outbox sender: sends stored messages, each once, rechecked just before sending.

A message that surely was not sent is sent later; one that may have arrived is not sent again. After
a crash the next process takes over the deliveries. Does not know the contents of messages.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from telegram.error import TelegramError

from bot.bot_api.rate_limiter import Bulk
from bot.bot_api.rate_limits import Lane
from bot.clock import Clock
from bot.graceful_shutdown import finish
from bot.messages import Reply
from bot.outbox.lease import Leading
from bot.outbox.results import Settling
from course.model import LearnerId
from storage import outbox
from storage.errors import UnavailableError
from storage.outbox import Delivery, State
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Deliveries of one kind in progress at once: two seconds' worth at Telegram's rate, so that checked
# messages are sent soon after. New ones are claimed when half of them are done.
AT_ONCE = 64

# Messages prepared concurrently; preparing all claimed ones at once would delay answers to people.
_MADE_AT_ONCE = 4

# Seconds between checks of the lease while messages wait.
_RENEW = 10.0


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that is not sent now.

    Attributes:
        reason: as stored in the outbox.
        retry_at: when to try again, in UTC milliseconds; `None` for never.
    """

    why: str
    again_at: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A message ready to be sent.

    Attributes:
        recheck: called with the time just before sending; must be quick, since it delays others.
    """

    reply: Reply
    check: Callable[[int], Refused | None]


Prepare: TypeAlias = Callable[[Delivery, int], Awaitable[Ready | Refused]]
Send: TypeAlias = Callable[[LearnerId, Reply, Bulk], Awaitable[int]]


def _nothing(_in_hand: int) -> None:
    """Default for `OutboxKind.on_recorded`."""


async def _no_more(_delivery: Delivery) -> None:
    """Default for `OutboxKind.follow_up`."""


@dataclass(frozen=True, slots=True)
class Errand:
    """How deliveries of one kind are sent.

    Attributes:
        prepare: builds the message of a delivery at the given time, or says why it is withheld.
        on_recorded: called when a result was recorded, with the number still in progress.
        follow_up: awaited when a result was recorded; may be cancelled on shutdown.
    """

    lane: Lane
    prepare: Prepare
    settled: Callable[[int], None] = _nothing
    after: Callable[[Delivery], Awaitable[None]] = _no_more


class _WithdrawnError(Exception):
    """The recheck before sending withheld the message."""

    def __init__(self, refused: Refused | None) -> None:
        super().__init__("withdrawn")
        self.refused = refused


class Outbox:
    """Background worker that sends deliveries while this process holds the lease.

    Args:
        send: sends one message and returns its message id.
        kinds: by name, in order of precedence.
        holder: unique name of this run of the program.

    Attributes:
        lease: of the outbox; its holder sends.
    """

    def __init__(
        self, store: Store, clock: Clock, send: Send, errands: Mapping[str, Errand], holder: str
    ) -> None:
        self._store = store
        self._clock = clock
        self._send = send
        self._errands = errands
        self._holder = holder
        self._settling = Settling(store, clock, holder)
        self.leading = Leading(store, clock, holder)
        self._in_hand: dict[Delivery, asyncio.Task[None]] = {}
        self._begun: set[Delivery] = set()
        self._making = asyncio.Semaphore(_MADE_AT_ONCE)
        self._awake = asyncio.Event()
        self._is_looking = False
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the worker; it sends from the first `wake` on.

        Updates received while no process ran must be handled first: they may contain /stop.
        """
        self._working = asyncio.create_task(self._work())

    def wake(self) -> None:
        """Check for due deliveries now."""
        self._awake.set()

    @property
    def is_busy(self) -> bool:
        """Whether it is checking for due deliveries, or sending."""
        return self._awake.is_set() or self._is_looking or bool(self._in_hand)

    async def close(self, within: float) -> None:
        """Claim nothing more; finish messages being sent within `within` seconds."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        tasks = dict(self._in_hand)
        for delivery, task in tasks.items():
            if delivery not in self._begun:
                task.cancel()
        await finish(tasks.values(), within)
        await self.leading.leave()

    async def _work(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            self._is_looking = True
            try:
                await self._send_due()
            except UnavailableError as error:  # retried at the next wake
                log.warning("Sending waits", extra={"action": "outbox_waits", "why": str(error)})
            except Exception:  # an error must not end the worker
                log.exception("Sending failed", extra={"action": "outbox_failed"})
            finally:
                self._is_looking = False

    async def _send_due(self) -> None:
        """Send until nothing is due."""
        if not (self._in_hand or await self._store.has_work(self._holder, self._clock())):
            return
        while await self.leading.is_ours():
            for kind in self._errands:
                await self._claim(kind)
            if not self._in_hand:
                return
            waiting = tuple(self._in_hand.values())
            await asyncio.wait(waiting, timeout=_RENEW, return_when=asyncio.FIRST_COMPLETED)

    async def _claim(self, kind: str) -> None:
        room = AT_ONCE - self._number_of(kind)
        if room < AT_ONCE // 2:
            return
        await self._store.write(outbox.claims(kind, self._holder, self._clock(), room))
        for delivery in await self._store.claimed(self._holder):
            if delivery not in self._in_hand:
                task = asyncio.create_task(self._deliver(delivery, alone=self._is_alone(delivery)))
                self._in_hand[delivery] = task
                task.add_done_callback(partial(self._is_over, delivery))

    def _is_alone(self, delivery: Delivery) -> bool:
        """Whether no other message to the same person is in progress; the daily limit needs it."""
        return all(other.to != delivery.to for other in self._in_hand)

    def _is_over(self, delivery: Delivery, _task: asyncio.Task[None]) -> None:
        self._in_hand.pop(delivery, None)
        self._begun.discard(delivery)
        self._errands[delivery.kind].settled(self._number_of(delivery.kind))

    def _number_of(self, kind: str) -> int:
        return sum(delivery.kind == kind for delivery in self._in_hand)

    async def _deliver(self, delivery: Delivery, *, alone: bool) -> None:
        try:
            if alone:
                noted = await self._attempt(delivery)
            else:
                noted = self._settling.waits(delivery, "another first")
        except UnavailableError:
            noted = self._settling.waits(delivery, "database")
        except Exception as error:  # an error affects this message only
            log.exception("A delivery failed", extra={"action": "delivery_failed"})
            noted = self._faulty(delivery, f"fault: {type(error).__name__}")
        await self._settling.note(noted)
        try:
            await self._errands[delivery.kind].after(delivery)
        except Exception:  # the result is recorded already
            log.exception("What follows failed", extra={"action": "after_delivery_failed"})

    async def _attempt(self, delivery: Delivery) -> tuple[Statement, ...]:
        """Send one message; returns the statements that record the result."""
        errand = self._errands[delivery.kind]
        async with self._making:
            ready = await errand.prepare(delivery, self._clock())
        if isinstance(ready, Refused):
            return self._refused(delivery, ready)

        async def begin() -> None:
            await self._begin(delivery, ready.check)

        try:
            message = await self._send(delivery.to, ready.reply, Bulk(errand.lane, begin))
        except _WithdrawnError as error:
            return () if error.refused is None else self._refused(delivery, error.refused)
        except TelegramError as error:
            return self._settling.met(delivery, error)
        return self._settling.sent(delivery, message)

    async def _begin(self, delivery: Delivery, check: Callable[[int], Refused | None]) -> None:
        """Recheck just before sending: still allowed, still claimed; then mark it as begun."""
        now = self._clock()
        refused = check(now)
        if refused is not None:
            raise _WithdrawnError(refused)
        self._begun.add(delivery)
        await self._store.write(*outbox.begins(delivery, self._holder, now))
        if await self._store.state_of(delivery) != (State.SENDING, self._holder):
            raise _WithdrawnError(None)

    def _faulty(self, delivery: Delivery, why: str) -> tuple[Statement, ...]:
        """Record a fault: before the request the message failed, after it the result is unknown."""
        if delivery in self._begun:
            return self._settling.unknown(delivery, why)
        return self._settling.failed(delivery, why)

    def _refused(self, delivery: Delivery, refused: Refused) -> tuple[Statement, ...]:
        if refused.again_at is None:
            return self._settling.skipped(delivery, refused.why)
        return self._settling.waits(delivery, refused.why, refused.again_at)
