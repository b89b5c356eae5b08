"""Inspects a database without changing it, for `tutorbot doctor`."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from storage import schema
from storage.errors import (
    DamagedDatabaseError,
    ForeignDatabaseError,
    MissingDatabaseError,
    NewerSchemaError,
)
from storage.opening import ensure_driver_installed, marker_path, read_revision, sqlite_path
from storage.postgres import address
from storage.sqlite.database import APPLICATION_ID


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
