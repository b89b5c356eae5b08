"""Builds a database file once; later runs reuse it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from storage import opening

# When everybody joined and read, in UTC milliseconds: an hour before any press.
READ_AT = 1_795_518_000_000

FOLDER = Path(__file__).parent.parent / ".bench"


def build_once(path: Path, of: str, fill: Callable[[sqlite3.Connection], None]) -> Path:
    """The file at `path`, built if needed; read-only.

    Args:
        of: how its name begins, and that of the files that it takes the place of.
        fill: puts into its tables what it shall hold.
    """
    if path.exists():
        return path
    folder = path.parent
    folder.mkdir(exist_ok=True)
    for outdated in folder.glob(f"{of}-*"):
        outdated.unlink()
    building = folder / f"building-{of}.db"
    for left in folder.glob(f"*{building.name}*"):
        left.unlink()
    opening.prepare_file(building, READ_AT)
    with closing(sqlite3.connect(building, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = off")
        fill(connection)
        connection.execute("pragma journal_mode = delete")
    opening.marker_path(building).unlink()
    building.rename(path)
    return path
