"""The beat and its end: what is late is cut off, and no part waits for another."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.jobs import scheduler
from bot.jobs.scheduler import ScheduledJob, Scheduler
from bot.workers import Worker
from storage.store import Store
from tests.support.patience import STUCK, until


class Slow(Worker):
    """A part that is closed only when all of its kind are being closed."""

    def __init__(self, together: asyncio.Barrier) -> None:
        super().__init__("slow")
        self.may_take: list[float] = []
        self._together = together

    async def close(self, within: float = 0.0) -> None:
        self.may_take.append(within)
        await self._together.wait()
        await super().close()

    async def _work(self) -> None:
        """Do nothing."""


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(store_url, 0)
    yield opened
    await opened.close()


def ticking(store: Store, **chores: ScheduledJob) -> tuple[Scheduler, Slow, Slow]:
    """A beat, with its outbox and what sends its reports."""
    together = asyncio.Barrier(2)
    outbox, reporting = Slow(together), Slow(together)
    return Scheduler(store, lambda: 0, chores, (outbox, reporting)), outbox, reporting


async def test_all_parts_are_closed_beside_each_other_within_one_limit(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    begun, cut_off = asyncio.Event(), []

    async def lasts() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut_off.append("chore")
            raise

    ticks, outbox, reporting = ticking(store, lasts=lasts)
    ticks.start()
    ticks.wake()
    await begun.wait()

    async with asyncio.timeout(STUCK):
        await ticks.close(0.05)

    assert cut_off == ["chore"]
    assert "cut_off" in [getattr(one, "action", None) for one in caplog.records]
    assert outbox.may_take == reporting.may_take == [0.05]


async def test_a_chore_in_hand_is_finished_and_no_other_is_begun(store: Store) -> None:
    done = []
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        begun.set()
        await may_end.wait()
        done.append("first")

    async def second() -> None:
        done.append("second")

    ticks, *_parts = ticking(store, first=first, second=second)
    ticks.start()
    ticks.wake()
    await begun.wait()
    closing = asyncio.create_task(ticks.close(STUCK))
    await asyncio.sleep(0)
    may_end.set()
    await closing

    assert done == ["first"]


async def test_nothing_ticks_any_more_after_the_end(store: Store) -> None:
    done = []

    async def chore() -> None:
        done.append("chore")

    ticks, *_parts = ticking(store, chore=chore)
    await ticks.close(0)

    await ticks.tick()

    assert done == []


async def test_a_fault_of_a_tick_is_told_to_whoever_had_it_tick(store: Store) -> None:
    ticks, *_parts = ticking(store)
    ticks.workers = None  # type: ignore[assignment]

    with pytest.raises(TypeError):
        await ticks.tick()


async def test_it_ticks_on_when_the_clock_goes_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TICK_INTERVAL", 0.05)
    monkeypatch.setattr(scheduler, "FIRST_TICK_DELAY", 0)
    done = []

    async def chore() -> None:
        done.append("chore")

    ticks, *_parts = ticking(store, chore=chore)
    ticks.start()
    await until(lambda: len(done) > 0)

    (beat,) = ticks.ticks.get_jobs()  # from a clock that has gone back, its next time is far off
    beat.modify(next_run_time=beat.next_run_time + timedelta(hours=1))
    before = len(done)
    await until(lambda: len(done) > before + 2)

    await ticks.close(0)
