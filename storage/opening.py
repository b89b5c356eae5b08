"""Opens the database at an address: an SQLite file, or a database of a PostgreSQL server.

`describe_database` inspects it without changing it, for `tutorbot doctor`.
"""

import asyncio
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import DatabaseUrlError
from storage.postgres import address
from storage.postgres.errors import MissingDriverError
from storage.sqlite import errors
from storage.sqlite.database import SqliteDatabase
from storage.sqlite.opening import describe_file, ensure_exists, prepare_file

if TYPE_CHECKING:
    from storage.postgres.database import PostgresDatabase

_SQLITE = "sqlite:///"


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
        _ensure_driver_installed()
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
        _ensure_driver_installed()
        from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

        return await opening.open_existing(url, place)
    path = sqlite_path(url)
    with errors.translate_opening_errors(path):
        await asyncio.to_thread(ensure_exists, path)
        return await SqliteDatabase.open(path)


def _ensure_driver_installed() -> None:
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


def describe_database(url: str) -> str:
    """Describe the database at `url` in one sentence; reads a whole SQLite file.

    Raises:
        StorageError: it cannot be used.
    """
    if address.is_postgres(url):
        return _describe_server(url)
    return describe_file(sqlite_path(url))


def _describe_server(url: str) -> str:
    place = address.postgres_location(url)
    _ensure_driver_installed()
    from storage.postgres import opening  # noqa: PLC0415 - asyncpg is an extra

    with ThreadPoolExecutor(1) as thread:  # an event loop may be running in this one
        return thread.submit(asyncio.run, opening.describe_database(url, place)).result()
