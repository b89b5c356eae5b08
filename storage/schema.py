"""Revisions of the schema, and the SQL to migrate between them. Runs nothing itself."""

import io
from pathlib import Path

from storage.errors import NewerSchemaError, NoDatabaseError, OlderSchemaError

# The newest revision in storage/migrations/versions; a test keeps it true, so that a start on
# an up-to-date database need not import Alembic (0.4 s and 37 MB).
HEAD = "0017"

# Every revision this program knows, oldest first.
KNOWN = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012",
    "0013", "0014", "0015", "0016", "0017",
)  # fmt: skip


def migration_sql(dialect: str, since: str | None) -> str:
    """Generate the SQL that migrates from revision `since` (`None`: empty) to `HEAD`.

    It contains no transaction; the caller starts one.

    Args:
        dialect: "sqlite" or "postgresql".
    """
    from alembic import command  # noqa: PLC0415 - 37 MB that an up-to-date start does not need
    from alembic.config import Config  # noqa: PLC0415

    script = io.StringIO()
    config = Config(output_buffer=script)
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("dialect", dialect)
    command.upgrade(config, f"{since or 'base'}:head", sql=True)
    return script.getvalue()


def migration_notice(revision: str | None) -> str:
    """Tell the operator that the next start migrates the database; "" for the current schema."""
    if revision == HEAD:
        return ""
    return f" The next start brings it to schema {HEAD}: make a backup before."


def ensure_current(place: str, revision: str | None) -> None:
    """Raise unless `revision` is the current schema.

    Raises:
        StorageError: there is no database (`None`), or its schema is older or newer.
    """
    if revision is None:
        raise NoDatabaseError(place)
    if revision not in KNOWN:
        raise NewerSchemaError(place, revision, HEAD)
    if revision != HEAD:
        raise OlderSchemaError(place, revision, HEAD)
