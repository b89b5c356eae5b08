"""A stage with the real course and one learner."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.people import Learner
from tests.support.running import Stage, real_course, stage


@pytest.fixture
async def started(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with the real course."""
    async with stage(tmp_path, real_course()) as running:
        yield running


@pytest.fixture
def learner(started: Stage) -> Learner:
    """Amina, who has never written to the bot."""
    return Learner(started)
