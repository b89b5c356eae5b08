"""Loads the named queries of storage/queries/*.sql for a driver; runs none of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
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


class Phase(IntEnum):
    """When a statement runs within a commit; see `group_statements`."""

    NEW_LEARNERS = 0
    """Inserts new learners, so that statements about them find their rows."""
    BEFORE_FACTS = 1
    """Counts reminders by what was known before the facts of the commit."""
    FACTS = 2
    """Everything else."""
    COUNTS = 3
    """Counts the facts of all writers that were inserted; without parameters."""
    MARKS = 4
    """Marks these facts as counted; without parameters."""
    COHORTS = 5
    """Moves the counts of learners who join or leave a cohort, and records it."""
    DELETIONS = 6
    """Deletes learners, and keeps their counts."""


_COUNTING = (Phase.COUNTS, Phase.MARKS)


class Statement(NamedTuple):
    """A named query with its parameters, and when it runs within a commit."""

    name: str
    values: Mapping[str, Value]
    phase: Phase = Phase.FACTS


AtomicWrite: TypeAlias = Sequence[Statement]
"""The statements of one writer: written all or none, in the order of their phases."""


def statement(name: str, phase: Phase = Phase.FACTS, /, **values: Value) -> Statement:
    """Make a statement of the query `name` with its parameters; `phase` matters for writes only."""
    return Statement(name, values, phase)


class QueryGroup(NamedTuple):
    """One query and the sets of parameters with which it runs, in order."""

    name: str
    values: list[Mapping[str, Value]]


def group_statements(writes: Iterable[AtomicWrite]) -> list[QueryGroup]:
    """Merge the statements of all writers into few groups of equal queries, in order.

    Phases run one after the other, each for all writers, so that the facts of all are counted
    together. Within a phase, the statements of one writer run in their order, interleaved with
    those of others. The queries that count and mark run once, in any order.
    """
    phases: dict[Phase, list[QueryGroup]] = {phase: [] for phase in Phase}
    known: dict[tuple[str, ...], list[QueryGroup]] = {}  # most writers write the same queries
    for writing in writes:
        names = tuple([one.name for one in writing])
        if names not in known:
            known[names] = _assign_groups(writing, phases)
        for one, group in zip(writing, known[names], strict=True):
            if one.phase not in _COUNTING or not group.values:
                group.values.append(one.values)
    return [group for groups in phases.values() for group in groups]


def _assign_groups(
    writing: AtomicWrite, phases: Mapping[Phase, list[QueryGroup]]
) -> list[QueryGroup]:
    """Find the group for each statement of a writer; insert missing ones into `phases`.

    Searches backwards and inserts as late as possible, so that later writers write later, as far
    as they share no query.
    """
    found: list[QueryGroup] = []
    lasts = {phase: len(groups) for phase, groups in phases.items()}  # a group must not come later
    for one in reversed(writing):
        groups, at = phases[one.phase], lasts[one.phase]
        if one.phase in _COUNTING:
            found.append(_find_or_append(one.name, groups))
            continue
        while at >= 0 and not (at < len(groups) and groups[at].name == one.name):
            at -= 1
        if at < 0:
            at = lasts[one.phase]
            groups.insert(at, QueryGroup(one.name, []))
        found.append(groups[at])
        lasts[one.phase] = at
    return found[::-1]


def _find_or_append(name: str, groups: list[QueryGroup]) -> QueryGroup:
    group = next((one for one in groups if one.name == name), None)
    if group is None:
        group = QueryGroup(name, [])
        groups.append(group)
    return group


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
