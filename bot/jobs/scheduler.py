"""Scheduler: runs all jobs at each tick, one after the other; keeps no state of theirs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from telegram.ext import Job, JobQueue

from bot.bot_api.sending import AnyApplication, AnyContext
from bot.clock import Clock
from bot.inbox.retries import MAX_TRIES
from bot.workers import Worker, finish_tasks
from storage.errors import UnavailableError
from storage.store import Store

log = logging.getLogger(__name__)

ScheduledJob: TypeAlias = Callable[[], Awaitable[object]]
"""Checks whether something is due and does it; safe to call too often or late."""

# Seconds between ticks.
TICK_INTERVAL = 60

# Seconds from startup to the first tick: work that came due while the process was down should not
# wait longer.
FIRST_TICK_DELAY = 5

# Ticks that may be missed before the job is rescheduled.
_MAX_MISSED_TICKS = 2

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


class Scheduler:
    """Runs the jobs and wakes the workers; APScheduler (PTB's JobQueue) provides the ticks.

    Args:
        jobs: run at each tick, one after the other; keys are names in the log.
        workers: started and closed with the scheduler, and woken at each tick. Those that need the
            outbox's lease come before the outbox, which releases it when it is closed.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        jobs: Mapping[str, ScheduledJob],
        workers: Sequence[Worker],
    ) -> None:
        self._store = store
        self._maintenance = _Maintenance(store, clock)
        self.jobs = jobs
        self.workers = workers
        self._tick_count = 0
        self._is_closing = False
        self._ticked_at = float("-inf")
        self._watch_timer: asyncio.TimerHandle | None = None
        self._tick_tasks: set[asyncio.Task[None]] = set()

    def start(self, application: AnyApplication) -> None:
        """Start ticking once a minute; late ticks still run, several late ones run once."""
        queue = application.job_queue
        assert isinstance(queue, JobQueue), "the job-queue extra is a dependency"
        kept = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        tick_job = queue.run_repeating(
            self.tick, interval=TICK_INTERVAL, first=FIRST_TICK_DELAY, job_kwargs=kept
        )
        self._ticked_at = asyncio.get_running_loop().time()
        self._watch_ticks(tick_job)
        for worker in (*self.workers, self._maintenance):
            worker.start()

    @property
    def is_busy(self) -> bool:
        """Whether a worker is working or about to."""
        return any(worker.is_busy for worker in self.workers)

    def _watch_ticks(self, tick_job: Job[Any]) -> None:
        """Reschedule the job when ticks are missing.

        APScheduler waits for a wall-clock time, which is far off after the clock was set back.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._tick_tasks and now - self._ticked_at > _MAX_MISSED_TICKS * TICK_INTERVAL:
            log.warning("No tick came, the beat begins anew", extra={"action": "beat_anew"})
            tick_job.job.reschedule("interval", seconds=TICK_INTERVAL)
            self._ticked_at = now  # otherwise it would be rescheduled again before it can run
        self._watch_timer = loop.call_later(TICK_INTERVAL, self._watch_ticks, tick_job)

    async def close(self, within: float) -> None:
        """Finish messages being sent within `within` seconds in all; the rest stays on disk.

        No further job is started; one that runs longer is cancelled.
        """
        self._is_closing = True
        if self._watch_timer is not None:
            self._watch_timer.cancel()
        await asyncio.gather(
            finish_tasks(self._tick_tasks, within),
            *(worker.close(within) for worker in self.workers),
            self._maintenance.close(),
        )

    async def tick(self, _context: AnyContext | None = None) -> None:
        """Run what is due now; sending and cleanup continue in the background.

        Runs as a task of its own, which `close` can cancel: PTB's JobQueue would wait for it.
        """
        if self._is_closing:
            return
        ticking = asyncio.create_task(self._run_jobs())
        self._tick_tasks.add(ticking)
        ticking.add_done_callback(self._tick_tasks.discard)
        await asyncio.wait((ticking,))
        self._ticked_at = asyncio.get_running_loop().time()  # missed ticks count from the end
        if not ticking.cancelled():
            ticking.result()  # raises the error of the tick

    async def _run_jobs(self) -> None:
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

    async def _run_job(self, name: str, job: ScheduledJob) -> None:
        """Run one job; an error is logged, and the job runs again at the next tick."""
        try:
            await job()
        except UnavailableError as error:
            log.warning("A chore waits", extra={"action": "chore", "of": name, "why": str(error)})
        except Exception:
            log.exception("A chore failed", extra={"action": "chore_failed", "of": name})
