"""Opens a PostgreSQL database if it is ours or empty, and not newer than the program.

Creates and migrates the tables; creates neither databases nor users.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from storage import schema
from storage.errors import DatabaseUrlError, NewerSchemaError
from storage.postgres.database import (
    Connection,
    PostgresDatabase,
    retry_transient_errors,
    run_or_roll_back,
)
from storage.postgres.errors import ForeignTablesError, ServerRefusedError

_Result = TypeVar("_Result")

# Marks a database as ours: the comment on the table of the schema's revision. The table
# `alembic_version` alone proves nothing, many programs have one.
TABLE_COMMENT = "Course Tutor Bot"

# Advisory lock held during a migration, so that two processes that start at once migrate one after
# the other. Bytes "tutb", as in SQLite's application id.
_MIGRATION_LOCK = 0x74757462

# A table of another program in our schema, extensions excluded; null when there is none.
_FOREIGN_TABLE = """
select min(relname)
from pg_class
where
    relnamespace = current_schema()::regnamespace
    and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e')
"""

_READ_TABLE_COMMENT = """
select obj_description(pg_class.oid, 'pg_class')
from pg_class
where relnamespace = current_schema()::regnamespace and relname = 'alembic_version'
"""


async def open_postgres(url: str, location: str) -> PostgresDatabase:
    """Open the database at `url`, which must exist; create or migrate its tables where needed.

    Args:
        location: the address without its password, for messages.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def prepare(connection: Connection) -> None:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", _MIGRATION_LOCK)
            revision = await _read_revision(connection, location)
            if revision != schema.HEAD:
                await connection.execute(schema.migration_sql("postgresql", revision))
                await connection.execute(f"comment on table alembic_version is '{TABLE_COMMENT}'")

    await _run(url, location, prepare)
    return await PostgresDatabase.open(url, location)


async def open_existing(url: str, location: str) -> PostgresDatabase:
    """Open the database at `url` if it has our current schema; change nothing.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def ask(connection: Connection) -> None:
        schema.ensure_current(location, await _read_revision(connection, location))

    await _run(url, location, ask)
    return await PostgresDatabase.open(url, location)


async def describe_database(url: str, location: str) -> str:
    """Describe the database at `url` in one sentence; change nothing.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """

    async def ask(connection: Connection) -> str:
        revision = await _read_revision(connection, location)
        if revision is None:
            return f"Database {location} is empty: its tables will be made at the first start."
        count = await connection.fetchval("select count(*) from learners")
        older = schema.migration_notice(revision)
        return f"Database {location}: {count} learner(s), schema {revision}.{older}"

    return await _run(url, location, ask)


async def _run(url: str, place: str, act: Callable[[Connection], Awaitable[_Result]]) -> _Result:
    async def on_a_connection() -> _Result:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return await run_or_roll_back(connection, act)
        finally:
            await connection.close(timeout=5)

    try:
        return await retry_transient_errors(on_a_connection)
    except asyncpg.PostgresError as error:
        raise ServerRefusedError(place, str(error)) from error
    except ValueError as error:  # asyncpg's error for a malformed address
        raise DatabaseUrlError(reason=str(error)) from error


async def _read_revision(connection: Connection, place: str) -> str | None:
    """Read the revision of our schema; `None` when the database is empty."""
    if await connection.fetchval(_READ_TABLE_COMMENT) != TABLE_COMMENT:
        table = await connection.fetchval(_FOREIGN_TABLE)
        if table is not None:
            raise ForeignTablesError(place, table)
        return None
    revision = str(await connection.fetchval("select version_num from alembic_version"))
    if revision not in schema.KNOWN:
        raise NewerSchemaError(place, revision, schema.HEAD)
    return revision
