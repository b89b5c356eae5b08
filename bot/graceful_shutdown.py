"""Graceful shutdown: finish running tasks, cancel them at the time limit."""

import asyncio
import logging
from collections.abc import Iterable

log = logging.getLogger(__name__)


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
