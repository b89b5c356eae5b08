"""Batching of concurrent queries into one call of the database's thread."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from storage.statements import Row, Value

Query: TypeAlias = tuple[str, Mapping[str, Value]]
QueryResult: TypeAlias = list[Row] | Exception
ReadBatch: TypeAlias = Callable[[Sequence[Query]], Awaitable[Sequence[QueryResult]]]

# Most queries in a batch. Small, so that writes can run between batches; with 100, reads and writes
# alternate, which is an eighth slower.
_MAX_BATCH_SIZE = 16


class BatchedReads:
    """Collects queries while others are running, and runs them together next.

    Args:
        read: runs queries in order and returns the rows or the error of each.
    """

    def __init__(self, read: ReadBatch) -> None:
        self._read = read
        self._is_busy = False
        self._waiting: list[tuple[Query, asyncio.Future[list[Row]]]] = []
        self._drain: asyncio.Task[None] | None = None

    async def fetch_rows(self, query: Query) -> list[Row]:
        """Fetch the rows of `query`.

        Raises:
            Exception: the database's error for this query.
        """
        if self._is_busy:
            future: asyncio.Future[list[Row]] = asyncio.get_running_loop().create_future()
            self._waiting.append((query, future))
            return await future
        self._is_busy = True
        try:
            (found,) = await self._read((query,))
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

    async def _read_batch(self, batch: Sequence[tuple[Query, "asyncio.Future[list[Row]]"]]) -> None:
        found: Sequence[QueryResult]
        try:
            found = await self._read([query for query, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised in each caller
            found = [error] * len(batch)
        for (_, future), one in zip(batch, found, strict=True):
            if future.done():  # the caller was cancelled
                continue
            if isinstance(one, Exception):
                future.set_exception(one)
            else:
                future.set_result(one)
