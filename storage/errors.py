"""Errors of this package, with messages for operators."""

from pathlib import Path


class StorageError(Exception):
    """Base of all errors of this package."""


class DatabaseUrlError(StorageError):
    """`TUTORBOT_DATABASE_URL` is malformed or of an unknown kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database address cannot be used: {reason}. Write sqlite:///data/tutorbot.db"
            " or postgresql://user:password@host/name."
        )


class ForeignDatabaseError(StorageError):
    """The file is a database of another program, or no database."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is not a Course Tutor Bot database ({reason}); it was left untouched."
            " Give another file with TUTORBOT_DATABASE_URL."
        )


class NewerSchemaError(StorageError):
    """The data was written by a newer version of the program."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(
            f"{place} was written by a newer version of this program (its schema is {found},"
            f" this program knows up to {known}). Install the newer version; nothing was changed."
        )


class MissingDatabaseError(StorageError):
    """The database of the last start is missing."""

    def __init__(self, path: Path, marker: Path) -> None:
        super().__init__(
            f"{path} was there at the last start and is gone. Put it back (is a disk not mounted?)"
            f" or restore a backup. To start anew with no learners on purpose, delete {marker}."
        )


class NoDatabaseError(StorageError):
    """There is no database, and the caller must not create one."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"There is no data of a bot at {place}. Run this in the folder in which the bot runs,"
            " or name its data with TUTORBOT_DATABASE_URL."
        )


class OlderSchemaError(StorageError):
    """The data has the schema of an older version, which may be running."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(
            f"{place} is of an older version of this program (its schema is {found}, this program"
            f" needs {known}); nothing was changed. Start the bot of this version once, or use the"
            " older program."
        )


class UnusableFileError(StorageError):
    """The file cannot be opened, created or written to; a retry would not help."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be used: {reason}. Whoever runs this must be able to read and write it,"
            " and to make files beside it. Mend that, or give another file with"
            " TUTORBOT_DATABASE_URL."
        )


class DamagedDatabaseError(StorageError):
    """SQLite reports that the file is damaged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is damaged ({reason}). Nothing was changed. Restore the newest backup:"
            " copies made before migrations lie beside it."
        )


class UnavailableError(StorageError):
    """The database is temporarily unavailable, e.g. locked by another process or on a full disk.

    Retry later. On SQLite nothing was written; on PostgreSQL a commit whose response was lost may
    have succeeded, which is why every statement may be repeated.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database cannot be used at this moment: {reason}.")


class AlreadyRecountingError(StorageError):
    """Another recount is running; two at once would repair the counters twice."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            "Another recount is at work. Wait until it is done; one that was killed is waited for"
            f" {minutes} minutes."
        )
