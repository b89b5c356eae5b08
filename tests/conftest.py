"""The databases that tests run on: a file of their own, or a database of the run's own server."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import hypothesis
import pytest

from storage.store import Store
from tests.support.postgres import Server, serving

# How long an example takes says more of the machine than of the program.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

KINDS = ("sqlite", "postgres")

TESTS = Path(__file__).parent

# What `make quick` leaves to `make test`: every screen there is, and a week with an old database.
LONG = ("bot/rendering/test_rendering.py", "storage/test_old_databases.py")

# What `make test`, too, runs on both kinds of database, with the tests marked `journey`.
ABOUT_SQL = ("bot/outbox", "exports", "statistics/test_counters.py", "storage")

# What `make test` leaves to `make test-all`, with whatever else needs a database on PostgreSQL.
SLOW = (
    "authoring/test_real_craft.py", "bench", "browser/test_learning.py",
    "browser/test_reminders.py", "browser/test_statistics.py", "browser/test_three_personas.py",
    "charts", "course/test_reminders_never.py", "drawing", "faults/test_faults.py",
    "faults/test_killed_between_taps.py", "faults/test_news.py", "fuzz",
    "statistics/test_figures.py", "statistics/test_suppression.py",
    "storage/test_both_acknowledged.py", "storage/test_both_reconnecting.py",
    "storage/test_both_server.py", "year",
)  # fmt: skip

Lend: TypeAlias = Callable[[], AbstractAsyncContextManager[str]]

Fill: TypeAlias = Callable[[str], Awaitable[None]]
"""Puts something into the database at an address, and closes it."""

Copy: TypeAlias = Callable[[Fill], Awaitable[str]]
"""Gives the address of a copy of what was filled so, once in a run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a hurried developer choose `--database sqlite`, and a patient one `--minutes 20`."""
    parser.addoption("--database", choices=KINDS, help="run on this kind only, not on both")
    parser.addoption("--minutes", type=float, help="how long tests/fuzz goes on, beyond its usual")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs a database on each kind."""
    chosen = metafunc.config.getoption("--database")
    quick = _is_about_sql(metafunc.definition)
    kinds = [
        pytest.param(kind, marks=[] if kind == "sqlite" or quick else [pytest.mark.slow])
        for kind in ([chosen] if chosen else KINDS)
    ]
    wanted = (
        ("store_url", "function"), ("bare_url", "function"), ("store_copy", "function"),
        ("lent_store", "session"),
    )  # fmt: skip
    for name, scope in wanted:
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, kinds, indirect=True, scope=scope)


def _is_about_sql(test: pytest.Item) -> bool:
    """Whether even the shorter run has the test on both kinds of database."""
    return test.get_closest_marker("journey") is not None or _is_of(test, ABOUT_SQL)


def _is_of(test: pytest.Item, names: Sequence[str]) -> bool:
    """Whether the test stands in one of the files or folders."""
    return _is_in(test.path, names)


@cache
def _is_in(path: Path, names: Sequence[str]) -> bool:
    return any(path.is_relative_to(TESTS / name) for name in names)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out whole files that are not wanted: each process would import them for nothing."""
    wanted = config.getoption("-m")
    return (
        any(
            f"not {mark}" in wanted and _is_in(collection_path, names)
            for mark, names in (("slow", SLOW), ("long", LONG))
        )
        or None
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow or long; leave out what needs a server where only SQLite is wanted."""
    for mark, names in ((pytest.mark.slow, SLOW), (pytest.mark.long, LONG)):
        for item in items:
            if _is_of(item, names):
                item.add_marker(mark)
    if config.getoption("--database") == "sqlite":
        items[:] = [item for item in items if "postgres" not in getattr(item, "fixturenames", ())]


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
    async with server.lent(migrate) as url:
        yield url


@pytest.fixture
async def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without even a table, on each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tutor.db'}"
    server: Server = request.getfixturevalue("postgres")
    return await server.empty()


@pytest.fixture
def store_copy(request: pytest.FixtureRequest, filled: dict[Fill, Path], tmp_path: Path) -> Copy:
    """Copies databases that are dear to fill, on each kind in turn."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.migrated

    async def copy(fill: Fill) -> str:
        if fill not in filled:
            place = request.getfixturevalue("tmp_path_factory").mktemp("filled") / "tutor.db"
            await fill(f"sqlite:///{place}")
            filled[fill] = place
        shutil.copyfile(filled[fill], tmp_path / "tutor.db")
        return f"sqlite:///{tmp_path / 'tutor.db'}"

    return copy


@pytest.fixture(scope="session")
def filled() -> dict[Fill, Path]:
    """The files that were filled in this run, by what filled them."""
    return {}


@pytest.fixture(scope="session")
def lent_store(request: pytest.FixtureRequest) -> Lend:
    """Lends databases with no learners, for tests that need a new one for each example."""
    if request.param == "sqlite":
        return _file
    server: Server = request.getfixturevalue("postgres")
    return lambda: server.lent(migrate)


@asynccontextmanager
async def _file() -> AsyncIterator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/tutor.db"


async def migrated(server: Server) -> str:
    """The address of a new database of `server` with our tables and nothing in them."""
    return await server.migrated(migrate)


async def migrate(url: str) -> None:
    """Make our tables in a database and put nothing into them."""
    store = await Store.open(url, now=0)
    await store.close()
