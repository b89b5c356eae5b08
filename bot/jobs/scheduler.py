"""Scheduler: runs all jobs at each tick, one after the other; keeps no state of theirs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from telegram.ext import Job, JobQueue

from bot.clock import Clock
from bot.graceful_shutdown import finish
from bot.handlers.registry import AnyApplication, AnyContext
from bot.inbox.retries import TRIES
from bot.jobs.broadcast_planner import Broadcasting
from bot.jobs.recounts import Recounting
from bot.jobs.weekly_reports import Reporting
from bot.outbox.outbox import Outbox
from storage.errors import UnavailableError
from storage.store import Store

log = logging.getLogger(__name__)

Chore: TypeAlias = Callable[[], Awaitable[object]]
"""Checks whether something is due and does it; safe to call too often or late."""

# Seconds between ticks.
TICK = 60

# Seconds from startup to the first tick: work that came due while the process was down should not
# wait longer.
FIRST = 5

# Ticks that may be missed before the job is rescheduled.
_MISSED = 2

# Milliseconds for which finished updates are kept: a week. Telegram repeats none older than a day.
_KEEP_DONE = 7 * 24 * 3600 * 1000

# Ticks between cleanups of the database.
_TIDY_EVERY = 60


class Ticks:
    """Runs the jobs and cleans up the database; APScheduler (PTB's JobQueue) provides the ticks.

    Attributes:
        jobs: run at each tick, one after the other; keys are names in the log.
        outbox: woken at each tick.
        broadcast_planner: woken at each tick.
        recount_job: compares counters with facts, in the background.
        report_sender: sends weekly reports, in the background.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        chores: Mapping[str, Chore],
        outbox: Outbox,
        broadcasting: Broadcasting,
        recounting: Recounting,
        reporting: Reporting,
    ) -> None:
        self._store = store
        self._clock = clock
        self.chores = chores
        self.outbox = outbox
        self.broadcasting = broadcasting
        self.recounting = recounting
        self.reporting = reporting
        self._count = 0
        self._is_ending = False
        self._ticked_at = float("-inf")
        self._watching: asyncio.TimerHandle | None = None
        self._ticking: set[asyncio.Task[None]] = set()
        self._tidying: asyncio.Task[None] | None = None

    def schedule(self, application: AnyApplication) -> None:
        """Start ticking once a minute; late ticks still run, several late ones run once."""
        queue = application.job_queue
        assert isinstance(queue, JobQueue), "the job-queue extra is a dependency"
        kept = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        beat = queue.run_repeating(self.tick, interval=TICK, first=FIRST, job_kwargs=kept)
        self._ticked_at = asyncio.get_running_loop().time()
        self._watch(beat)
        self.outbox.start()
        self.broadcasting.start()

    def _watch(self, beat: Job[Any]) -> None:
        """Reschedule the job when ticks are missing.

        APScheduler waits for a wall-clock time, which is far off after the clock was set back.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._ticking and now - self._ticked_at > _MISSED * TICK:
            log.warning("No tick came, the beat begins anew", extra={"action": "beat_anew"})
            beat.job.reschedule("interval", seconds=TICK)
            self._ticked_at = now  # otherwise it would be rescheduled again before it can run
        self._watching = loop.call_later(TICK, self._watch, beat)

    async def close(self, within: float) -> None:
        """Finish messages being sent within `within` seconds in all; the rest stays on disk.

        No further job is started; one that runs longer is cancelled.
        """
        self._is_ending = True
        if self._watching is not None:
            self._watching.cancel()
        await self.broadcasting.close()  # first: it would reacquire the lease the outbox releases
        closing = self.reporting.close(within), self.outbox.close(within)
        await asyncio.gather(finish(self._ticking, within), *closing)
        await self.recounting.close()  # after the ticks, which may start it
        if self._tidying is not None:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)

    async def tick(self, _context: AnyContext | None = None) -> None:
        """Run what is due now; sending and cleanup continue in the background.

        Runs as a task of its own, which `close` can cancel: PTB's JobQueue would wait for it.
        """
        if self._is_ending:
            return
        ticking = asyncio.create_task(self._tick())
        self._ticking.add(ticking)
        ticking.add_done_callback(self._ticking.discard)
        await asyncio.wait((ticking,))
        self._ticked_at = asyncio.get_running_loop().time()  # missed ticks count from the end
        if not ticking.cancelled():
            ticking.result()  # raises the error of the tick

    async def _tick(self) -> None:
        self._count += 1
        for name, chore in self.chores.items():
            if self._is_ending:
                return
            await self._do(name, chore)
        self.outbox.wake()
        self.broadcasting.wake()
        await self._store.tidy_up_what_is_left()
        if self._count % _TIDY_EVERY == 0 and (self._tidying is None or self._tidying.done()):
            self._tidying = asyncio.create_task(self._do("tidying the database", self._tidy))

    async def _tidy(self) -> None:
        await self._store.tidy(before=self._clock() - _KEEP_DONE, tries=TRIES)
        log.debug("Tidied", extra={"action": "tidied"})

    async def _do(self, name: str, chore: Chore) -> None:
        """Run one job; an error is logged, and the job runs again at the next tick."""
        try:
            await chore()
        except UnavailableError as error:
            log.warning("A chore waits", extra={"action": "chore", "of": name, "why": str(error)})
        except Exception:
            log.exception("A chore failed", extra={"action": "chore_failed", "of": name})
