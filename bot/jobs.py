"""What happens by the clock. One tick; nothing is kept between two of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from telegram.ext import Job, JobQueue

from bot.broadcasting import Broadcasting
from bot.clock import Clock
from bot.handlers.wiring import AnyApplication, AnyContext
from bot.outbox import Outbox
from bot.recounting import Recounting
from bot.stopping import finish
from bot.trying import TRIES
from bot.weekly_reports import Reporting
from storage.errors import UnavailableError
from storage.store import Store

log = logging.getLogger(__name__)

Chore: TypeAlias = Callable[[], Awaitable[object]]
"""Looks by itself whether something is due, and does it; safe to be asked too often or late."""

# Seconds between two looks at what is due.
TICK = 60

# Seconds from the start to the first: what was due while the process was away waits long enough.
FIRST = 5

# Ticks that may stay away before the beat begins anew.
_MISSED = 2

# Done updates are remembered a week: Telegram repeats none that is older than a day.
_KEEP_DONE = 7 * 24 * 3600 * 1000

# The database is tidied once in so many ticks.
_TIDY_EVERY = 60


class Ticks:
    """Looks what is due, and keeps house; APScheduler (PTB's JobQueue) only gives the beat.

    Attributes:
        chores: what is looked at in each tick, one after the other, by its name in the log.
        outbox: what goes out unasked.
        broadcasting: what comes of broadcasts.
        recounting: compares counters with facts, behind the tick.
        reporting: sends weekly reports, behind the tick.
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
        """Tick once a minute; a tick that comes late still runs, and several late ones run once."""
        queue = application.job_queue
        assert isinstance(queue, JobQueue), "the job-queue extra is a dependency"
        kept = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        beat = queue.run_repeating(self.tick, interval=TICK, first=FIRST, job_kwargs=kept)
        self._ticked_at = asyncio.get_running_loop().time()
        self._watch(beat)
        self.outbox.start()
        self.broadcasting.start()

    def _watch(self, beat: Job[Any]) -> None:
        """Begin the beat anew when it stays away.

        APScheduler waits for a time of day, which is far off when the system's clock has gone back.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._ticking and now - self._ticked_at > _MISSED * TICK:
            log.warning("No tick came, the beat begins anew", extra={"action": "beat_anew"})
            beat.job.reschedule("interval", seconds=TICK)
            self._ticked_at = now  # else it could be begun anew each time, just before it comes
        self._watching = loop.call_later(TICK, self._watch, beat)

    async def close(self, within: float) -> None:
        """Let what is on its way arrive within `within` seconds; the rest stays on disk.

        That is for all of it together. A chore that is late is cut off, and no other is begun.
        """
        self._is_ending = True
        if self._watching is not None:
            self._watching.cancel()
        await self.broadcasting.close()  # first: it would take the lease that the outbox gives back
        closing = self.reporting.close(within), self.outbox.close(within)
        await asyncio.gather(finish(self._ticking, within), *closing)
        await self.recounting.close()  # after the ticks, which may begin it
        if self._tidying is not None:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)

    async def tick(self, _context: AnyContext | None = None) -> None:
        """Do what is due now; sending and tidying go on behind it.

        It is a task of ours: who calls it, as PTB's JobQueue does, would wait for it without end.
        """
        if self._is_ending:
            return
        ticking = asyncio.create_task(self._tick())
        self._ticking.add(ticking)
        ticking.add_done_callback(self._ticking.discard)
        await asyncio.wait((ticking,))
        self._ticked_at = asyncio.get_running_loop().time()  # the next one may be late from now on
        if not ticking.cancelled():
            ticking.result()  # raises what went wrong

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
        """One chore that fails keeps no other from its turn; it is done at the next tick."""
        try:
            await chore()
        except UnavailableError as error:
            log.warning("A chore waits", extra={"action": "chore", "of": name, "why": str(error)})
        except Exception:
            log.exception("A chore failed", extra={"action": "chore_failed", "of": name})
