"""What goes on behind the answers: nobody waits for it, but the end of the process."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Behind:
    """Tasks of one process. They are in memory only: a kill loses what is not finished."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        """Whether something is not finished."""
        return bool(self._tasks)

    def begin(self, task: Coroutine[Any, Any, None]) -> None:
        """Have `task`, which raises nothing, done; returns at once."""
        begun = asyncio.create_task(task)
        self._tasks.add(begun)
        begun.add_done_callback(self._tasks.discard)

    async def is_stopped_within(self, seconds: float) -> bool:
        """Wait for so long; whether the process is told to stop before."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def close(self, within: float) -> None:
        """Finish within `within` seconds what is under way; what only waits ends at once."""
        self._stopping.set()
        tasks = tuple(self._tasks)
        if tasks:
            _done, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
