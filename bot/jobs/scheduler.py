"""Scheduler: runs all jobs at each tick, one after the other; keeps no state of theirs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock as wall_clock
from bot.clock import Clock
from bot.inbox.retries import MAX_TRIES
from bot.workers import Worker
from storage.errors import UnavailableError
from storage.store import Store

log = logging.getLogger(__name__)

ScheduledJob: TypeAlias = Callable[[], Awaitable[object]]
"""Checks whether something is due and does it; safe to call too often or late."""

# Seconds between ticks.
TICK_INTERVAL = 60.0

# Seconds from startup to the first tick: work that came due while the process was down should not
# wait longer.
FIRST_TICK_DELAY = 5

# Milliseconds for which finished updates are kept: a week. Telegram repeats none older than a day.
_KEEP_DONE_UPDATES = 7 * 24 * 3600 * 1000

# Ticks between cleanups of the database.
_CLEANUP_EVERY_TICKS = 60


class _Maintenance(Worker):
    """Cleans up the database when it is woken."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__("maintenance")
        self._store = store
        self._clock = clock

    async def _work(self) -> None:
        await self._store.run_maintenance(
            before=self._clock() - _KEEP_DONE_UPDATES, tries=MAX_TRIES
        )
        log.debug("Tidied", extra={"action": "tidied"})


class Scheduler(Worker):
    """Runs the jobs and wakes the workers, once a minute.

    Args:
        jobs: run at each tick, one after the other; keys are names in the log.
        workers: started and closed with the scheduler, and woken at each tick. Those that need the
            outbox's lease come before the outbox, which releases it when it is closed.

    Attributes:
        ticks: APScheduler, which wakes the scheduler. It waits for a time of the wall clock, which
            is far off after the clock was set back; the scheduler then ticks by itself.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        jobs: Mapping[str, ScheduledJob],
        workers: Sequence[Worker],
    ) -> None:
        super().__init__("scheduler")
        self._store = store
        self._maintenance = _Maintenance(store, clock)
        self.jobs = jobs
        self.workers = workers
        self.ticks = AsyncIOScheduler(timezone=UTC)
        self._tick_count = 0

    def start(self) -> None:
        """Start ticking; late ticks still run, several late ones run once."""
        super().start()
        first = wall_clock.now() / 1000 + FIRST_TICK_DELAY
        self.ticks.add_job(
            self._wake_on_tick,
            "interval",
            seconds=TICK_INTERVAL,
            next_run_time=datetime.fromtimestamp(first, UTC),
            misfire_grace_time=None,
            coalesce=True,
        )
        self.ticks.start()
        for worker in (*self.workers, self._maintenance):
            worker.start()

    @property
    def is_busy(self) -> bool:
        """Whether a tick or a worker is running or about to."""
        return super().is_busy or any(worker.is_busy for worker in self.workers)

    async def close(self, within: float = 0.0) -> None:
        """Finish messages being sent within `within` seconds in all; the rest stays on disk.

        No further job is started; one that runs longer is cancelled.
        """
        if self.ticks.running:
            self.ticks.shutdown(wait=False)
        await asyncio.gather(
            super().close(within),
            *(worker.close(within) for worker in self.workers),
            self._maintenance.close(),
        )

    async def tick(self) -> None:
        """Run what is due now; sending and cleanup continue in the background."""
        self._tick_count += 1
        for name, job in self.jobs.items():
            if self._is_closing:
                return
            await self._run_job(name, job)
        for worker in self.workers:
            worker.wake()
        await self._store.retry_wal_truncation()
        if self._tick_count % _CLEANUP_EVERY_TICKS == 0:
            self._maintenance.wake()

    async def _work(self) -> float:
        await self.tick()
        return 2 * TICK_INTERVAL

    async def _wake_on_tick(self) -> None:
        """Wake the scheduler; a coroutine, since APScheduler runs other functions in a thread."""
        self.wake()

    async def _run_job(self, name: str, job: ScheduledJob) -> None:
        """Run one job; an error is logged, and the job runs again at the next tick."""
        try:
            await job()
        except UnavailableError as error:
            log.warning("A chore waits", extra={"action": "chore", "of": name, "why": str(error)})
        except Exception:
            log.exception("A chore failed", extra={"action": "chore_failed", "of": name})
