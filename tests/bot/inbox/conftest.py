"""Hands for the inbox, on a database of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.bot.inbox.hands import NOW, Hands


@pytest.fixture
async def hands(tmp_path: Path) -> AsyncIterator[Hands]:
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    yield Hands(store)
    await store.close()
