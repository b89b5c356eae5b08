"""Revisions of the schema, and the SQL to migrate between them. Runs nothing itself."""

import io
from pathlib import Path

from storage.errors import NewerSchemaError, NoDatabaseError, OlderSchemaError

_MIGRATIONS = Path(__file__).parent / "migrations"

# Every revision this program knows, oldest first. Read off the files' names, so that a start on an
# up-to-date database need not import Alembic (0.4 s and 37 MB).
KNOWN = tuple(sorted(path.name[:4] for path in _MIGRATIONS.glob("versions/0*.py")))
HEAD = KNOWN[-1]


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
    config.set_main_option("script_location", str(_MIGRATIONS))
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
