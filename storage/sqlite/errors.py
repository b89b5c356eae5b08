"""Translates errors of SQLite and the file system; knows which are transient."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DamagedDatabaseError, StorageError, UnavailableError, UnusableFileError

# Result codes that are transient while a database is in use: locked by another process, disk full
# or I/O error, file temporarily not readable or writable (sqlite.org, "Result and Error Codes").
# The others mean that a statement is wrong.
_TRANSIENT_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PROTOCOL,
    }
)

# Those of them that mean, at start, a wrong path or missing permissions.
_UNUSABLE_FILE_CODES = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})

# Error numbers of the file system that are transient, also at start.
_TRANSIENT_ERRNOS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM}
)


@contextmanager
def translate_transient_errors() -> Iterator[None]:
    """Raise transient errors as `UnavailableError`; pass on all others."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _primary_code(error) not in _TRANSIENT_CODES:
            raise
        raise UnavailableError(str(error)) from error


@contextmanager
def translate_opening_errors(path: Path) -> Iterator[None]:
    """Raise errors while the file at `path` is opened as errors of this package."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise _translate(path, error) from error


def _translate(path: Path, error: sqlite3.OperationalError | OSError) -> StorageError:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        if error.errno in _TRANSIENT_ERRNOS:
            return UnavailableError(f"{path}: {reason}")
        return UnusableFileError(path, reason)
    primary = _primary_code(error)
    if primary in _UNUSABLE_FILE_CODES:
        return UnusableFileError(path, str(error))
    if primary in _TRANSIENT_CODES:
        return UnavailableError(f"{path}: {error}")
    return DamagedDatabaseError(path, str(error))


def _primary_code(error: sqlite3.OperationalError) -> int | None:
    """Return the primary result code; `None` for errors of Python's sqlite3 itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
