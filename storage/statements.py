"""The named queries of storage/queries/*.sql, made ready for one driver; runs none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import aiosql
from aiosql.adapters.aiosqlite import AioSQLiteAdapter

FOLDER = Path(__file__).parent / "queries"

Value: TypeAlias = int | str | None
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One named query with what is filled in."""

    name: str
    values: Mapping[str, Value]


def statement(name: str, **values: Value) -> Statement:
    """The query `name` with its `values`."""
    return Statement(name, values)


def for_sqlite() -> dict[str, str]:
    """Each query's SQL by its name, with `:name` places, as sqlite3 takes them."""
    return _read(AioSQLiteAdapter)


def _read(adapter: Any) -> dict[str, str]:
    queries = aiosql.from_path(FOLDER, adapter)
    # aiosql adds a `<name>_cursor` beside each select; what we run are the plain ones.
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return {name: getattr(queries, name).sql for name in names}
