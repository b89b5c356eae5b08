"""Amina of a cohort, who asks, and Grace, who leads it, too."""

import pytest

from tests.conversations.leading import (
    AMINA,
    invites,
    joins,
    shares,
)
from tests.conversations.people import Careful
from tests.support.running import Stage


@pytest.fixture
async def amina(on_small: Stage, farid: Careful, cohort: int) -> Careful:
    """Amina of that cohort, at the first question, under her pseudonym."""
    amina = await joins(on_small, AMINA, await invites(farid, cohort))
    await amina.says("/continue")
    await amina.goes_to_question()
    return amina


@pytest.fixture
async def grace(farid: Careful, cohort: int) -> Careful:
    """Grace, who facilitates the same cohort."""
    return await shares(farid, cohort)
