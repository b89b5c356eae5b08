"""The small world, made once for all tests that look at it."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.actions.learner_state import Services
from bot.demo import sample_world
from bot.demo.sample_people import plan_learners
from bot.i18n import Translators
from storage.store import Store
from tests.support.running import NOON, real_course

NOW = int(NOON * 1000)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database with everybody in it; nobody writes to this one."""
    file = tmp_path_factory.mktemp("sample") / "made.db"
    asyncio.run(_make(file))
    return file


async def _make(file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}", NOW)
    services = Services(real_course(), store, frozenset({sample_world.ADMIN}))
    await sample_world.create_sample_world(services, Translators.load(), NOW, plan_learners(NOW))
    await store.close()


@pytest.fixture
def peopled_url(made: Path, tmp_path: Path) -> str:
    """The address of a database that holds the small world."""
    shutil.copy(made, tmp_path / "peopled.db")
    return f"sqlite:///{tmp_path / 'peopled.db'}"
