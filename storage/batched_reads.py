"""Batching of concurrent reads into one call of the database's thread."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from storage.statements import Row, Value

Query: TypeAlias = tuple[str, Mapping[str, Value]]
Read: TypeAlias = Sequence[Query]
ReadResult: TypeAlias = list[list[Row]] | Exception
ReadBatch: TypeAlias = Callable[[Sequence[Read]], Awaitable[Sequence[ReadResult]]]

# Most reads in a batch. Small, so that writes can run between batches; with 100, reads and writes
# alternate, which is an eighth slower.
_MAX_BATCH_SIZE = 16


class BatchedReads:
    """Collects reads while others are running, and runs them together next.

    Args:
        read_batch: runs reads in order and returns the rows of their queries or the error of each.
    """

    def __init__(self, read_batch: ReadBatch) -> None:
        self._run = read_batch
        self._is_busy = False
        self._waiting: list[tuple[Read, asyncio.Future[list[list[Row]]]]] = []
        self._drain: asyncio.Task[None] | None = None

    async def fetch_each(self, queries: Read) -> list[list[Row]]:
        """Fetch the rows of each of `queries`, which run in this order.

        Raises:
            Exception: the database's error for these queries, not for those of others.
        """
        if self._is_busy:
            future: asyncio.Future[list[list[Row]]] = asyncio.get_running_loop().create_future()
            self._waiting.append((queries, future))
            return await future
        self._is_busy = True
        try:
            (found,) = await self._run((queries,))
        finally:
            self._start_next_batch()
        if isinstance(found, Exception):
            raise found
        return found

    def _start_next_batch(self) -> None:
        if self._waiting:
            self._drain = asyncio.create_task(self._read_all())
        else:
            self._is_busy = False

    async def _read_all(self) -> None:
        try:
            while self._waiting:
                batch = self._waiting[:_MAX_BATCH_SIZE]
                del self._waiting[:_MAX_BATCH_SIZE]
                await self._read_batch(batch)
        finally:
            self._is_busy = False

    async def _read_batch(
        self, batch: Sequence[tuple[Read, "asyncio.Future[list[list[Row]]]"]]
    ) -> None:
        found: Sequence[ReadResult]
        try:
            found = await self._run([queries for queries, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised in each caller
            found = [error] * len(batch)
        for (_, future), one in zip(batch, found, strict=True):
            if future.done():  # the caller was cancelled
                continue
            if isinstance(one, Exception):
                future.set_exception(one)
            else:
                future.set_result(one)
