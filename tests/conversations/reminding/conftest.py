"""The bot with a small course that holds no reminder out, and Amina in Nairobi."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.audit import audit
from tests.conversations.people import Careful
from tests.conversations.reminding.steps import ALL_SENT, arrived
from tests.support.running import Stage, staged


@pytest.fixture
async def on(store_url: str) -> AsyncIterator[Stage]:
    """The bot with a small course that holds no reminder out."""
    async with staged(store_url, ALL_SENT) as running:
        yield running
        audit(running.simulator.world)


@pytest.fixture
async def amina(on: Stage) -> Careful:
    """Amina, in Nairobi, at the first card; it is Monday, 15:00 there."""
    return await arrived(on)
