"""What a database holds, on either kind: for tests that look past the store."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from typing import Any, TypeAlias

import asyncpg

from storage.opening import sqlite_path

Look: TypeAlias = Callable[[], Awaitable[set[tuple[str, str]]]]
"""Gives every row there is: the name of its table, and all its values as one text."""

Choice: TypeAlias = Callable[[str], bool]
"""Whether to look into the table of that name."""

# Each table of ours, and a query for its rows as text.
_TABLES = """
select relname, format('select %L, one::text from %I as one', relname, relname)
from pg_class
where relnamespace = 'public'::regnamespace and relkind = 'r'
"""


async def rows(url: str, sql: str) -> list[Sequence[Any]]:
    """What a query of a test's own finds."""
    if url.startswith("postgres"):
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()
    with closing(sqlite3.connect(sqlite_path(url))) as connection:
        return connection.execute(sql).fetchall()


async def run(url: str, script: str) -> None:
    """Do what some statements of a test's own say, in one transaction."""
    if url.startswith("postgres"):
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(script)
        finally:
            await connection.close()
        return
    with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as file:
        file.executescript(f"begin;\n{script};\ncommit")


async def tables_with(url: str, *words: object) -> set[str]:
    """Names of the tables in which one of `words` stands."""
    async with looking_into(url) as look:
        return {table for table, row in await look() if any(str(word) in row for word in words)}


def every(_table: str) -> bool:
    """Choose all tables."""
    return True


@asynccontextmanager
async def looking_into(url: str, choice: Choice = every) -> AsyncIterator[Look]:
    """Looks at all that was committed, as often as wanted, on a connection of its own."""
    async with (_server if url.startswith("postgres") else _file)(url, choice) as look:
        yield look


@asynccontextmanager
async def _file(url: str, choice: Choice) -> AsyncIterator[Look]:
    with closing(sqlite3.connect(sqlite_path(url))) as connection:

        async def look() -> set[tuple[str, str]]:
            found = connection.execute("select name from sqlite_master where type = 'table'")
            return {
                (table, str(row))
                for (table,) in found.fetchall()
                if choice(table)
                for row in connection.execute(f"select * from {table}")  # noqa: S608 - its own name
            }

        yield look


@asynccontextmanager
async def _server(url: str, choice: Choice) -> AsyncIterator[Look]:
    connection = await asyncpg.connect(url)
    tables = await connection.fetch(_TABLES)
    whole = " union all ".join(query for table, query in tables if choice(table))

    async def look() -> set[tuple[str, str]]:
        return {(table, row) for table, row in await connection.fetch(whole)}

    try:
        yield look
    finally:
        await connection.close()
