"""Checks of the files the bot depends on: who may read and write them, and the disk they are on."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Free bytes below which SQLite may soon run out of space, and below which a note is shown.
_DISK_WRONG_BELOW, _DISK_NOTE_BELOW = 200_000_000, 1_000_000_000

_SQLITE_PREFIX = "sqlite:///"

_ENV = Path(".env")

# What others may not do, as bits of a file's mode. The group may read `.env`: as docs/operating.md,
# section 2, installs it, it is root's, and the bot's group reads it. The data is the bot's alone.
SETTINGS_CLOSED, DATA_CLOSED = 0o026, 0o066


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check.

    Attributes:
        status: "ok", "note" for what may be as it is, or "wrong" for what stops the bot or lets
            others at its secrets.
    """

    status: str
    sentence: str


def check_file_permissions(files: Sequence[Path], bits: int) -> Iterator[Finding]:
    """Which of `files` others on this machine can read or write; nothing of no files.

    Args:
        bits: of a file's mode that must not be set.
    """
    modes = {file: _mode(file) & bits for file in files}
    for file, mode in modes.items():
        can = [what for what, bit in (("read", 0o044), ("write", 0o022)) if mode & bit]
        if can:
            who = "g-w,o-rwx" if bits == SETTINGS_CLOSED else "go-rwx"
            yield Finding("wrong", f"Others can {' and '.join(can)} {file}: chmod {who} {file}")
    if modes and not any(modes.values()):
        yield Finding("ok", f"Others can neither read nor write {files[0]}.")


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode
    except OSError:  # gone since it was listed, as SQLite's logs may be
        return 0


def settings_files() -> Sequence[Path]:
    """`.env`, where it is used."""
    return [_ENV] if _ENV.is_file() else []


def database_files(url: str) -> Sequence[Path]:
    """The database, its logs and the copies beside it; of a server nothing is known from here."""
    if not url.startswith(_SQLITE_PREFIX):
        return []
    path = Path(url.removeprefix(_SQLITE_PREFIX))
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:  # not there yet, or not for us: told by others
        return []
    return [file for file in beside if file.name.startswith(path.name) and file.is_file()]


def check_disk(url: str, free: int | None = None) -> Finding:
    """Check free disk space at the database; a database server's disk is not checked.

    Args:
        free: free bytes; `None` to measure them.
    """
    if not url.startswith(_SQLITE_PREFIX):
        return Finding("ok", "The database is on a server: watch its disk there.")
    path = Path(url.removeprefix(_SQLITE_PREFIX)).absolute()
    place = next(folder for folder in path.parents if folder.exists())
    left = shutil.disk_usage(place).free if free is None else free
    told = f"{left / 1e9:.1f} GB free at {place}"
    size = path.stat().st_size if path.is_file() else 0
    if left < _DISK_WRONG_BELOW:
        return Finding("wrong", f"Only {told}: make room, or the bot will be unable to store.")
    if left < max(_DISK_NOTE_BELOW, 2 * size):
        return Finding("note", f"Only {told}: a backup or an upgrade copies the whole database.")
    return Finding("ok", f"{told}.")
