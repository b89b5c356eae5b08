"""The PostgreSQL driver (asyncpg): one writing connection, some that read; retries what broke.

Needs the extra `postgres`. Retrying is safe because of the queries: each of them adds only what is
not there (`on conflict do nothing`; a count only grows when its fact is not there), sets a value or
deletes. So a batch whose commit may or may not have happened before the connection broke can be run
again. The one exception is `fail_update`: repeated after such a commit it counts one try too many,
and an update is set aside a try earlier.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

import asyncpg

from storage import statements
from storage.errors import UnavailableError
from storage.statements import AtomicWrite, Row, Statement

Connection: TypeAlias = Any
_Result = TypeVar("_Result")

# Most reading connections: more would only queue in a server with few cores.
_MAX_READERS = 8

# Timeouts in seconds: to connect, for one statement, and to close connections.
_CONNECT_TIMEOUT, _STATEMENT_TIMEOUT, _CLOSE_TIMEOUT = 5, 30, 3

# Timeout in seconds for a statement that reads whole tables.
_LONG_QUERY_TIMEOUT = 3600

# Seconds between tries; after the last one the error is raised. A server restarts in less.
_RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)

# SQLSTATEs and their classes that are transient: a broken connection, a deadlock or serialization
# failure, full disks and too many connections, locks, a server that stops or fails over, I/O errors
# (PostgreSQL manual, appendix A).
_TRANSIENT_SQLSTATES = ("08", "25006", "25P03", "25P04", "40", "53", "55P03", "57", "58")

# Errors that may be transient: OSError includes timeouts; the last one is raised during a failover,
# while none of the hosts is what `target_session_attrs` in the address asks for.
_TRANSIENT_ERRORS = (OSError, asyncpg.PostgresError, asyncpg.TargetServerAttributeNotMatched)


# Our tables with dead rows or with many changes since the last analyze; null for none.
_CHANGED_TABLES = """
select string_agg(quote_ident(relname), ', ')
from pg_stat_user_tables
where
    schemaname = current_schema()
    and (n_dead_tup > 0 or n_mod_since_analyze > n_live_tup / 10)
"""


class PostgresDatabase:
    """An open PostgreSQL database; see `open`."""

    dialect = "postgresql"

    def __init__(self, location: str, writer: asyncpg.Pool, readers: asyncpg.Pool) -> None:
        self._location = location
        self._writer = writer
        self._readers = readers
        self._sql = statements.load_postgres_queries()

    @classmethod
    async def open(cls, url: str, location: str) -> "PostgresDatabase":
        """Open the database at `url`, which must exist and be migrated.

        Args:
            location: the address without its password, for messages.
        """
        return cls(location, await _pool(url, 1), await _pool(url, _MAX_READERS))

    @property
    def location(self) -> str:
        """Address of the database without its password, for operators."""
        return self._location

    async def fetch_rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of the query `wanted`.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        (found,) = await self.fetch_each(wanted)
        return found

    async def fetch_each(self, *wanted: Statement) -> list[list[Row]]:
        """Fetch the rows of several queries, which run in this order.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        queries = [
            ((query := self._sql[name]).sql, query.arguments(values)) for name, values, _ in wanted
        ]

        async def fetch(connection: Connection) -> list[list[Row]]:
            return [
                [tuple(row) for row in await connection.fetch(sql, *values)]
                for sql, values in queries
            ]

        return await retry_transient_errors(lambda: _with_connection(self._readers, fetch))

    async def run_long_query(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        query = self._sql[wanted.name]
        values = query.arguments(wanted.values)

        async def fetch(connection: Connection) -> list[Row]:
            found = await connection.fetch(query.sql, *values, timeout=_LONG_QUERY_TIMEOUT)
            return [tuple(row) for row in found]

        return await retry_transient_errors(lambda: _with_connection(self._readers, fetch))

    async def commit_batch(self, batch: Sequence[AtomicWrite]) -> None:
        """Run `batch` in one transaction; return when it is on the server's disk.

        Raises:
            UnavailableError: the database is temporarily unavailable. Nothing was written, or, if
                the connection broke during the commit, everything: a retry is right in both cases.
        """
        groups = [
            ((query := self._sql[name]).sql, list(map(query.arguments, rows)))
            for name, rows in statements.group_statements(batch)
        ]

        async def commit(connection: Connection) -> None:
            # Overrides the server's setting, so that an acknowledged commit is durable.
            await connection.execute("begin; set local synchronous_commit = on")
            for sql, rows in groups:
                await connection.executemany(sql, rows)
            await connection.execute("commit")

        await retry_transient_errors(lambda: _with_connection(self._writer, commit))

    async def run_maintenance(self) -> None:
        """Vacuum and analyze the tables that changed.

        May take long in large tables.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """

        async def vacuum(connection: Connection) -> None:
            tables = await connection.fetchval(_CHANGED_TABLES)
            if tables is not None:
                await connection.execute(
                    f"vacuum (analyze, skip_locked) {tables}", timeout=_LONG_QUERY_TIMEOUT
                )

        await retry_transient_errors(lambda: _with_connection(self._readers, vacuum))

    async def truncate_wal(self) -> bool:
        """Do nothing: the server recycles its write-ahead log.

        Returns:
            True.
        """
        return True

    async def close(self) -> None:
        """Close every connection, also when the server does not respond."""
        await asyncio.gather(_close(self._readers), _close(self._writer))


async def retry_transient_errors(act: Callable[[], Awaitable[_Result]]) -> _Result:
    """Run `act` and return its result; retry transient errors.

    Raises:
        UnavailableError: it still failed at the last try, or after half a minute.
    """
    clock = asyncio.get_running_loop().time
    deadline = clock() + _STATEMENT_TIMEOUT
    waits = iter(_RETRY_DELAYS)
    while True:
        try:
            return await act()
        except _TRANSIENT_ERRORS as error:
            if not _is_transient(error):
                raise
            wait = next(waits, None)
            if wait is None or clock() + wait > deadline:
                raise UnavailableError(str(error) or "it does not answer in time") from error
        await asyncio.sleep(wait)


def _is_transient(error: Exception) -> bool:
    if isinstance(error, asyncpg.PostgresError):
        # A cached plan is stale after another process migrated; asyncpg drops it and raises this.
        stale = isinstance(error, asyncpg.InvalidCachedStatementError)
        return stale or str(error.sqlstate).startswith(_TRANSIENT_SQLSTATES)
    return True


def _pool(url: str, connections: int) -> asyncpg.Pool:
    return asyncpg.create_pool(
        url,
        min_size=0,  # connects on first use, so that opening cannot fail half-way
        max_size=connections,
        reset=_skip_reset,
        timeout=_CONNECT_TIMEOUT,
        command_timeout=_STATEMENT_TIMEOUT,
        server_settings={"application_name": "tutorbot"},
    )


async def _close(pool: asyncpg.Pool) -> None:
    try:
        async with asyncio.timeout(_CLOSE_TIMEOUT):
            await pool.close()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        pool.terminate()


async def _skip_reset(_connection: Connection) -> None:
    """Skip the round trip of a reset: no setting outlives the use of a connection."""


async def _with_connection(
    pool: asyncpg.Pool, act: Callable[[Connection], Awaitable[_Result]]
) -> _Result:
    try:
        connection = await pool.acquire(timeout=_STATEMENT_TIMEOUT)
    except asyncpg.PostgresError as error:  # any refusal of a new connection may be transient
        raise ConnectionRefusedError(str(error)) from error
    try:
        return await run_or_roll_back(connection, act)
    except asyncio.CancelledError:
        with suppress(Exception):  # a server that does not respond must not undo the cancellation
            await pool.release(connection, timeout=_CLOSE_TIMEOUT)
        raise
    finally:
        await pool.release(connection)


async def run_or_roll_back(
    connection: Connection, act: Callable[[Connection], Awaitable[_Result]]
) -> _Result:
    """Run `act` and return its result; on an error, roll back the open transaction.

    Raises:
        OSError: the connection broke or timed out: a new connection may work.
        Exception: any other error of `act`.
    """
    try:
        return await act(connection)
    except TimeoutError:
        connection.terminate()
        raise
    except Exception as error:
        if not _is_closed(connection) and connection.is_in_transaction():
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.execute("rollback")
        if _is_closed(connection):
            raise ConnectionAbortedError(str(error)) from error
        if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
            connection.terminate()  # now a standby: the next connection may find the primary
        raise


def _is_closed(connection: Connection) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # it broke, and its pool has reclaimed it
        return True
