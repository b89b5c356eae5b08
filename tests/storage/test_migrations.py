"""What the program knows of its schema is what Alembic knows."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import storage
from storage import schema

MIGRATIONS = Path(storage.__file__).parent / "migrations"


@pytest.fixture(scope="module")
def revisions() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_newest_revision_is_alembics(revisions: ScriptDirectory) -> None:
    assert revisions.get_current_head() == schema.HEAD


def test_the_revisions_known_are_alembics_oldest_first(revisions: ScriptDirectory) -> None:
    walked = [script.revision for script in revisions.walk_revisions()]

    assert tuple(reversed(walked)) == schema.KNOWN


def test_each_revision_runs_one_file_of_sql() -> None:
    for revision in schema.KNOWN:
        assert len(list(MIGRATIONS.glob(f"versions/{revision}_*.sql"))) == 1


@pytest.mark.parametrize("since", [None, *schema.KNOWN[:-1]])
def test_the_migration_ends_at_the_newest_revision_from_wherever_it_begins(
    since: str | None,
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if since is not None:
            whole = schema.migration("sqlite", None)
            mark = re.search(rf"(VALUES \('|SET version_num='){since}'[^;]*;", whole)
            assert mark is not None, "the script notes each revision"
            connection.executescript(whole[: mark.end()])
        connection.executescript(schema.migration("sqlite", since))

        (revision,) = connection.execute("select version_num from alembic_version").fetchone()
        tables = {
            name for (name,) in connection.execute("select name from sqlite_master")
        }  # fmt: skip

    assert revision == schema.HEAD
    assert {"learners", "readings", "attempts", "inbox"} <= tables
