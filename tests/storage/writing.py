"""Writes learners without end and says which are acknowledged: made to be killed.

Run as `python -m tests.storage.writing URL`.
"""

import asyncio
import os
import sys
from itertools import count

from course.learning.progress import Reading
from course.model import LearnerId
from storage import facts, learners
from storage.store import Store
from tests.storage.conftest import NOW

WRITERS = 32


async def main(url: str) -> None:
    """Write until killed."""
    store = await Store.open(url, NOW)
    numbers = count(1)

    async def write() -> None:
        for number in numbers:
            learner = LearnerId(number)
            await store.write(
                learners.add_learner(learner, NOW, None),
                *facts.add_reading(learner, Reading("card", NOW, number)),
            )
            os.write(1, b"%d\n" % number)

    await asyncio.gather(*(write() for _ in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
