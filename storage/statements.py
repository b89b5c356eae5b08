"""The named queries of storage/queries/*.sql, made ready for one driver; runs none of them."""

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

FOLDER = Path(__file__).parent / "queries"

Value: TypeAlias = int | str | None
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One named query with what is filled in."""

    name: str
    values: Mapping[str, Value]


Writing: TypeAlias = Sequence[Statement]
"""What one writer writes: all or none, in this order."""


def statement(name: str, /, **values: Value) -> Statement:
    """The query `name` with its `values`."""
    return Statement(name, values)


class Group(NamedTuple):
    """One query and the values with which it runs, one after the other."""

    name: str
    values: list[Mapping[str, Value]]


def grouped(writings: Iterable[Writing]) -> list[Group]:
    """What all the writers write, as few groups of equal queries as can easily be, in order.

    The statements of one writer run in the order in which they stand, beside whatever the others
    write, but:

    - first of all newcomers are counted and get their rows, so that whatever is set with them
      finds them;
    - then come all `count_...`: they look whether a fact is there already, so the facts must come
      later, those of other writers in the same batch too;
    - last come all `shift_...`, which add up the facts of somebody who joins or leaves a cohort or
      leaves for good, then what notes that it is done, then deleting people.
    """
    groups: list[Group] = []
    known: dict[tuple[str, ...], list[Group]] = {}  # most writers write the same queries
    for writing in writings:
        names = tuple([one.name for one in writing])
        if names not in known:
            known[names] = _placed(names, groups)
        for one, group in zip(writing, known[names], strict=True):
            group.values.append(one.values)
    return groups


def _placed(names: Sequence[str], groups: list[Group]) -> list[Group]:
    """The group for each of `names`; those that are missing are put between `groups`.

    Looks from behind, and adds as late as can be: who came later writes later, as far as they
    share no query.
    """
    found: dict[int, Group] = {}
    before = len(groups)  # where the next name stands, behind which this one must not
    for place in sorted(range(len(names)), key=lambda place: _rank(names[place]))[::-1]:
        name = names[place]
        at = before
        while at >= 0 and not (at < len(groups) and groups[at].name == name):
            at -= 1
        if at < 0:
            at = bisect_right(groups, _rank(name), hi=before, key=lambda one: _rank(one.name))
            groups.insert(at, Group(name, []))
        found[place] = groups[at]
        before = at
    return [found[place] for place in range(len(names))]


_FIRST = ("count_joined", "count_joined_day", "add_learner")
_LATER = ("count_", "", "shift_", "settle_in", "settle_out", "delete_learner")


@cache
def _rank(name: str) -> int:
    if name in _FIRST:
        return _FIRST.index(name)
    ranks = (rank for rank, prefix in enumerate(_LATER) if prefix and name.startswith(prefix))
    return len(_FIRST) + next(ranks, _LATER.index(""))


@dataclass(frozen=True, slots=True)
class Positional:
    """A query with numbered places, `$1` and so on.

    Attributes:
        names: which value goes to which place, the first to `$1`.
    """

    sql: str
    names: tuple[str, ...]

    def ordered(self, values: Mapping[str, Value]) -> tuple[Value, ...]:
        """The values in the order of their places."""
        return tuple(values[name] for name in self.names)


@cache
def for_sqlite() -> Mapping[str, str]:
    """Each query's SQL by its name, with `:name` places, as sqlite3 takes them."""
    return MappingProxyType(_read(AioSQLiteAdapter))


@cache
def for_postgres() -> Mapping[str, Positional]:
    """Each query by its name, with numbered places, as asyncpg takes them."""
    adapter = AsyncPGAdapter()  # type: ignore[no-untyped-call]
    found = _read(lambda: adapter).items()
    return MappingProxyType(
        {name: Positional(sql, tuple(adapter.var_sorted[name])) for name, sql in found}
    )


def _read(adapter: Any) -> dict[str, str]:
    queries = aiosql.from_path(FOLDER, adapter)
    # aiosql adds a `<name>_cursor` beside each select; what we run are the plain ones.
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return {name: getattr(queries, name).sql for name in names}
