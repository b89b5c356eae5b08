"""Opens an SQLite file if it is ours, undamaged, and not newer than the program; migrates it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage import schema
from storage.errors import (
    DamagedDatabaseError,
    ForeignDatabaseError,
    MissingDatabaseError,
    NewerSchemaError,
    NoDatabaseError,
)
from storage.sqlite.database import APPLICATION_ID

# Files above this size (bytes) are not checked at start; `tutorbot doctor` checks them.
_MAX_CHECKED_SIZE = 256 * 1024 * 1024

# Seconds to wait for another process's lock.
_LOCK_TIMEOUT = 5.0


def marker_path(path: Path) -> Path:
    """Path of the marker file beside the database, which shows that there was one."""
    return path.with_name(f".{path.name}.exists")


def prepare_file(path: Path, now: int) -> None:
    """Ensure that `path` is our database with the current schema; create or migrate it."""
    marker = marker_path(path)
    leftovers = (marker, path.with_name(f"{path.name}-wal"))
    if not path.exists():
        if any(left.exists() for left in leftovers):
            raise MissingDatabaseError(path, marker)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with _connect(path) as connection:
        _ensure_ours(path, connection)
        if marker.exists() and _read_revision(connection) is None:  # emptied: a disk that was full?
            raise MissingDatabaseError(path, marker)
        _ensure_undamaged(path, connection)
        _migrate(path, connection, now)
    marker.touch(mode=0o600)


def ensure_exists(path: Path) -> None:
    """Raise unless there is our database with the current schema at `path`; change nothing."""
    if not path.exists():
        marker = marker_path(path)
        raise MissingDatabaseError(path, marker) if marker.exists() else NoDatabaseError(str(path))
    with _connect(path) as connection:
        _ensure_ours(path, connection)
        schema.ensure_current(str(path), _read_revision(connection))


def describe_file(path: Path) -> str:
    """Describe the database at `path` in one sentence; reads the whole file."""
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
            revision = _read_revision(reading)
            if revision not in schema.KNOWN:
                raise NewerSchemaError(str(path), str(revision), schema.HEAD)
            (count,) = reading.execute("select count(*) from learners").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedDatabaseError(path, str(error)) from error
    notice = schema.migration_notice(revision)
    return f"Database {path}: {count} learner(s), schema {revision}.{notice}"


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


def _read_revision(connection: sqlite3.Connection) -> str | None:
    """Read the schema's revision; `None` for an empty database."""
    known = connection.execute(
        "select 1 from sqlite_master where type = 'table' and name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("select version_num from alembic_version").fetchone()
    return None if row is None else str(row[0])


def _migrate(path: Path, connection: sqlite3.Connection, now: int) -> None:
    revision = _read_revision(connection)
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
