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
from storage.recounts import recount
from storage.sqlite import APPLICATION_ID
from storage.statements import statement
from storage.store import Store

NOW = 1_000

# Amina joined a cohort and answered a question, by the schema 0006.
LIVED = """
insert into learners (learner, joined_at, language, plain) values (1, 5, 'en', 0);
insert into cohorts (cohort, name, zone, welcome, state, made_by, made_at)
values (3, 'Nairobi', 'UTC', '', 'open', 9, 5);
insert into memberships (learner, cohort, membership, invitation, pseudonym, joined_at)
values (1, 3, 7, '', 'Oak 7', 6);
insert into attempts (learner, question, ordinal, options, correct, course_version, at, update_id)
values (1, 'm1l1q1', 1, 'a', 1, '1', 8, 4);
"""

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


async def test_whoever_was_in_a_cohort_before_it_was_counted_is_counted_silently(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tutor.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        whole = schema.migration("sqlite", None)
        mark = re.search(r"SET version_num='0006'[^;]*;", whole)
        assert mark is not None
        connection.executescript(whole[: mark.end()])
        connection.executescript(LIVED)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")

    store = await Store.open(f"sqlite:///{path}", NOW)
    try:
        counted = await store.rows(statement("passed_by_day", cohort=3, item="#joined"))
        found = await recount(store, NOW)
    finally:
        await store.close()

    assert [tuple(row) for row in counted] == [(0, 1)]
    assert found.is_fine


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
