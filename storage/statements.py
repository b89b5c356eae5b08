"""Loads the named queries of storage/queries/*.sql for a driver; runs none of them."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import aiosql
from aiosql.adapters.aiosqlite import AioSQLiteAdapter
from aiosql.adapters.asyncpg import AsyncPGAdapter

QUERIES_FOLDER = Path(__file__).parent / "queries"

Value: TypeAlias = int | str | None
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A named query with its parameters."""

    name: str
    values: Mapping[str, Value]


AtomicWrite: TypeAlias = Sequence[Statement]
"""The statements of one writer: written all or none, in this order."""


def statement(name: str, /, **values: Value) -> Statement:
    """Make a statement of the query `name` with its parameters."""
    return Statement(name, values)


class QueryGroup(NamedTuple):
    """One query and the sets of parameters with which it runs, in order."""

    name: str
    values: list[Mapping[str, Value]]


def group_statements(writes: Iterable[AtomicWrite]) -> list[QueryGroup]:
    """Merge the statements of all writers into few groups of equal queries, in order.

    The statements of one writer run in their order, interleaved with those of others, except:

    - new learners are counted and inserted first, so that statements about them find their rows;
    - then come all `count_...`: they check whether a fact exists already, so all facts must come
      later, those of other writers in the same batch too;
    - last come all `shift_...`, which add up the facts of learners who join or leave a cohort or
      are deleted, then the statements that record this, then deletions of learners.
    """
    groups: list[QueryGroup] = []
    known: dict[tuple[str, ...], list[QueryGroup]] = {}  # most writers write the same queries
    for writing in writes:
        names = tuple([one.name for one in writing])
        if names not in known:
            known[names] = _assign_groups(names, groups)
        for one, group in zip(writing, known[names], strict=True):
            group.values.append(one.values)
    return groups


def _assign_groups(names: Sequence[str], groups: list[QueryGroup]) -> list[QueryGroup]:
    """Find the group for each of `names`; insert missing ones into `groups`.

    Searches backwards and inserts as late as possible, so that later writers write later, as far
    as they share no query.
    """
    found: dict[int, QueryGroup] = {}
    before = len(groups)  # index of the next name's group; this one must come before it
    for place in sorted(range(len(names)), key=lambda place: _rank(names[place]))[::-1]:
        name = names[place]
        at = before
        while at >= 0 and not (at < len(groups) and groups[at].name == name):
            at -= 1
        if at < 0:
            at = bisect_right(groups, _rank(name), hi=before, key=lambda one: _rank(one.name))
            groups.insert(at, QueryGroup(name, []))
        found[place] = groups[at]
        before = at
    return [found[place] for place in range(len(names))]


_FIRST_QUERIES = ("count_joined", "count_joined_day", "add_learner")
_LATER_PREFIXES = (
    "count_",
    "",
    "shift_",
    "add_counted_cohorts",
    "remove_counted_cohorts",
    "delete_learner",
)


@cache
def _rank(name: str) -> int:
    if name in _FIRST_QUERIES:
        return _FIRST_QUERIES.index(name)
    ranks = (
        rank for rank, prefix in enumerate(_LATER_PREFIXES) if prefix and name.startswith(prefix)
    )
    return len(_FIRST_QUERIES) + next(ranks, _LATER_PREFIXES.index(""))


@dataclass(frozen=True, slots=True)
class PositionalQuery:
    """A query with numbered parameters, `$1` and so on.

    Attributes:
        names: names of the parameters in order, from `$1`.
    """

    sql: str
    names: tuple[str, ...]

    def arguments(self, values: Mapping[str, Value]) -> tuple[Value, ...]:
        """Return the values in the order of the parameters."""
        return tuple(values[name] for name in self.names)


@cache
def load_sqlite_queries() -> Mapping[str, str]:
    """Load the SQL of each query by name, with `:name` parameters for sqlite3."""
    return MappingProxyType(_load_queries(AioSQLiteAdapter))


@cache
def load_postgres_queries() -> Mapping[str, PositionalQuery]:
    """Load each query by name, with numbered parameters for asyncpg."""
    adapter = AsyncPGAdapter()  # type: ignore[no-untyped-call]
    found = _load_queries(lambda: adapter).items()
    return MappingProxyType(
        {name: PositionalQuery(sql, tuple(adapter.var_sorted[name])) for name, sql in found}
    )


def _load_queries(adapter: Any) -> dict[str, str]:
    queries = aiosql.from_path(QUERIES_FOLDER, adapter)
    # aiosql adds a `<name>_cursor` for each select, which we do not use.
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return {name: getattr(queries, name).sql for name in names}
