"""What errors of SQLite and of the file system mean: which pass by themselves, what to say."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DamagedDatabaseError, StorageError, UnavailableError, UnusableFileError

# Results that pass by themselves while a database is in use: another one holds a lock, the disk is
# full or does not answer, a file cannot be opened or written to at this moment (sqlite.org,
# "Result and Error Codes"). The others say that a statement is wrong, which no waiting mends.
_PASSING = frozenset(
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

# Those of them that mean at the start that a path or its owner is wrong.
_OF_THE_FILE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})

# The same of the file system: what passes at the start, too.
_PASSING_NUMBERS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM}
)


@contextmanager
def passing() -> Iterator[None]:
    """Tell what passes by itself as `UnavailableError`; the rest is raised as it is."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _primary(error) not in _PASSING:
            raise
        raise UnavailableError(str(error)) from error


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Tell whatever goes wrong while the file at `path` is opened in words of this package."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise _told(path, error) from error


def _told(path: Path, error: sqlite3.OperationalError | OSError) -> StorageError:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        if error.errno in _PASSING_NUMBERS:
            return UnavailableError(f"{path}: {reason}")
        return UnusableFileError(path, reason)
    primary = _primary(error)
    if primary in _OF_THE_FILE:
        return UnusableFileError(path, str(error))
    if primary in _PASSING:
        return UnavailableError(f"{path}: {error}")
    return DamagedDatabaseError(path, str(error))


def _primary(error: sqlite3.OperationalError) -> int | None:
    """The result code without what only explains it; `None` for what sqlite3 says by itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
