"""How long a test waits for what comes in a moment.

On a busy machine a moment may take seconds, and no test asserts a time. Who waits for something
that would never come if it were broken, waits this long: shorter than the limit of a whole test, so
that the failure says where.
"""

import asyncio
from collections.abc import Callable

STUCK = 60.0
"""Seconds after which it is plain that what is awaited does not come."""


async def until(happened: Callable[[], bool]) -> None:
    """Wait for what makes no event that could be awaited.

    Raises:
        TimeoutError: it does not happen.
    """
    async with asyncio.timeout(STUCK):
        while not happened():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.005)
