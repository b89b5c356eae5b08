"""Stores on both databases."""

from collections.abc import AsyncIterator

import pytest

from course.model import LearnerId
from storage import learners
from storage.store import Store
from tests.support.running import NOON

NOW = int(NOON * 1000)


@pytest.fixture
async def opened_store(store_url: str) -> AsyncIterator[Store]:
    """An open store with nothing in it, on each kind of database in turn."""
    store = await Store.open(store_url, NOW)
    yield store
    await store.close()


async def joined(store: Store, *people: LearnerId) -> None:
    """These people have joined."""
    await store.write(*(learners.add_learner(person, NOW, "en") for person in people))
