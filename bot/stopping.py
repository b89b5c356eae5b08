"""How work that is in hand ends when the process stops; knows nothing of what the work is."""

import asyncio
from collections.abc import Iterable


async def finish(tasks: Iterable["asyncio.Task[None]"], within: float) -> None:
    """Let `tasks` end within `within` seconds; those that are late are cut off, and seen to end.

    What is cut off must be as safe as in a process that is killed there.
    """
    in_hand = tuple(tasks)
    if not in_hand:
        return
    _done, late = await asyncio.wait(in_hand, timeout=within)
    for task in late:
        task.cancel()
    await asyncio.gather(*in_hand, return_exceptions=True)
