"""A course that 250 people have learned from, and those who look at the figures."""

from collections.abc import AsyncIterator
from functools import partial

import pytest_asyncio

from course.model import LearnerId
from storage import learners, roles
from storage.store import Store
from tests.conftest import Lend
from tests.conversations.audit import audit
from tests.conversations.leading import ADA, FARID, facilitates, person
from tests.conversations.people import Careful
from tests.statistics.world import COHORTS, WIDE, live, prepare
from tests.support.running import Stage, staged

fixture = partial(pytest_asyncio.fixture, loop_scope="module")


@fixture(scope="module")
async def lively(lent_store: Lend) -> AsyncIterator[Stage]:
    """The bot with a course that 250 people have learned from, some of them in cohorts."""
    async with lent_store() as url:
        await learned_before(url, 250)
        async with staged(url, WIDE) as running:
            yield running
            audit(running.simulator.world)


async def learned_before(url: str, number: int) -> None:
    """Let people learn before the bot starts; none of them is to be reminded."""
    store = await Store.open(url, now=0)
    await prepare(store)
    await live(store, number)
    everybody = (LearnerId(10_000 + one) for one in range(number))
    await store.write(*(learners.schedule_reminder_check(one, None) for one in everybody))
    await store.close()


@fixture()
async def ada(lively: Stage) -> Careful:
    """Ada, who administers, at the first screen."""
    one = person(lively, ADA, "Ada")
    await one.says("/stats")
    return one


@fixture()
async def farid(lively: Stage) -> Careful:
    """Farid, who facilitates the first cohort, at the first screen."""
    one = await facilitates(lively)
    await lively.store.write(roles.add_facilitator(LearnerId(FARID), COHORTS[0], 1))
    await one.says("/stats")
    return one
