"""The SQLite driver (aiosqlite): one writing connection, one reading, WAL, synced commits."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import aiosqlite

from storage import statements
from storage.batched_reads import BatchedReads, Read, ReadResult
from storage.sqlite.errors import translate_transient_errors
from storage.statements import AtomicWrite, Row, Statement, Value

# Bytes "tutb": marks a file as ours (SQLite, PRAGMA application_id).
APPLICATION_ID = 0x74757462

# How long a statement waits for a lock of another process, in milliseconds.
BUSY_TIMEOUT = 5000

# How long truncating the write-ahead log waits for readers, in milliseconds: longer than our own
# reads take, and too short to delay replies during an export or a backup.
_WAL_TIMEOUT = 50


# Page cache of a long query: it reads much, and each page once.
_LONG_QUERY_CACHE_KILOBYTES = 8192


class _Connection(aiosqlite.Connection):
    """An aiosqlite connection that runs a whole transaction in one call of its thread."""

    async def commit_batch(self, batch: Sequence[tuple[str, list[Mapping[str, Value]]]]) -> None:
        await self._execute(self._commit_batch, batch)  # type: ignore[no-untyped-call]

    def _commit_batch(self, batch: Sequence[tuple[str, list[Mapping[str, Value]]]]) -> None:
        connection = self._conn
        connection.execute("begin immediate")
        try:
            for sql, rows in batch:
                connection.executemany(sql, rows)
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise

    async def truncate_wal(self) -> bool:
        emptied: bool = await self._execute(self._truncate_wal)  # type: ignore[no-untyped-call]
        return emptied

    def _truncate_wal(self) -> bool:
        self._conn.execute(f"pragma busy_timeout = {_WAL_TIMEOUT}")
        try:
            ((is_busy, *_),) = self._conn.execute("pragma wal_checkpoint(truncate)").fetchall()
            return not is_busy
        finally:
            self._conn.execute(f"pragma busy_timeout = {BUSY_TIMEOUT}")

    async def read_batch(self, reads: Sequence[Read]) -> Sequence[ReadResult]:
        found: Sequence[ReadResult] = await self._execute(self._read_batch, reads)  # type: ignore[no-untyped-call]
        return found

    def _read_batch(self, reads: Sequence[Read]) -> list[ReadResult]:
        return [self._read_each(queries) for queries in reads]

    def _read_each(self, queries: Read) -> ReadResult:
        try:
            return [self._conn.execute(sql, values).fetchall() for sql, values in queries]
        except Exception as error:  # noqa: BLE001 - not only sqlite3's: a number may be too large for it
            return error


class SqliteDatabase:
    """An open SQLite file; see `open`."""

    dialect = "sqlite"

    def __init__(self, path: Path, writer: _Connection, reader: _Connection) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        self._reads = BatchedReads(reader.read_batch)
        self._sql = statements.load_sqlite_queries()

    @classmethod
    async def open(cls, path: Path) -> "SqliteDatabase":
        """Open the file, which must exist and be migrated."""
        writer = await _connect(path)
        reader = await _connect(path)
        await reader.execute_fetchall("pragma query_only = on")
        return cls(path, writer, reader)

    @property
    def location(self) -> str:
        """Path of the file, for operators."""
        return str(self._path)

    async def fetch_rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of the query `wanted`.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        (found,) = await self.fetch_each(wanted)
        return found

    async def fetch_each(self, *wanted: Statement) -> list[list[Row]]:
        """Fetch the rows of several queries, which run in this order, in one call of the thread.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        with translate_transient_errors():
            return await self._reads.fetch_each(
                [(self._sql[name], values) for name, values, _ in wanted]
            )

    async def run_long_query(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes, on a connection of its own.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        with translate_transient_errors():
            apart = await _connect(self._path)
            try:
                await apart.execute_fetchall("pragma query_only = on")
                await apart.execute_fetchall(f"pragma cache_size = -{_LONG_QUERY_CACHE_KILOBYTES}")
                (found,) = await apart.read_batch([[(self._sql[wanted.name], wanted.values)]])
            except asyncio.CancelledError:
                await apart.interrupt()  # otherwise closing would wait for the query
                raise
            finally:
                await apart.close()
            if isinstance(found, Exception):
                raise found
            return found[0]

    async def commit_batch(self, batch: Sequence[AtomicWrite]) -> None:
        """Run `batch` in one transaction; return when it is on disk.

        Raises:
            UnavailableError: the database is temporarily unavailable; nothing was written.
        """
        groups = [(self._sql[name], rows) for name, rows in statements.group_statements(batch)]
        with translate_transient_errors():
            await self._writer.commit_batch(groups)

    async def run_maintenance(self) -> None:
        """Update the query planner's statistics.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        with translate_transient_errors():
            await self._writer.execute_fetchall("pragma optimize")

    async def truncate_wal(self) -> bool:
        """Truncate the write-ahead log, so that deleted rows leave the disk.

        Returns:
            Whether it is empty now; `False` while another connection reads.

        Raises:
            UnavailableError: the database is temporarily unavailable.
        """
        with translate_transient_errors():
            return await self._writer.truncate_wal()

    async def close(self) -> None:
        """Close both connections; SQLite checkpoints the write-ahead log into the file."""
        await self._reader.close()
        await self._writer.close()


async def _connect(path: Path) -> _Connection:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT / 1000)

    connection = _Connection(connect, iter_chunk_size=64)
    await connection
    await connection.execute_fetchall("pragma journal_mode = wal")
    await connection.execute_fetchall("pragma synchronous = full")
    await connection.execute_fetchall("pragma foreign_keys = on")
    await connection.execute_fetchall("pragma cache_size = -65536")
    await connection.execute_fetchall("pragma secure_delete = on")
    return connection
