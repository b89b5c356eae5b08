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

from bot.bot_api.errors import ApiError
from bot.bot_api.rate_limiter import BulkSend
from bot.bot_api.rate_limits import Lane
from bot.clock import Clock
from bot.messages import Reply
from bot.outbox.lease import Lease
from bot.outbox.results import DeliveryResults
from bot.workers import Worker, finish_tasks
from course.model import LearnerId
from storage import outbox
from storage.errors import UnavailableError
from storage.outbox import Delivery, DeliveryState
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Deliveries of one kind in progress at once: two seconds' worth at Telegram's rate, so that checked
# messages are sent soon after. New ones are claimed when half of them are done.
MAX_IN_PROGRESS = 64

# Messages prepared concurrently; preparing all claimed ones at once would delay answers to people.
_MAX_PREPARING = 4

# Seconds between checks of the lease while messages wait.
_LEASE_CHECK_INTERVAL = 10.0


@dataclass(frozen=True, slots=True)
class Withheld:
    """A message that is not sent now.

    Attributes:
        reason: as stored in the outbox.
        retry_at: when to try again, in UTC milliseconds; `None` for never.
    """

    reason: str
    retry_at: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be sent.

    Attributes:
        recheck: called with the time just before sending; must be quick, since it delays others.
    """

    reply: Reply
    recheck: Callable[[int], Withheld | None]


PrepareMessage: TypeAlias = Callable[[Delivery, int], Awaitable[Prepared | Withheld]]
SendMessage: TypeAlias = Callable[[LearnerId, Reply, BulkSend], Awaitable[int]]


def _ignore_count(_in_progress: int) -> None:
    """Default for `OutboxKind.on_recorded`."""


async def _ignore_delivery(_delivery: Delivery) -> None:
    """Default for `OutboxKind.follow_up`."""


@dataclass(frozen=True, slots=True)
class OutboxKind:
    """How deliveries of one kind are sent.

    Attributes:
        prepare: builds the message of a delivery at the given time, or says why it is withheld.
        on_recorded: called when a result was recorded, with the number still in progress.
        follow_up: awaited when a result was recorded; may be cancelled on shutdown.
    """

    lane: Lane
    prepare: PrepareMessage
    on_recorded: Callable[[int], None] = _ignore_count
    follow_up: Callable[[Delivery], Awaitable[None]] = _ignore_delivery


class _WithdrawnError(Exception):
    """The recheck before sending withheld the message."""

    def __init__(self, withheld: Withheld | None) -> None:
        super().__init__("withdrawn")
        self.withheld = withheld


class Outbox(Worker):
    """Sends deliveries while this process holds the lease.

    It sends from the first `wake` on: updates received while no process ran must be handled first,
    since they may contain /stop.

    Args:
        send: sends one message and returns its message id.
        kinds: by name, in order of precedence.
        lease: of the outbox; its holder sends.
        wake_event: see `Worker`.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        send: SendMessage,
        kinds: Mapping[str, OutboxKind],
        lease: Lease,
        wake_event: asyncio.Event | None = None,
    ) -> None:
        super().__init__("outbox", wake_event)
        self._store = store
        self._clock = clock
        self._send = send
        self._kinds = kinds
        self._lease = lease
        self._holder = lease.holder
        self._results = DeliveryResults(store, clock, lease.holder)
        self._in_progress: dict[Delivery, asyncio.Task[None]] = {}
        self._begun: set[Delivery] = set()
        self._preparing = asyncio.Semaphore(_MAX_PREPARING)

    @property
    def is_busy(self) -> bool:
        """Whether it is checking for due deliveries, or sending."""
        return super().is_busy or bool(self._in_progress)

    async def close(self, within: float = 0.0) -> None:
        """Claim nothing more; finish messages being sent within `within` seconds."""
        await super().close()
        tasks = dict(self._in_progress)
        for delivery, task in tasks.items():
            if delivery not in self._begun:
                task.cancel()
        await finish_tasks(tasks.values(), within)
        await self._lease.release()

    async def _work(self) -> None:
        """Send until nothing is due."""
        if not (
            self._in_progress or await self._store.has_outbox_work(self._holder, self._clock())
        ):
            return
        while await self._lease.acquire():
            for kind in self._kinds:
                await self._claim_due(kind)
            if not self._in_progress:
                return
            waiting = tuple(self._in_progress.values())
            await asyncio.wait(
                waiting, timeout=_LEASE_CHECK_INTERVAL, return_when=asyncio.FIRST_COMPLETED
            )

    async def _claim_due(self, kind: str) -> None:
        room = MAX_IN_PROGRESS - self._count_in_progress(kind)
        if room < MAX_IN_PROGRESS // 2:
            return
        await self._store.write(outbox.claim_deliveries(kind, self._holder, self._clock(), room))
        for delivery in await self._store.fetch_claimed_deliveries(self._holder):
            if delivery not in self._in_progress:
                task = asyncio.create_task(
                    self._deliver(delivery, alone=self._is_only_one_for_recipient(delivery))
                )
                self._in_progress[delivery] = task
                task.add_done_callback(partial(self._on_task_done, delivery))

    def _is_only_one_for_recipient(self, delivery: Delivery) -> bool:
        """Whether no other message to the same person is in progress; the daily limit needs it."""
        return all(other.recipient != delivery.recipient for other in self._in_progress)

    def _on_task_done(self, delivery: Delivery, _task: asyncio.Task[None]) -> None:
        self._in_progress.pop(delivery, None)
        self._begun.discard(delivery)
        self._kinds[delivery.kind].on_recorded(self._count_in_progress(delivery.kind))

    def _count_in_progress(self, kind: str) -> int:
        return sum(delivery.kind == kind for delivery in self._in_progress)

    async def _deliver(self, delivery: Delivery, *, alone: bool) -> None:
        try:
            if alone:
                writes = await self._try_to_send(delivery)
            else:
                writes = self._results.postpone(delivery, "another first")
        except UnavailableError:
            writes = self._results.postpone(delivery, "database")
        except Exception as error:  # an error affects this message only
            log.exception("A delivery failed", extra={"action": "delivery_failed"})
            writes = self._record_fault(delivery, f"fault: {type(error).__name__}")
        await self._results.write_until_stored(writes)
        try:
            await self._kinds[delivery.kind].follow_up(delivery)
        except Exception:  # the result is recorded already
            log.exception("What follows failed", extra={"action": "after_delivery_failed"})

    async def _try_to_send(self, delivery: Delivery) -> tuple[Statement, ...]:
        """Send one message; returns the statements that record the result."""
        kind = self._kinds[delivery.kind]
        async with self._preparing:
            prepared = await kind.prepare(delivery, self._clock())
        if isinstance(prepared, Withheld):
            return self._record_withheld(delivery, prepared)

        async def begin() -> None:
            await self._recheck_and_begin(delivery, prepared.recheck)

        try:
            message = await self._send(
                delivery.recipient, prepared.reply, BulkSend(kind.lane, begin)
            )
        except _WithdrawnError as error:
            return () if error.withheld is None else self._record_withheld(delivery, error.withheld)
        except ApiError as error:
            return self._results.record_error(delivery, error)
        return self._results.record_sent(delivery, message)

    async def _recheck_and_begin(
        self, delivery: Delivery, recheck: Callable[[int], Withheld | None]
    ) -> None:
        """Recheck just before sending: still allowed, still claimed; then mark it as begun."""
        now = self._clock()
        withheld = recheck(now)
        if withheld is not None:
            raise _WithdrawnError(withheld)
        self._begun.add(delivery)
        await self._store.write(*outbox.begin_delivery(delivery, self._holder, now))
        if await self._store.fetch_delivery_state(delivery) != (
            DeliveryState.SENDING,
            self._holder,
        ):
            raise _WithdrawnError(None)

    def _record_fault(self, delivery: Delivery, reason: str) -> tuple[Statement, ...]:
        """Record a fault: before the request the message failed, after it the result is unknown."""
        if delivery in self._begun:
            return self._results.record_unknown(delivery, reason)
        return self._results.record_failed(delivery, reason)

    def _record_withheld(self, delivery: Delivery, withheld: Withheld) -> tuple[Statement, ...]:
        if withheld.retry_at is None:
            return self._results.record_skipped(delivery, withheld.reason)
        return self._results.postpone(delivery, withheld.reason, withheld.retry_at)
