"""The databases that tests run on: a file of their own, or a database of the run's own server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.postgres import Server, serving

KINDS = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a hurried developer choose: `pytest --database sqlite`."""
    parser.addoption("--database", choices=KINDS, help="run on this kind only, not on both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs a database on each kind."""
    if "store_url" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("store_url", [chosen] if chosen else KINDS, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this run; it starts when the first test asks for it."""
    with serving() as server:
        yield server


@pytest.fixture
async def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with no learners, on each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'tutor.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    async with server.lent(_migrate) as url:
        yield url


async def migrated(server: Server) -> str:
    """The address of a new database of `server` with our tables and nothing in them."""
    return await server.migrated(_migrate)


async def _migrate(url: str) -> None:
    store = await Store.open(url, now=0)
    await store.close()
