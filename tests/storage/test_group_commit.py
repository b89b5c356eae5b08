"""Group commit: shared, whole, in order, and nobody pays for a neighbour's mistake."""

import asyncio
from collections.abc import Sequence

import pytest

from storage.errors import UnavailableError
from storage.group_commit import MAX_BATCH_SIZE, GroupCommit
from storage.statements import AtomicWrite, Statement, statement
from tests.support.patience import STUCK


class Database:
    """Keeps what was applied; waits at a gate, and refuses what it is told to."""

    def __init__(self) -> None:
        self.commits: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.bad: set[int] = set()
        self.unavailable = False

    async def apply(self, batch: Sequence[AtomicWrite]) -> None:
        await self.gate.wait()
        numbers = [int(one.values["number"] or 0) for writing in batch for one in writing]
        if self.unavailable:
            reason = "locked"
            raise UnavailableError(reason)
        if self.bad & set(numbers):
            message = f"no {self.bad & set(numbers)}"
            raise ValueError(message)
        self.commits.append(numbers)


def numbered(*numbers: int) -> list[Statement]:
    return [statement("add", number=number) for number in numbers]


async def test_what_waits_while_a_commit_is_under_way_shares_the_next_one() -> None:
    database = Database()
    observed: list[int] = []
    batches = GroupCommit(database.apply, lambda writers, _seconds: observed.append(writers))
    database.gate.clear()

    first = asyncio.create_task(batches.write(numbered(0)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(batches.write(numbered(n))) for n in range(1, 6)]
    await asyncio.sleep(0)
    assert not first.done()
    database.gate.set()
    await asyncio.gather(first, *others)

    assert database.commits == [[0], [1, 2, 3, 4, 5]]
    assert observed == [1, 5]


async def test_nobody_is_told_before_their_own_commit() -> None:
    database = Database()
    batches = GroupCommit(database.apply)
    database.gate.clear()

    waiting = [asyncio.create_task(batches.write(numbered(n))) for n in range(10)]
    for _ in range(10):
        await asyncio.sleep(0)

    assert not any(task.done() for task in waiting)
    database.gate.set()
    await asyncio.gather(*waiting)


async def test_the_statements_of_one_writer_stay_together_and_in_order() -> None:
    database = Database()
    batches = GroupCommit(database.apply)

    await asyncio.gather(*(batches.write(numbered(n, n + 1, n + 2)) for n in range(0, 300, 3)))

    assert [number for commit in database.commits for number in commit] == list(range(300))


async def test_a_commit_has_a_largest_size() -> None:
    database = Database()
    batches = GroupCommit(database.apply)

    await asyncio.gather(*(batches.write(numbered(n)) for n in range(3 * MAX_BATCH_SIZE)))

    assert max(map(len, database.commits)) <= MAX_BATCH_SIZE


async def test_one_bad_writer_fails_alone() -> None:
    database = Database()
    database.bad = {3}
    batches = GroupCommit(database.apply)

    results = await asyncio.gather(
        *(batches.write(numbered(n)) for n in range(6)), return_exceptions=True
    )

    assert [isinstance(one, ValueError) for one in results] == [n == 3 for n in range(6)]
    assert sorted(n for commit in database.commits for n in commit) == [0, 1, 2, 4, 5]


async def test_a_database_that_is_away_fails_all_at_once_and_later_serves_again() -> None:
    database = Database()
    database.unavailable = True
    batches = GroupCommit(database.apply)

    results = await asyncio.gather(
        *(batches.write(numbered(n)) for n in range(6)), return_exceptions=True
    )
    assert all(isinstance(one, UnavailableError) for one in results)

    database.unavailable = False
    await batches.write(numbered(7))
    assert database.commits == [[7]]


async def test_whoever_stops_waiting_has_written_all_the_same() -> None:
    database = Database()
    batches = GroupCommit(database.apply)
    database.gate.clear()
    impatient = asyncio.create_task(batches.write(numbered(1)))
    await asyncio.sleep(0)

    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    database.gate.set()
    await batches.wait_until_idle()

    assert database.commits == [[1]]


async def test_nothing_to_write_is_no_commit() -> None:
    database = Database()

    await GroupCommit(database.apply).write([])

    assert database.commits == []


async def test_closing_gives_up_what_hangs_and_tells_whoever_waits_for_it() -> None:
    database = Database()
    batches = GroupCommit(database.apply)
    database.gate.clear()
    writing = [asyncio.create_task(batches.write(numbered(number))) for number in (1, 2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    writing.append(asyncio.create_task(batches.write(numbered(3))))
    await asyncio.sleep(0)

    async with asyncio.timeout(STUCK):
        await batches.close(within=0.01)

    told = await asyncio.gather(*writing, return_exceptions=True)
    assert [type(error) for error in told] == [UnavailableError] * 3
    assert database.commits == []


async def test_closing_writes_what_is_waiting() -> None:
    database = Database()
    batches = GroupCommit(database.apply)
    database.gate.clear()
    writing = asyncio.create_task(batches.write(numbered(1)))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(database.gate.set)

    await batches.close(within=STUCK)
    await writing

    assert database.commits == [[1]]
