"""Outbox sender: sends stored messages, each once, rechecked just before sending.

A message that surely was not sent is sent later; one that may have arrived is not sent again. After
a crash the next process takes over the deliveries. Does not know the contents of messages.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TypeAlias

from bot.bot_api.errors import ApiError
from bot.bot_api.rate_limiter import BulkSend
from bot.clock import Clock
from bot.messages import Reply
from bot.outbox.kinds import OutboxKind, Withheld
from bot.outbox.lease import Lease
from bot.outbox.results import DeliveryResults
from bot.workers import Worker, finish_tasks
from storage import outbox
from storage.errors import UnavailableError
from storage.outbox import Delivery, DeliveryState
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Deliveries of one kind in progress at once: two seconds' worth at Telegram's rate, so that checked
# messages are sent soon after. New ones are claimed when half of them are done.
MAX_IN_PROGRESS = 64

# Messages of one kind prepared concurrently; preparing all claimed ones at once would delay answers
# to people. Kinds do not wait for each other: a report's chart may take half a minute.
_MAX_PREPARING = 4

# Seconds between checks of the lease while messages wait.
_LEASE_CHECK_INTERVAL = 10.0

SendMessage: TypeAlias = Callable[[int, Reply, BulkSend], Awaitable[int]]


class _WithheldError(Exception):
    """The recheck before sending withheld the message; with `None` another process has it."""

    def __init__(self, withheld: Withheld | None) -> None:
        super().__init__("withheld")
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
        self._preparing = {kind: asyncio.Semaphore(_MAX_PREPARING) for kind in kinds}

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

    async def _work(self) -> float | None:
        """Claim what is due; runs again when a message is done, as long as any is in progress."""
        if not (
            self._in_progress or await self._store.has_outbox_work(self._holder, self._clock())
        ):
            return None
        if await self._lease.acquire():
            await self._claim_due()
        return _LEASE_CHECK_INTERVAL if self._in_progress else None

    async def _claim_due(self) -> None:
        rooms = {kind: MAX_IN_PROGRESS - self._count_in_progress(kind) for kind in self._kinds}
        now = self._clock()
        claims = [
            outbox.claim_deliveries(kind, self._holder, now, room)
            for kind, room in rooms.items()
            if room >= MAX_IN_PROGRESS // 2
        ]
        await self._store.write(*claims)
        precedence = tuple(self._kinds)
        claimed = await self._store.fetch_claimed_deliveries(self._holder)
        for delivery in sorted(claimed, key=lambda one: precedence.index(one.kind)):
            if delivery not in self._in_progress:
                task = asyncio.create_task(
                    self._deliver(delivery, alone=self._is_only_counted_one(delivery))
                )
                self._in_progress[delivery] = task
                task.add_done_callback(partial(self._on_task_done, delivery))

    def _is_only_counted_one(self, delivery: Delivery) -> bool:
        """Whether no other message in progress may be the recipient's one of the day."""
        return not delivery.is_counted or all(
            other.recipient != delivery.recipient or not other.is_counted
            for other in self._in_progress
        )

    def _on_task_done(self, delivery: Delivery, _task: asyncio.Task[None]) -> None:
        self._in_progress.pop(delivery, None)
        self._begun.discard(delivery)
        self._kinds[delivery.kind].on_recorded(self._count_in_progress(delivery.kind))
        if not self._is_closing:
            self.wake()

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
        async with self._preparing[delivery.kind]:
            prepared = await kind.prepare(delivery, self._clock())
        if isinstance(prepared, Withheld):
            return self._results.record_withheld(delivery, prepared)

        async def begin() -> None:
            await self._recheck_and_begin(delivery, prepared.recheck)

        try:
            message = await self._send(
                delivery.recipient, prepared.reply, BulkSend(kind.lane, begin)
            )
        except _WithheldError as error:
            return self._results.record_withheld(delivery, error.withheld)
        except ApiError as error:
            return self._results.record_error(delivery, error)
        return self._results.record_sent(delivery, message, prepared.on_sent(message))

    async def _recheck_and_begin(
        self, delivery: Delivery, recheck: Callable[[int], Withheld | None]
    ) -> None:
        """Recheck just before sending: still allowed, still claimed; then mark it as begun."""
        now = self._clock()
        withheld = recheck(now)
        if withheld is not None:
            raise _WithheldError(withheld)
        self._begun.add(delivery)
        await self._store.write(*outbox.begin_delivery(delivery, self._holder, now))
        if await self._store.fetch_delivery_state(delivery) != (
            DeliveryState.SENDING,
            self._holder,
        ):
            raise _WithheldError(None)

    def _record_fault(self, delivery: Delivery, reason: str) -> tuple[Statement, ...]:
        """Record a fault: before the request the message failed, after it the result is unknown."""
        if delivery in self._begun:
            return self._results.record_unknown(delivery, reason)
        return self._results.record_failed(delivery, reason)
