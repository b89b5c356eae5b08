"""Every query does the same on SQLite and on PostgreSQL: same rows found, same rows written."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import pytest

from storage.statements import QUERIES_FOLDER, Statement, statement
from storage.store import Store
from tests.conftest import migrated
from tests.storage.conftest import NOW
from tests.support.postgres import Server
from tests.support.tables import looking_into, rows

_QUERY = re.compile(r"(?ms)^-- name: (\w+)(?:\([^)]*\))?([!$]?)\n(.*?)(?=^-- name|\Z)")
_PARAMETER = re.compile(r"(?<!:):([a-z]\w*)")
_TIME = re.compile(r"at|\w+_at|now|since|until")
_LIMIT = re.compile(r"limit :(\w+)")
_WORD = re.compile(r"(\w+) (?:=|<>|in|not in) \(?('\w+'(?:, '\w+')*)")

# How often a query that writes is tried with other values, and one that reads, before each other.
_ROUNDS, _READS = 8, 2

# More than there is: of rows that sort alike each database may take others first.
_NO_LIMIT = 1000

DAY = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it stands in the folder, and the type of each parameter on the server."""

    name: str
    writes: bool
    sql: str
    types: Mapping[str, str]

    def drawn(self, random: Random, words: Mapping[str, list[str]]) -> Statement:
        """The query with values that other queries were given, too, so that they often meet."""
        values: dict[str, Any] = {}
        for name, kind in self.types.items():
            if name in _LIMIT.findall(self.sql):
                values[name] = _NO_LIMIT
            elif kind in {"text", "varchar"}:
                values[name] = random.choice([*words.get(name, ()), "one", "two"])
            elif kind == "int8" and _TIME.fullmatch(name):
                values[name] = NOW + random.randrange(5) * DAY
            else:
                values[name] = random.choice((0, 1, 1, 2, 2, 3, 7, 40))
        return statement(self.name, **values)


@dataclass(frozen=True, slots=True)
class Both:
    """The same store on each kind of database, with their addresses."""

    sqlite: Store
    postgres: Store
    urls: tuple[str, str]

    async def found(self, one: Statement) -> list[list[str]]:
        """What each finds, in any order."""
        return [
            sorted(str(tuple(map(_plain, row))) for row in await store.fetch_rows(one))
            for store in (self.sqlite, self.postgres)
        ]

    async def refuses(self, one: Statement) -> list[bool]:
        """Whether each refuses to write it."""
        return [await _refuses(store, one) for store in (self.sqlite, self.postgres)]


async def _refuses(store: Store, one: Statement) -> bool:
    try:
        await store.write(one)
    except Exception:  # noqa: BLE001 - of either driver
        return True
    return False


def _plain(value: object) -> object:
    """A number as it is, whichever type a driver has for it."""
    return float(str(value)) if re.fullmatch(r"-?[\d.]+", str(value)) else value


def texts() -> Iterator[tuple[str, bool, str]]:
    """Each query there is: its name, whether it writes, and its SQL without comments."""
    for file in sorted(Path(QUERIES_FOLDER).glob("*.sql")):
        for name, mark, sql in _QUERY.findall(file.read_text("utf-8")):
            yield name, mark == "!", re.sub(r"--[^\n]*", "", sql)


async def typed(url: str) -> list[Query]:
    """All queries, with what the server takes their parameters for."""
    found = []
    connection = await asyncpg.connect(url)
    try:
        for name, writes, sql in texts():
            names = list(dict.fromkeys(_PARAMETER.findall(sql)))
            numbered = _PARAMETER.sub(lambda one: f"${names.index(one[1]) + 1}", sql)  # noqa: B023
            prepared = await connection.prepare(numbered)
            types = (one.name for one in prepared.get_parameters())
            found.append(Query(name, writes, sql, dict(zip(names, types, strict=True))))
    finally:
        await connection.close()
    return found


def words_in(queries: list[Query]) -> dict[str, list[str]]:
    """The words that queries compare each column with."""
    found: dict[str, list[str]] = {}
    for query in queries:
        for column, listed in _WORD.findall(query.sql):
            found.setdefault(column, []).extend(re.findall(r"\w+", listed))
    return found


@pytest.fixture
async def both(postgres: Server, tmp_path: Path) -> AsyncIterator[Both]:
    """Two stores with nothing in them."""
    urls = f"sqlite:///{tmp_path / 'tutor.db'}", await migrated(postgres)
    async with AsyncExitStack() as stack:
        stores = [await Store.open(url, NOW) for url in urls]
        for store in stores:
            stack.push_async_callback(store.close)
        yield Both(stores[0], stores[1], urls)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
async def test_whatever_is_written_both_databases_hold_and_find_the_same(
    both: Both, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - the same values in every run
    queries = await typed(both.urls[1])
    words = words_in(queries)
    writing = [query for query in queries if query.writes]

    for _ in range(_ROUNDS):
        for query in random.sample(writing, len(writing)):
            one = query.drawn(random, words)
            left, right = await both.refuses(one)
            assert left == right, one
        for query in queries:
            for _again in range(0 if query.writes else _READS):
                one = query.drawn(random, words)
                left_rows, right_rows = await both.found(one)
                assert left_rows == right_rows, one

    async with looking_into(both.urls[0]) as one, looking_into(both.urls[1]) as other:
        tables = {table for table, _ in await one()}
        assert tables - {"sqlite_sequence"} == {table for table, _ in await other()}
    for table in tables:
        whole = f"select * from {table}"  # noqa: S608 - its own name
        left_rows, right_rows = [await rows(url, whole) for url in both.urls]
        assert sorted(map(str, left_rows)) == sorted(map(str, right_rows)), table
