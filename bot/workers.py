"""Background work: one kind of worker, and how running tasks end when the process stops."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable

from storage.errors import UnavailableError

log = logging.getLogger(__name__)


class Worker(ABC):
    """A background task that works whenever it is woken, one run at a time.

    An error is logged and ends the run only; the next run comes with the next `wake`.

    Args:
        name: in the log.
        wake_event: set when there is work; for parts that are built before this worker.
    """

    def __init__(self, name: str, wake_event: asyncio.Event | None = None) -> None:
        self._name = name
        self._wake_event = wake_event or asyncio.Event()
        self._is_working = False
        self._is_closing = False
        self._next_run_in: float | None = None
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    async def _work(self) -> float | None:
        """Do what is due; may be cancelled at any moment.

        Returns the seconds after which it runs again even if nobody wakes it; `None` for never.
        """

    def start(self) -> None:
        """Start the task; it works from the first `wake` on, even one before the start."""
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Work now, or once more after the current run."""
        self._wake_event.set()

    @property
    def is_busy(self) -> bool:
        """Whether it is working or about to."""
        return self._wake_event.is_set() or self._is_working

    async def close(self, within: float = 0.0) -> None:
        """Begin no further run; cancel the current one after `within` seconds."""
        self._is_closing = True
        if self._task is None:
            return
        if self._is_working and within > 0:
            await finish_tasks((self._task,), within)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._wake_event.clear()

    async def _run(self) -> None:
        while not self._is_closing:
            await self._wait_for_wake()
            self._wake_event.clear()
            self._is_working = True
            try:
                self._next_run_in = await self._work()
            except UnavailableError as error:
                extra = {"action": "worker_waits", "of": self._name, "why": str(error)}
                log.warning("Background work waits", extra=extra)
            except Exception:  # an error must not end the worker
                extra = {"action": "worker_failed", "of": self._name}
                log.exception("Background work failed", extra=extra)
            finally:
                self._is_working = False

    async def _wait_for_wake(self) -> None:
        try:
            async with asyncio.timeout(self._next_run_in):
                await self._wake_event.wait()
        except TimeoutError:
            return


async def finish_tasks(tasks: Iterable["asyncio.Task[None]"], within: float) -> None:
    """Wait up to `within` seconds for `tasks`, then cancel the rest and wait for them.

    Cancelling a task must be as safe as killing the process at that point.
    """
    running = tuple(tasks)
    if not running:
        return
    _done, late = await asyncio.wait(running, timeout=within)
    if late:
        log.warning("Cut off what was late", extra={"action": "cut_off", "number": len(late)})
    for task in late:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
