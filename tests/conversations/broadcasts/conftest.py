"""Farid leads one cohort, and Amina and Baraka are its members."""

import pytest

from tests.conversations.broadcasts.steps import cohort_of
from tests.conversations.leading import AMINA, BARAKA, facilitates, invites, joins, makes_cohort
from tests.conversations.people import Careful
from tests.support.running import Stage as Running


@pytest.fixture
async def farid(on_small: Running) -> Careful:
    """Farid, who leads one cohort."""
    farid = await facilitates(on_small)
    await makes_cohort(farid, "Nairobi; city Nairobi; deadline 1 December 2026")
    return farid


@pytest.fixture
async def link(farid: Careful) -> str:
    """The way into his cohort."""
    return await invites(farid, cohort_of(farid))


@pytest.fixture
async def amina(on_small: Running, link: str) -> Careful:
    """Amina, a member."""
    return await joins(on_small, AMINA, link, "Amina")


@pytest.fixture
async def baraka(on_small: Running, link: str) -> Careful:
    """Baraka, another one."""
    return await joins(on_small, BARAKA, link, "Baraka")
