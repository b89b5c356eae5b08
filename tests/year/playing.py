"""Plays a year: people live, the bot ticks, and is killed; gives the record of it.

A minute in which the database has nothing that is due is not played: a tick would only ask the
same question as we do, and find nothing. In all others the real bot does all it does.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from course.model import Course
from simulator.clock import Clock
from simulator.server import Simulator
from tests.year.acting import Acting
from tests.year.leading import Leading
from tests.year.lives import DAY, HOUR, MINUTE, Lives, Plan
from tests.year.record import Act, Away, Lost, Record, Turn
from tests.year.working import COURSE, Died, Working

_FIRST_TICK = 5_000  # after a start; bot/jobs/scheduler.py
_NEVER = 1 << 62

_DUE = """
select min(at) from (
    select min(next_nudge_at) as at from learners where next_nudge_at is not null
    union all select min(due_at) from deliveries where state = 'queued'
    union all select 0 from deliveries where state in ('claimed', 'sending')
    union all select min(send_at) from broadcasts where state = 'scheduled'
)
"""
_BUSY = """
select (select count(*) from learners where next_nudge_at <= :now)
    + (select count(*) from deliveries where state = 'queued' and due_at <= :now)
"""
_TURNS = """
select nudges.at, nudges.learner, nudges.kind,
    case when arm = 'hold' then 'hold' else coalesce(state, 'none') end, coalesce(reason, '')
from nudges left join deliveries
    on deliveries.learner = nudges.learner and subject = opportunity and deliveries.kind = 'nudge'
order by nudges.at
"""
_LOST = """
select sent_at, learner
from deliveries
where state in ('unknown', 'sending') and sent_at is not null
order by sent_at
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """How much is played.

    Attributes:
        cohorts_every: milliseconds between two new cohorts.
        twins: whether a second process ticks and sends on the same database all the time.
        fault: which rule is broken, one of `tests.year.broken.FAULTS`.
    """

    learners: int = 2_000
    days: int = 365
    kills: int = 50
    seed: int = 20261128
    begin: int = 1_769_904_000_000  # 1 February 2026, 00:00 UTC
    cohorts_every: int = 12 * DAY
    twins: bool = False
    fault: str = ""


@dataclass(slots=True)
class Stage:
    """What helpers of other tests expect of a stage."""

    simulator: Simulator
    year: "Year"
    course: Course = field(default_factory=lambda: COURSE)

    async def settled(self) -> None:
        """Wait until the bot has answered everything."""
        await self.year.settle()


class Year:
    """See `play`."""

    def __init__(self, scene: Scene, folder: Path, simulator: Simulator) -> None:
        self._random = Random(f"{scene.seed}:kills")  # noqa: S311 - trouble, not secrets
        self._database = folder / "year.db"
        self._simulator = simulator
        end = scene.begin + scene.days * DAY
        self._record = Record(scene.begin, end)
        self._lives = Lives(scene.seed, scene.learners, scene.begin, end)
        self._acting = Acting(simulator, self._lives, self._record)
        database = f"sqlite:///{self._database}"
        self._leading = Leading(self._lives, self._acting, database, scene.cohorts_every)
        self._kills = sorted(
            scene.begin + int(scene.days * DAY * (0.1 + 0.9 * self._random.random()))
            for _ in range(scene.kills)
        )
        self._workers = [
            Working(
                database, simulator.url, simulator.token,
                polls=number == 0, fault=scene.fault,
            )
            for number in range(1 + scene.twins)
        ]  # fmt: skip
        self._grid = 0
        self._last_tick = 0
        self._reading: sqlite3.Connection | None = None

    async def play(self) -> Record:
        """Play it to its end."""
        for worker in self._workers:
            await self._start(worker)
        while self._now < self._record.end:
            await self._plays_on()
        self._record.turns = [Turn(*row) for row in self._finds(_TURNS)]
        self._record.lost = [Lost(*row) for row in self._finds(_LOST)]
        if self._reading is not None:
            self._reading.close()
        await self._leading.goes()
        for worker in self._workers:
            worker.kill()
            await worker.buried()
        return self._record

    @property
    def _now(self) -> int:
        return self._acting.now

    async def settle(self) -> None:
        """Wait until the bot has fetched and answered everything."""
        while self._simulator.world.pending():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.0005)
        await self._workers[0].asks("settle")

    async def _plays_on(self) -> None:
        """Let the next thing happen."""
        tick = self._next_tick()
        people = min(self._lives.next_at, self._leading.next_at)
        if min(tick, people) >= self._record.end:
            self._moves(self._record.end)
        elif tick < people:
            self._moves(tick)
            await self._tick()
        elif self._leading.next_at <= self._lives.next_at:
            self._moves(self._leading.next_at)
            await self._leading.meets(Stage(self._simulator, self))
        else:
            self._moves(self._lives.next_at)
            await self._people_act()

    async def _people_act(self) -> None:
        plans = [plan for plan in self._lives.take(self._now) if self._acting.does(plan)]
        if plans and self._kills and self._kills[0] <= self._now and self._random.random() < 0.4:
            await self._killed_while(self._workers[0], self.settle())
            await self._start(self._workers[0])
        await self.settle()
        for plan in plans:
            self._acting.noted(plan)
        self._acting.finished()

    async def _tick(self) -> None:
        self._last_tick = self._now
        self._record.ticks += 1
        if self._kills and self._kills[0] <= self._now and self._is_busy():
            worker = self._random.choice(self._workers)
            others = [one.asks("tick") for one in self._workers if one is not worker]
            await asyncio.gather(self._killed_while(worker, worker.asks("tick")), *others)
            await self._is_away(worker)
        else:
            await asyncio.gather(*(worker.asks("tick") for worker in self._workers))

    async def _killed_while(self, worker: Working, work: Awaitable[None]) -> None:
        """SIGKILL at some moment of what it does."""
        self._kills.pop(0)
        self._record.kills += 1
        doing = asyncio.ensure_future(work)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(doing), self._random.random() ** 2 * 0.04)
        worker.kill()
        doing.cancel()
        with suppress(Died, asyncio.CancelledError):
            await doing
        await worker.buried()

    async def _is_away(self, worker: Working) -> None:
        """Nobody starts it for a while; learners go on with their lives."""
        since = self._now
        long = self._random.random()
        until = since
        if worker is self._workers[0] and long > 0.5:
            until += int(
                HOUR * (self._random.random() if long < 0.7 else 19 * self._random.random())
            )
        did = self._people_without(since, until)
        self._moves(until)
        self._record.away.append(Away(since, until))
        await self._start(worker)
        await self.settle()
        for plan in did:
            self._acting.noted(plan)
        self._acting.finished()

    def _people_without(self, since: int, until: int) -> list[Plan]:
        """What people do meanwhile: what they type waits at Telegram, a press must be repeated."""
        did = []
        while self._lives.next_at < until:
            at = self._lives.next_at
            for plan in self._lives.take(at):
                waits = plan.act in (Act.STOPS, Act.STARTS) and since < at
                if waits and self._moves(at) and self._acting.does(plan):
                    did.append(plan)
                else:
                    self._lives.later(plan, until + MINUTE)
        if self._leading.next_at < until:
            self._leading.next_at = until + HOUR
        return did

    async def _start(self, worker: Working) -> None:
        worker.clock.value = self._now
        await worker.start()
        self._grid = self._now + _FIRST_TICK

    def _next_tick(self) -> int:
        """The first tick at which something is due; the clock of the ticks begins with a start."""
        ((due,),) = self._finds(_DUE)
        if due is None:
            return _NEVER
        at: int = max(due, self._now, self._last_tick + 1)
        return self._grid + max(0, -(-(at - self._grid) // MINUTE)) * MINUTE

    def _is_busy(self) -> bool:
        """Whether there is something to do in this tick."""
        ((due,),) = self._finds(_BUSY, now=self._now)
        return bool(due)

    def _finds(self, sql: str, **values: int) -> list[Any]:
        """What a query finds in the bot's database."""
        if self._reading is None:
            uri = f"{self._database.as_uri()}?mode=ro"
            self._reading = sqlite3.connect(uri, uri=True, timeout=30)
        return self._reading.execute(sql, values).fetchall()

    def _moves(self, at: int) -> bool:
        self._simulator.world.clock.advance(max(0.0, (at - self._now) / 1000))
        for worker in self._workers:
            worker.clock.value = self._now
        return True


async def play(scene: Scene, folder: Path) -> Record:
    """Play `scene`, with its database in `folder`."""
    async with Simulator(clock=Clock(scene.begin / 1000)) as simulator:
        return await Year(scene, folder, simulator).play()
