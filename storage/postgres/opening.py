"""Opens a PostgreSQL database if it is ours or empty, and not newer than the program.

Creates and migrates the tables; creates neither databases nor users.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from storage import schema
from storage.errors import DatabaseUrlError, NewerSchemaError
from storage.opening import must_be_of_today
from storage.postgres.database import (
    Connection,
    PostgresDatabase,
    attempt,
    lasting,
)
from storage.postgres.errors import ForeignTablesError, RefusedError

_Result = TypeVar("_Result")

# Marks a database as ours: the comment on the table of the schema's revision. The table
# `alembic_version` alone proves nothing, many programs have one.
MARK = "Course Tutor Bot"

# Advisory lock held during a migration, so that two processes that start at once migrate one after
# the other. Bytes "tutb", as in SQLite's application id.
_MIGRATING = 0x74757462

# A table of another program in our schema, extensions excluded; null when there is none.
_SOME_TABLE = """
select min(relname)
from pg_class
where
    relnamespace = current_schema()::regnamespace
    and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e')
"""

_MARK_FOUND = """
select obj_description(pg_class.oid, 'pg_class')
from pg_class
where relnamespace = current_schema()::regnamespace and relname = 'alembic_version'
"""


async def open_postgres(url: str, place: str) -> PostgresDatabase:
    """Open the database at `url`, which must exist; create or migrate its tables where needed.

    Args:
        place: the address without its password, for messages.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def prepare(connection: Connection) -> None:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", _MIGRATING)
            revision = await _revision_of(connection, place)
            if revision != schema.HEAD:
                await connection.execute(schema.migration("postgresql", revision))
                await connection.execute(f"comment on table alembic_version is '{MARK}'")

    await _ask(url, place, prepare)
    return await PostgresDatabase.open(url, place)


async def open_existing(url: str, place: str) -> PostgresDatabase:
    """Open the database at `url` if it has our current schema; change nothing.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def ask(connection: Connection) -> None:
        must_be_of_today(place, await _revision_of(connection, place))

    await _ask(url, place, ask)
    return await PostgresDatabase.open(url, place)


async def look(url: str, place: str) -> str:
    """Describe the database at `url` in one sentence; change nothing.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def ask(connection: Connection) -> str:
        revision = await _revision_of(connection, place)
        if revision is None:
            return f"Database {place} is empty: its tables will be made at the first start."
        count = await connection.fetchval("select count(*) from learners")
        older = schema.to_be_migrated(revision)
        return f"Database {place}: {count} learner(s), schema {revision}.{older}"

    return await _ask(url, place, ask)


async def _ask(url: str, place: str, act: Callable[[Connection], Awaitable[_Result]]) -> _Result:
    async def on_a_connection() -> _Result:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return await attempt(connection, act)
        finally:
            await connection.close(timeout=5)

    try:
        return await lasting(on_a_connection)
    except asyncpg.PostgresError as error:
        raise RefusedError(place, str(error)) from error
    except ValueError as error:  # asyncpg's error for a malformed address
        raise DatabaseUrlError(reason=str(error)) from error


async def _revision_of(connection: Connection, place: str) -> str | None:
    """Read the revision of our schema; `None` when the database is empty."""
    if await connection.fetchval(_MARK_FOUND) != MARK:
        table = await connection.fetchval(_SOME_TABLE)
        if table is not None:
            raise ForeignTablesError(place, table)
        return None
    revision = str(await connection.fetchval("select version_num from alembic_version"))
    if revision not in schema.KNOWN:
        raise NewerSchemaError(place, revision, schema.HEAD)
    return revision
