"""`python -m tests.statistics [PEOPLE]`: compare every figure of a large world with the facts."""

import asyncio
import sys
import time
from tempfile import TemporaryDirectory

from storage.recounts import recount_counters
from storage.store import Store
from tests.statistics.comparing import compared, wrong
from tests.statistics.test_figures import lived
from tests.statistics.world import COHORTS, NOW


async def prove(people: int) -> int:
    """Say how many figures were compared and which differ; returns the exit code."""
    begun = time.perf_counter()
    with TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{folder}/tutor.db", NOW)
        try:
            world = await lived(store, people)
            found = await compared(store, world, COHORTS)
            counted = await recount_counters(store, NOW)
        finally:
            await store.close()
    off = wrong(found)
    for one in off:
        sys.stdout.write(f"differs: {one}\n")
    facts = sum(len(one.moments) for one in world.people)
    sys.stdout.write(
        f"{len(found)} figures of {len(world.people)} people with {facts} facts compared,"
        f" {len(off)} differ; {counted.error_count} counters differ from a recount;"
        f" {time.perf_counter() - begun:.0f} s\n"
    )
    return 1 if off or not counted.is_correct else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(prove(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)))
