"""The databases that tests run on: a file of their own, or a database of the run's own server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.postgres import Server, serving

KINDS = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this run; it starts when the first test asks for it."""
    with serving() as server:
        yield server


@pytest.fixture(params=KINDS)
async def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with no learners, on each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tutor.db'}"
    return await migrated(request.getfixturevalue("postgres"))


async def migrated(server: Server) -> str:
    """The address of a new database of `server` with our tables and nothing in them."""
    return await server.migrated(_migrate)


async def _migrate(url: str) -> None:
    store = await Store.open(url, now=0)
    await store.close()
