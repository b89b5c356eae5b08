"""Errors of PostgreSQL only, with messages for operators."""

from storage.errors import ForeignDatabaseError, StorageError


class MissingDriverError(StorageError):
    """The address is of PostgreSQL, and its driver is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL needs the package asyncpg, which is missing:"
            " set up with make setup, or install it with pip install 'asyncpg>=0.32,<0.33'."
        )


class ServerRefusedError(StorageError):
    """The server refuses access, e.g. for a wrong password or a missing database."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"The server of {place} refuses: {reason}. Check the user, the password and the name in"
            " TUTORBOT_DATABASE_URL; the database must exist and the user must own its schema."
        )


class ForeignTablesError(ForeignDatabaseError):
    """The database contains tables of another program."""

    def __init__(self, place: str, table: str) -> None:
        StorageError.__init__(
            self,
            f"{place} is not a Course Tutor Bot database (it holds {table!r}, which is not ours);"
            " it was left untouched. Name an empty database in TUTORBOT_DATABASE_URL.",
        )
