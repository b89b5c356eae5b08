"""What the program knows of its schema is what Alembic knows."""

import re
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import storage
from course.model import LearnerId
from storage import cohorts, digests, schema, weekly_reports
from storage.postgres.address import is_postgres
from storage.postgres.opening import TABLE_COMMENT
from storage.recounts import recount_counters
from storage.sqlite.database import APPLICATION_ID
from storage.statements import statement
from storage.store import Store
from storage.weekly_reports import ReportSubscription
from tests.support.tables import rows, run

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


# How each kind notes that a database is ours.
OURS = {
    "sqlite": f"pragma application_id = {APPLICATION_ID}",
    "postgresql": f"comment on table alembic_version is '{TABLE_COMMENT}'",
}


def dialect_of(url: str) -> str:
    return "postgresql" if is_postgres(url) else "sqlite"


def up_to(revision: str, dialect: str) -> str:
    """The SQL that makes a database as the program of `revision` made it."""
    whole = schema.migration_sql(dialect, None)
    mark = re.search(rf"(VALUES \('|SET version_num='){revision}'[^;]*;", whole)
    assert mark is not None, "the script notes each revision"
    return whole[: mark.end()]


async def test_whoever_was_in_a_cohort_before_it_was_counted_is_counted_silently(
    bare_url: str,
) -> None:
    dialect = dialect_of(bare_url)
    await run(bare_url, up_to("0006", dialect))
    await run(bare_url, f"{LIVED}; {OURS[dialect]}")

    store = await Store.open(bare_url, NOW)
    try:
        counted = await store.fetch_rows(
            statement("fetch_milestones_by_day", cohort=3, item="#joined")
        )
        found = await recount_counters(store, NOW)
    finally:
        await store.close()

    assert [tuple(row) for row in counted] == [(0, 1)]
    assert found.is_correct


# By the schema 0014: what Amina did, and what somebody did who has deleted their data.
COUNTED = """
insert into learners (learner, joined_at, language, plain) values (1, 5, 'en', 0);
insert into readings (learner, item, at, update_id) values (1, 'm1l1c1', 8, 4);
insert into attempts
(learner, question, ordinal, options, correct, course_version, at, update_id, hour, took)
values (1, 'm1l1q1', 1, 'a', 1, '1', 9, 5, 3, 7);
insert into visits (learner, what, day) values (1, 0, 0), (1, 1, 0), (1, 2, 0);
insert into answer_counts
(cohort, gone, question, options, is_first, standing, count, correct)
values (0, 0, 'm1l1q1', 'a', 1, -1, 1, 1), (0, 1, 'm1l1q1', 'b', 0, -1, 2, 0);
insert into time_counts (gone, question, took, count) values (0, 'm1l1q1', 7, 1), (1, 'x', 9, 3);
insert into hour_counts (cohort, gone, day, hour, count, correct) values (0, 0, 0, 3, 1, 1);
insert into visit_counts (cohort, gone, what, day, gap, count)
values (0, 0, 0, 0, 0, 1), (0, 0, 1, 0, 0, 1), (0, 0, 2, 0, 0, 1);
insert into reach_counts (cohort, gone, item, since, count) values (0, 0, '#joined', 0, 1);
insert into pass_counts (cohort, gone, item, day, minutes, count) values (0, 0, '#joined', 0, 0, 1);
insert into reading_counts (gone, item, count) values (0, 'm1l1c1', 1), (1, 'm1l1c1', 4);
"""


async def test_counters_of_before_go_on_and_keep_those_of_deleted_learners(bare_url: str) -> None:
    dialect = dialect_of(bare_url)
    await run(bare_url, up_to("0014", dialect))
    await run(bare_url, f"{COUNTED}; {OURS[dialect]}")

    store = await Store.open(bare_url, NOW)
    try:
        found = await recount_counters(store, NOW)
        counts = await store.fetch_fact_counts()
    finally:
        await store.close()

    assert found.is_correct, found
    assert counts.answers == (("m1l1q1", "a", 1, 1), ("m1l1q1", "b", 0, 2))
    assert counts.readings == (("m1l1c1", 5),)
    times = "select item, number, count from counts where kind = 'time' order by 1"
    assert await rows(bare_url, times) == [("m1l1q1", 7, 1), ("x", 9, 3)]


# By the schema 0011: Amina came by a link for one person and left, nobody by another one; Baraka by
# one for the group.
LINKED = """
insert into learners (learner, joined_at, language, plain) values (1, 5, 'en', 0), (2, 5, 'en', 0);
insert into cohorts (cohort, name, zone, welcome, state, made_by, made_at)
values (3, 'Nairobi', 'UTC', '', 'open', 9, 5);
insert into invitations (digest, kind, cohort, expires_at, most_uses, used_by, made_by, made_at)
values
('used', 'cohort', 3, 2000, 1, null, 9, 5), ('unused', 'cohort', 3, 2000, 1, null, 9, 5),
('group', 'cohort', 3, 2000, 1000, null, 9, 5), ('role', 'facilitator', 3, 2000, 1, 4, 9, 5);
insert into memberships (learner, cohort, membership, invitation, pseudonym, joined_at, left_at)
values (1, 3, 7, 'used', 'Oak 7', 6, 8), (2, 3, 8, 'group', 'Oak 8', 6, null);
"""


async def test_links_for_one_person_of_before_keep_that_they_were_used(bare_url: str) -> None:
    dialect = dialect_of(bare_url)
    await run(bare_url, up_to("0011", dialect))
    await run(bare_url, f"{LINKED}; {OURS[dialect]}")

    await (await Store.open(bare_url, NOW)).close()

    found = await rows(bare_url, "select digest, used_by, used_at from invitations order by digest")
    assert found == [
        ("group", None, None),
        ("role", 4, None),
        ("unused", None, None),
        ("used", 1, 6),
    ]


# By the schema 0013: a flood that was cut off, and somebody who writes about its mark.
FLOODED = (
    '{"update_id":1,"tutorbot_flooded":true}',
    r'{"update_id":2,"message":{"text":"{,\"tutorbot_flooded\":true}"}}',
)


async def test_a_flood_that_was_cut_off_before_the_upgrade_is_told_after_it(bare_url: str) -> None:
    dialect = dialect_of(bare_url)
    await run(bare_url, up_to("0013", dialect))
    received = ", ".join(f"({n}, 1, '{body}', {n}, 0)" for n, body in enumerate(FLOODED, 1))
    into = "insert into inbox (update_id, learner, body, received_at, tries) values"
    await run(bare_url, f"{into} {received}; {OURS[dialect]}")

    store = await Store.open(bare_url, NOW)
    try:
        pending = await store.fetch_pending_updates(tries=3)
    finally:
        await store.close()

    assert [one.is_flood for one in pending] == [True, False]


# By the schema 0014: deliveries of all kinds, what tells two facilitators of a question, and marks
# of what was sent this week.
POSTED = """
insert into learners (learner, joined_at, language, plain) values (1, 5, 'en', 0), (2, 5, 'en', 0);
insert into cohorts (cohort, name, zone, welcome, state, made_by, made_at, group_chat, summarised_at)
values (3, 'Nairobi', 'UTC', '', 'open', 9, 5, -100, 70);
insert into facilitators (person, cohort, digest_hour, digested_at, told_until, at)
values (8, 3, 9, 71, 72, 5);
insert into weekly_reports (person, minute, not_before, holder) values (8, 540, 73, 'x');
insert into requests (request, learner, cohort, item, said, at)
values (12, 1, 3, '', '?', 6), (112, 1, 3, '', '?', 6);
insert into deliveries
(learner, kind, subject, state, reason, due_at, holder, sent_at, message_id, made_at)
values
(1, 'nudge', '5:first', 'sent', null, 6, 'run', 7, 40, 6), (2, 'broadcast', '4', 'queued', null, 9, null, null, null, 6),
(1, 'note', '5', 'claimed', null, 6, 'run', null, null, 6), (2, 'nudge', '5:last', 'unknown', 'cut', 6, 'run', 7, null, 6),
(1, 'question', '12:8', 'sending', null, 6, 'run', 7, null, 6), (1, 'question', '112:9', 'queued', null, 6, null, null, null, 6);
"""  # noqa: E501 - rows


async def test_deliveries_and_marks_of_the_week_are_kept_when_recipients_come(
    bare_url: str,
) -> None:
    dialect = dialect_of(bare_url)
    await run(bare_url, up_to("0014", dialect))
    await run(bare_url, f"{POSTED}; {OURS[dialect]}")

    store = await Store.open(bare_url, NOW)
    try:
        (digest,) = await digests.fetch_digests(store)
        (group,) = await cohorts.fetch_cohort_groups(store)
        report = await weekly_reports.fetch_subscription(store, LearnerId(8))
    finally:
        await store.close()

    found = await rows(
        bare_url,
        "select recipient, kind, subject, learner, state, reason, holder, sent_at, message_id"
        " from deliveries order by recipient, kind, subject",
    )
    assert found == [
        (1, "note", "5", 1, "claimed", None, "run", None, None),
        (1, "nudge", "5:first", 1, "sent", None, "run", 7, 40),
        (2, "broadcast", "4", 2, "queued", None, None, None, None),
        (2, "nudge", "5:last", 2, "unknown", "cut", "run", 7, None),
        (8, "question", "12", 1, "sending", None, "run", 7, None),
        (9, "question", "112", 1, "queued", None, None, None, None),
    ]
    assert (digest.made_at, digest.reported_until, group.summarised_at) == (71, 72, 70)
    assert report == ReportSubscription(LearnerId(8), 540, 73)


@pytest.mark.parametrize("since", [None, *schema.KNOWN[:-1]])
async def test_the_migration_ends_at_the_newest_revision_from_wherever_it_begins(
    bare_url: str, since: str | None
) -> None:
    dialect = dialect_of(bare_url)
    if since is not None:
        await run(bare_url, up_to(since, dialect))

    await run(bare_url, schema.migration_sql(dialect, since))

    assert await rows(bare_url, "select version_num from alembic_version") == [(schema.HEAD,)]
    for table in ("learners", "readings", "attempts", "inbox"):
        assert await rows(bare_url, f"select * from {table}") == []  # noqa: S608 - our own names
