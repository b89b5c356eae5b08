"""Durable inbox: an update is on disk before it is confirmed, and stays until it is answered.

Updates of one learner are handled in order, those of different learners concurrently.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.clock import Clock
from bot.inbox.flood_control import FloodLimits
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import (
    MAX_TRIES,
    AlsoWrite,
    GiveUp,
    HandleUpdate,
    Retries,
    RetryWaits,
)
from bot.inbox.update_filter import PendingUpdates, UpdateFilter
from bot.metrics import METRICS
from bot.workers import finish_tasks
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Update ids remembered to detect repeated updates. Telegram repeats only unconfirmed ones: at most
# a few hundred.
_MAX_REMEMBERED = 20_000


class Inbox:
    """Stores updates and handles them, in order for each learner.

    Args:
        handle: handles an update; raises `TemporaryError` to be called again later.
        give_up: called with an update that failed for good, after its last try.
        flood_limits: how many updates one person may send.
        outage_notices: told when nothing can be stored, and when storing works again.
        also_write: statements to write together with finishing an update.
        pending: where the updates queue, for those who watch how many there are.
        max_remembered: update ids remembered to detect repeated updates.
        waits: how long to wait between attempts.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: HandleUpdate,
        give_up: GiveUp,
        flood_limits: FloodLimits,
        outage_notices: OutageNotices,
        also_write: AlsoWrite = lambda _: (),
        pending: PendingUpdates | None = None,
        max_remembered: int = _MAX_REMEMBERED,
        waits: RetryWaits = RetryWaits(),  # noqa: B008 - a frozen value
    ) -> None:
        self._store = store
        self._clock = clock
        self._retries = Retries(store, clock, handle, give_up, outage_notices, also_write, waits)
        self._outage_notices = outage_notices
        self.pending = PendingUpdates() if pending is None else pending
        self._max_remembered = max_remembered
        self._filter = UpdateFilter(flood_limits, self.pending, max_remembered)
        self._workers: set[asyncio.Task[None]] = set()

    async def open(self) -> int:
        """Queue updates that an earlier run left unfinished; returns their number."""
        half = self._max_remembered // 2  # finished and pending ones: Telegram may repeat either
        done = await self._store.fetch_recently_finished(half)
        pending = await self._store.fetch_pending_updates(MAX_TRIES)
        newest = [received.update for received in pending[-half:]]
        for update in (*reversed(done), *newest):
            self._filter.remember(update)
        for received in pending:
            self._enqueue(received)
        return len(pending)

    async def receive(self, raw_updates: Iterable[Mapping[str, Any]]) -> None:
        """Store updates on disk; when this returns, they may be confirmed to Telegram.

        One that cannot be read, or that the database refuses, is set aside; the others are handled.

        Without updates, after an outage, try whether the database works again: Telegram may have
        dropped what it could not deliver, and then no update would tell.

        Raises:
            UnavailableError: the database cannot be used; none of them may be confirmed.
        """
        now, raw_updates = self._clock(), list(raw_updates)
        new, unreadable = self._filter.read(raw_updates, now)
        try:
            refused = await self._store_updates(new, unreadable, now)
        except UnavailableError:
            self._outage_notices.report_outage(raw_updates)
            raise
        self._filter.clear_verdicts()
        for update, error in (unreadable | refused).items():
            self._record_set_aside(update, error)
        for received in new:
            if not self._filter.has_seen(received.update):  # it may occur twice in one call
                self._filter.remember(received.update)
                self._enqueue(received)

    async def wait_until_idle(self) -> None:
        """Wait until no update is queued or being handled."""
        while self._workers:
            await asyncio.wait(self._workers)

    @property
    def is_busy(self) -> bool:
        """Whether any update is queued or being handled."""
        return bool(self._workers)

    @property
    def is_storing(self) -> bool:
        """Whether incoming updates can be stored, as of the last attempt."""
        return not self._outage_notices.is_outage

    async def close(self, within: float) -> None:
        """Finish running updates within `within` seconds; the rest stays on disk."""
        self._retries.stop()
        await finish_tasks(self._workers, within)
        await self._outage_notices.close()

    async def _store_updates(
        self, new: Sequence[ReceivedUpdate], unreadable: Mapping[int, Exception], now: int
    ) -> dict[int, Exception]:
        """Store new updates, and the numbers of unreadable ones; returns what the database refused.

        Raises:
            UnavailableError: not at this moment.
            Exception: the database takes not even a number.
        """
        aside = [_set_aside(update, error, now) for update, error in unreadable.items()]
        writing = [*map(inbox.receive_update, new), *aside]
        if not writing and self._outage_notices.is_outage:
            writing = [inbox.write_probe(now)]
        refused: dict[int, Exception] = {}
        try:
            await self._store.write(*writing)
        except UnavailableError:
            raise
        except Exception:  # noqa: BLE001 - which of them it is shows when they are written alone
            await self._store.write(*aside)
            for received in new:
                await self._store_alone(received, now, refused)
        if writing:
            self._outage_notices.end_outage()
        return refused

    async def _store_alone(
        self, received: ReceivedUpdate, now: int, refused: dict[int, Exception]
    ) -> None:
        try:
            await self._store.write(inbox.receive_update(received))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - it is only this update if its number is taken
            await self._store.write(_set_aside(received.update, error, now))
            refused[received.update] = error

    def _record_set_aside(self, update: int, error: Exception) -> None:
        """Record an update that is set aside at once: nobody can be told, and no retry helps."""
        METRICS.set_aside_updates.inc()
        self._filter.remember(update)
        extra = {"action": "set_aside", "update": update, "why": type(error).__name__}
        log.error("An update cannot be read or kept", extra=extra)

    def _enqueue(self, received: ReceivedUpdate) -> None:
        queue = self.pending.get(received.learner)
        if queue is not None:
            queue.append(received)
            return
        self.pending[received.learner] = deque([received])
        worker = asyncio.create_task(self._run_worker(received.learner))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _run_worker(self, learner: int | None) -> None:
        queue = self.pending[learner]
        while queue and not self._retries.is_stopping:
            if await self._retries.retry_until_done(queue[0]):
                queue.popleft()
        del self.pending[learner]  # no await since the queue was seen empty, so nothing was added


def _set_aside(update: int, error: Exception, now: int) -> Statement:
    return inbox.set_update_aside(update, type(error).__name__, now, MAX_TRIES)
