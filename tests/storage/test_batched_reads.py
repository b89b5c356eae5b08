import asyncio
import sqlite3
from collections.abc import Sequence

import pytest

from storage.batched_reads import BatchedReads, Read, ReadResult


class _Gate:
    """A database that answers with what it was asked, each time the gate is opened."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.opened = asyncio.Semaphore(0)

    async def read(self, reads: Sequence[Read]) -> list[ReadResult]:
        self.asked.append([sql for ((sql, _),) in reads])
        await self.opened.acquire()
        return [
            sqlite3.OperationalError("locked") if sql == "bad" else [[(sql,)]]
            for ((sql, _),) in reads
        ]


def _asking(
    reads: BatchedReads, *queries: str
) -> "list[asyncio.Task[list[list[tuple[object, ...]]]]]":
    return [asyncio.create_task(reads.fetch_each([(query, {})])) for query in queries]


async def _come_to_rest() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_queries_that_come_while_one_is_under_way_are_asked_together() -> None:
    gate = _Gate()
    asking = _asking(BatchedReads(gate.read), "a", "b", "c")
    await _come_to_rest()

    gate.opened.release()
    gate.opened.release()

    assert await asyncio.gather(*asking) == [[[("a",)]], [[("b",)]], [[("c",)]]]
    assert gate.asked == [["a"], ["b", "c"]]


async def test_a_query_that_fails_does_not_fail_its_neighbours() -> None:
    gate = _Gate()
    first, bad, good = _asking(BatchedReads(gate.read), "a", "bad", "c")
    await _come_to_rest()

    gate.opened.release()
    gate.opened.release()

    assert await first == [[("a",)]]
    assert await good == [[("c",)]]
    with pytest.raises(sqlite3.OperationalError):
        await bad


async def test_whoever_stops_waiting_holds_up_nobody() -> None:
    gate = _Gate()
    reads = BatchedReads(gate.read)
    first, second, third = _asking(reads, "a", "b", "c")
    await _come_to_rest()

    first.cancel()
    second.cancel()
    await _come_to_rest()
    gate.opened.release()

    assert await third == [[("c",)]]
    gate.opened.release()
    assert await reads.fetch_each([("d", {})]) == [[("d",)]]


async def test_a_connection_that_is_gone_is_told_to_everybody_who_asked() -> None:
    async def read(_reads: Sequence[Read]) -> list[ReadResult]:
        await asyncio.sleep(0)
        message = "Connection closed"
        raise ValueError(message)

    asking = _asking(BatchedReads(read), "a", "b", "c")

    found = await asyncio.gather(*asking, return_exceptions=True)

    assert [type(one) for one in found] == [ValueError] * 3
