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
from storage.opening import marker_of, must_have_driver, revision_of, sqlite_path
from storage.postgres import address
from storage.sqlite.database import APPLICATION_ID


def look_at(url: str) -> str:
    """Describe the database at `url` in one sentence; reads a whole SQLite file.

    Raises:
        StorageError: it cannot be used.
    """
    if address.is_postgres(url):
        return _look_at_server(url)
    return _look_at_file(sqlite_path(url))


def _look_at_server(url: str) -> str:
    place = address.postgres_place(url)
    must_have_driver()
    from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

    with ThreadPoolExecutor(1) as thread:  # an event loop may be running in this one
        return thread.submit(asyncio.run, opening.look(url, place)).result()


def _look_at_file(path: Path) -> str:
    if not path.exists():
        if marker_of(path).exists():
            raise MissingDatabaseError(path, marker_of(path))
        return f"No database yet: {path} will be made at the first start."
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reading:
            (application,) = reading.execute("pragma application_id").fetchone()
            if application != APPLICATION_ID:
                raise ForeignDatabaseError(path, f"application id {application}")
            (said,) = reading.execute("pragma quick_check(1)").fetchone()
            if said != "ok":
                raise DamagedDatabaseError(path, said)
            revision = revision_of(reading)
            if revision not in schema.KNOWN:
                raise NewerSchemaError(str(path), str(revision), schema.HEAD)
            (count,) = reading.execute("select count(*) from learners").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedDatabaseError(path, str(error)) from error
    return (
        f"Database {path}: {count} learner(s), schema {revision}.{schema.to_be_migrated(revision)}"
    )
