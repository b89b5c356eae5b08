"""Stages for one learner, and the rules that hold in every conversation."""

from collections.abc import AsyncIterator

import pytest

from bot.callback_data import SetPreference, pack
from tests.conversations.audit import audit
from tests.conversations.leading import ADA, facilitates, makes_cohort
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage, real_course, staged


@pytest.fixture
async def started(store_url: str) -> AsyncIterator[Stage]:
    """The bot with the real course; at the end every call it made is looked at."""
    async with staged(store_url, real_course()) as running:
        yield running
        audit(running.simulator.world)


@pytest.fixture
def learner(started: Stage) -> Careful:
    """Amina, who has never written to the bot."""
    return Careful(started)


@pytest.fixture
async def on_small(store_url: str) -> AsyncIterator[Stage]:
    """The bot with a course of two small modules."""
    async with staged(store_url, SMALL) as running:
        yield running
        audit(running.simulator.world)


@pytest.fixture
async def amina(on_small: Stage) -> Careful:
    """Amina before the first card of the small course."""
    person = Careful(on_small)
    await person.says("/start")
    await person.taps("Start")
    return person


@pytest.fixture
async def farid(on_small: Stage) -> Careful:
    """Farid, who may make cohorts."""
    return await facilitates(on_small)


@pytest.fixture
async def cohort(farid: Careful) -> int:
    """Farid's only cohort, made at 15:00 of its own clock, which is Nairobi's."""
    return await makes_cohort(farid, "Nairobi, March; city Nairobi")


@pytest.fixture
async def in_nairobi(amina: Careful) -> Careful:
    """Amina, who has told where she is: 15:00 on a Monday."""
    await amina.presses(amina.newest.id, pack(SetPreference("zone", "Africa/Nairobi")))
    return amina


@pytest.fixture
async def ada(on_small: Stage) -> Careful:
    """Ada, an admin by the settings."""
    ada = Careful(on_small, ADA)
    await ada.says("/start")
    return ada
