"""The one kind of background worker."""

import asyncio

from bot.workers import Worker
from tests.support.patience import STUCK, until


class Counting(Worker):
    """Counts its runs; the first one fails."""

    def __init__(self, again: float | None = None) -> None:
        super().__init__("counting")
        self.runs = 0
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._again = again

    async def _work(self) -> float | None:
        self.runs += 1
        if self.runs == 1:
            raise ZeroDivisionError
        await self.may_end.wait()
        return self._again


async def test_it_works_when_woken_even_before_it_was_started_and_after_a_failure() -> None:
    worker = Counting()
    worker.wake()
    assert worker.is_busy

    worker.start()
    await until(lambda: not worker.is_busy)
    assert worker.runs == 1
    worker.wake()
    await until(lambda: worker.runs == 2)

    await worker.close()
    assert worker.runs == 2


async def test_it_runs_again_by_itself_after_the_seconds_it_names() -> None:
    worker = Counting(again=0.001)
    worker.start()
    worker.wake()
    await until(lambda: worker.runs == 1)
    worker.wake()

    await until(lambda: worker.runs > 3)

    await worker.close()
    assert worker.runs > 3


async def test_when_closed_it_ends_the_current_run_and_begins_no_other() -> None:
    worker = Counting()
    worker.start()
    worker.wake()
    await until(lambda: worker.runs == 1)
    worker.may_end.clear()
    worker.wake()
    await until(lambda: worker.runs == 2)
    worker.wake()

    closing = asyncio.create_task(worker.close(within=STUCK))
    await asyncio.sleep(0)
    worker.may_end.set()
    await closing

    assert worker.runs == 2
    assert not worker.is_busy


async def test_a_run_that_takes_longer_than_the_limit_is_cancelled() -> None:
    worker = Counting()
    worker.start()
    worker.wake()
    await until(lambda: worker.runs == 1)
    worker.may_end.clear()
    worker.wake()
    await until(lambda: worker.runs == 2)

    async with asyncio.timeout(STUCK):
        await worker.close(within=0.01)

    assert not worker.is_busy
