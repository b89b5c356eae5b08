"""How work that is in hand ends when the process stops; knows nothing of what the work is."""

import asyncio
import logging
from collections.abc import Iterable

log = logging.getLogger(__name__)


async def finish(tasks: Iterable["asyncio.Task[None]"], within: float) -> None:
    """Let `tasks` end within `within` seconds; those that are late are cut off, and seen to end.

    What is cut off must be as safe as in a process that is killed there.
    """
    in_hand = tuple(tasks)
    if not in_hand:
        return
    _done, late = await asyncio.wait(in_hand, timeout=within)
    if late:
        log.warning("Cut off what was late", extra={"action": "cut_off", "number": len(late)})
    for task in late:
        task.cancel()
    await asyncio.gather(*in_hand, return_exceptions=True)
