"""Opens the database if it is ours, undamaged, and not newer than the program; migrates it.

`describe_database` inspects it without changing it, for `tutorbot doctor`.
"""

import asyncio
import importlib.util
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage import schema
from storage.errors import (
    DamagedDatabaseError,
    DatabaseUrlError,
    ForeignDatabaseError,
    MissingDatabaseError,
    NewerSchemaError,
    NoDatabaseError,
    OlderSchemaError,
)
from storage.postgres import address
from storage.postgres.errors import MissingDriverError
from storage.sqlite import errors
from storage.sqlite.database import APPLICATION_ID, SqliteDatabase

if TYPE_CHECKING:
    from storage.postgres.database import PostgresDatabase

_SQLITE = "sqlite:///"

# Files above this size (bytes) are not checked at start; `tutorbot doctor` checks them.
_MAX_CHECKED_SIZE = 256 * 1024 * 1024

# Seconds to wait for another process's lock.
_LOCK_TIMEOUT = 5.0


async def open_database(url: str, now: int) -> "SqliteDatabase | PostgresDatabase":
    """Open the database at `url`; create or migrate it where needed.

    Args:
        url: `sqlite:///relative/path`, `sqlite:////absolute/path` or
            `postgresql://user:password@host/name`.
        now: UTC milliseconds; part of the name of the copy made before a migration.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """
    if address.is_postgres(url):
        place = address.postgres_location(url)
        ensure_driver_installed()
        from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

        return await opening.open_postgres(url, place)
    path = sqlite_path(url)
    with errors.translate_opening_errors(path):
        await asyncio.to_thread(prepare_file, path, now)
        return await SqliteDatabase.open(path)


async def open_existing(url: str) -> "SqliteDatabase | PostgresDatabase":
    """Open the database at `url` if it exists and has the current schema; change nothing.

    Raises:
        StorageError: it cannot be used; the message says why and what to do.
    """
    if address.is_postgres(url):
        place = address.postgres_location(url)
        ensure_driver_installed()
        from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

        return await opening.open_existing(url, place)
    path = sqlite_path(url)
    with errors.translate_opening_errors(path):
        await asyncio.to_thread(_ensure_exists, path)
        return await SqliteDatabase.open(path)


def ensure_current_schema(place: str, revision: str | None) -> None:
    """Raise unless `revision` is the current schema.

    Raises:
        StorageError: there is no database (`None`), or its schema is older or newer.
    """
    if revision is None:
        raise NoDatabaseError(place)
    if revision not in schema.KNOWN:
        raise NewerSchemaError(place, revision, schema.HEAD)
    if revision != schema.HEAD:
        raise OlderSchemaError(place, revision, schema.HEAD)


def _ensure_exists(path: Path) -> None:
    if not path.exists():
        marker = marker_path(path)
        raise MissingDatabaseError(path, marker) if marker.exists() else NoDatabaseError(str(path))
    with _connect(path) as connection:
        _ensure_ours(path, connection)
        ensure_current_schema(str(path), read_revision(connection))


def ensure_driver_installed() -> None:
    """Raise unless the PostgreSQL driver, an optional dependency, is installed.

    Raises:
        MissingDriverError: it is not; the message says what to install.
    """
    if importlib.util.find_spec("asyncpg") is None:
        raise MissingDriverError


def sqlite_path(url: str) -> Path:
    """Return the file of an SQLite `url`.

    Raises:
        DatabaseUrlError: it is not an SQLite address with a path.
    """
    if not url.startswith(_SQLITE):
        kind = url.split(":", 1)[0]
        raise DatabaseUrlError(reason=f"{kind!r} is not a kind of database known here")
    path = url.removeprefix(_SQLITE)
    if not path or path.startswith(":memory:"):
        raise DatabaseUrlError(reason="it names no file")
    return Path(path)


def marker_path(path: Path) -> Path:
    """Path of the marker file beside the database, which shows that there was one."""
    return path.with_name(f".{path.name}.exists")


def prepare_file(path: Path, now: int) -> None:
    """Ensure that `path` is our database with the current schema; see `open_database`."""
    marker = marker_path(path)
    leftovers = (marker, path.with_name(f"{path.name}-wal"))
    if not path.exists():
        if any(left.exists() for left in leftovers):
            raise MissingDatabaseError(path, marker)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with _connect(path) as connection:
        _ensure_ours(path, connection)
        if marker.exists() and read_revision(connection) is None:  # emptied: a disk that was full?
            raise MissingDatabaseError(path, marker)
        _ensure_undamaged(path, connection)
        _migrate(path, connection, now)
    marker.touch(mode=0o600)


@contextmanager
def _connect(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=_LOCK_TIMEOUT)) as connection:
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            if "not a database" in str(error):
                raise ForeignDatabaseError(path, str(error)) from error
            raise DamagedDatabaseError(path, str(error)) from error


def _ensure_ours(path: Path, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
    if application == APPLICATION_ID or (application == 0 and tables == 0):
        return
    raise ForeignDatabaseError(path, f"application id {application}, {tables} tables and indexes")


def _ensure_undamaged(path: Path, connection: sqlite3.Connection) -> None:
    if path.stat().st_size > _MAX_CHECKED_SIZE:
        return
    (said,) = connection.execute("pragma quick_check(1)").fetchone()
    if said != "ok":
        raise DamagedDatabaseError(path, said)


def read_revision(connection: sqlite3.Connection) -> str | None:
    """Read the schema's revision; `None` for an empty database."""
    known = connection.execute(
        "select 1 from sqlite_master where type = 'table' and name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("select version_num from alembic_version").fetchone()
    return None if row is None else str(row[0])


def _migrate(path: Path, connection: sqlite3.Connection, now: int) -> None:
    revision = read_revision(connection)
    if revision == schema.HEAD:
        return
    if revision is not None and revision not in schema.KNOWN:
        raise NewerSchemaError(str(path), revision, schema.HEAD)
    if revision is not None:
        _back_up(path, connection, revision, now)
    connection.execute("pragma foreign_keys = off")  # dropping a parent would drop its children
    script = schema.migration_sql("sqlite", revision)
    connection.executescript(
        f"begin immediate;\n{script}\npragma application_id = {APPLICATION_ID};\ncommit;"
    )
    broken = connection.execute("pragma foreign_key_check").fetchall()
    if broken:
        raise DamagedDatabaseError(path, f"{len(broken)} rows lost what they point to")


def _back_up(path: Path, connection: sqlite3.Connection, revision: str, now: int) -> None:
    moment = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.name}.before-migration-from-{revision}-{moment}")
    connection.execute("vacuum into ?", (str(copy),))
    copy.chmod(0o600)


def describe_database(url: str) -> str:
    """Describe the database at `url` in one sentence; reads a whole SQLite file.

    Raises:
        StorageError: it cannot be used.
    """
    if address.is_postgres(url):
        return _describe_server(url)
    return _describe_file(sqlite_path(url))


def _describe_server(url: str) -> str:
    place = address.postgres_location(url)
    ensure_driver_installed()
    from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

    with ThreadPoolExecutor(1) as thread:  # an event loop may be running in this one
        return thread.submit(asyncio.run, opening.describe_database(url, place)).result()


def _describe_file(path: Path) -> str:
    if not path.exists():
        if marker_path(path).exists():
            raise MissingDatabaseError(path, marker_path(path))
        return f"No database yet: {path} will be made at the first start."
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reading:
            (application,) = reading.execute("pragma application_id").fetchone()
            if application != APPLICATION_ID:
                raise ForeignDatabaseError(path, f"application id {application}")
            (said,) = reading.execute("pragma quick_check(1)").fetchone()
            if said != "ok":
                raise DamagedDatabaseError(path, said)
            revision = read_revision(reading)
            if revision not in schema.KNOWN:
                raise NewerSchemaError(str(path), str(revision), schema.HEAD)
            (count,) = reading.execute("select count(*) from learners").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedDatabaseError(path, str(error)) from error
    notice = schema.migration_notice(revision)
    return f"Database {path}: {count} learner(s), schema {revision}.{notice}"
