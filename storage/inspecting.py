"""Looks at a database without changing it, for `tutorbot doctor`."""

import sqlite3
from contextlib import closing

from storage import schema
from storage.errors import (
    DamagedDatabaseError,
    ForeignDatabaseError,
    MissingDatabaseError,
    NewerSchemaError,
)
from storage.opening import marker_of, revision_of, sqlite_path
from storage.sqlite import APPLICATION_ID


def look_at(url: str) -> str:
    """What there is at `url`, in one sentence; reads the whole file.

    Raises:
        StorageError: it cannot be used.
    """
    path = sqlite_path(url)
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
    return f"Database {path}: {count} learner(s), schema {revision}."
