"""Group commit: concurrent writes share one transaction. Independent of the driver."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

from storage.errors import UnavailableError
from storage.statements import AtomicWrite

# Called after each commit with the number of writers that shared it and its duration in seconds.
CommitObserver: TypeAlias = Callable[[int, float], None]
CommitBatch: TypeAlias = Callable[[Sequence[AtomicWrite]], Awaitable[None]]
_Waiting: TypeAlias = tuple[AtomicWrite, "asyncio.Future[None]"]

# Most writers in one commit: bounds the time that one transaction holds the write lock.
MAX_BATCH_SIZE = 500


class GroupCommit:
    """Collects writes while a commit is running, and commits them together in the next one.

    Args:
        apply: runs the writes of several writers in one transaction, each in its own order, and
            returns after the commit; on an error it must leave no trace.
        observe: called after each commit.
    """

    def __init__(self, apply: CommitBatch, observe: CommitObserver | None = None) -> None:
        self._apply = apply
        self._observe = observe
        self._waiting: list[_Waiting] = []
        self._drain: asyncio.Task[None] | None = None

    async def write(self, statements: AtomicWrite) -> None:
        """Write `statements`, all or none; return after the commit that contains them.

        Raises:
            Exception: the database's error for these statements, not for those of others.
        """
        if not statements:
            return
        committed = asyncio.get_running_loop().create_future()
        self._waiting.append((statements, committed))
        if self._drain is None or self._drain.done():  # done: cancelled before it began
            self._drain = asyncio.create_task(self._commit_all())
        await committed  # a caller that is cancelled stops waiting; the write goes on

    async def wait_until_idle(self) -> None:
        """Wait until all pending writes are committed."""
        while self._drain is not None and not self._drain.done():
            await asyncio.wait([self._drain])

    async def close(self, within: float) -> None:
        """Commit pending writes; after `within` seconds, fail those that are not on disk."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.wait_until_idle()
        if self._drain is not None:
            self._drain.cancel()
            await asyncio.gather(self._drain, return_exceptions=True)

    async def _commit_all(self) -> None:
        batch: Sequence[_Waiting] = ()
        try:
            while self._waiting:
                batch = self._waiting[:MAX_BATCH_SIZE]
                del self._waiting[:MAX_BATCH_SIZE]
                await self._commit(batch)
        except asyncio.CancelledError:
            _resolve_all((*batch, *self._waiting), UnavailableError("it is being closed"))
            raise
        finally:
            self._drain = None

    async def _commit(self, batch: Sequence[_Waiting]) -> UnavailableError | None:
        """Commit `batch` and resolve its futures; return the error if the database is down."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            await self._apply([statements for statements, _ in batch])
        except UnavailableError as error:  # no writer's fault: committing one by one cannot help
            _resolve_all(batch, error)
            return error
        except Exception as error:  # noqa: BLE001 - raised in the writer that caused it
            if len(batch) == 1:
                _resolve_all(batch, error)
                return None
            return await self._commit_each(batch)
        _resolve_all(batch, None)
        if self._observe is not None:
            self._observe(len(batch), clock() - begun)
        return None

    async def _commit_each(self, batch: Sequence[_Waiting]) -> UnavailableError | None:
        """Commit each writer separately, so that one that fails does not fail the others."""
        for done, one in enumerate(batch, 1):
            unavailable = await self._commit([one])
            if unavailable is not None:
                _resolve_all(batch[done:], unavailable)
                return unavailable
        return None


def _resolve_all(batch: Sequence[_Waiting], error: Exception | None) -> None:
    for _, committed in batch:
        _resolve(committed, error)


def _resolve(future: "asyncio.Future[None]", error: Exception | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)
