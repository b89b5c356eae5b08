"""Benchmark of statistics: figures from counters, beside adding up every answer."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.learner_files import READ_AT, build_once
from bench.question import FirstQuestion
from bench.run_sizes import Size
from bench.table import Goal, Row, microseconds
from course.local_time import DAY
from course.model import Course, Question
from course.statistics.counters import FINISHED, JOINED, STARTED, day_of
from course.statistics.item_analysis import MIN_ANSWERS
from storage import recounts, statements, statistics
from storage.sqlite import opening
from storage.store import Store

QUESTIONS = 10
COHORTS = 50

# The day that figures are asked for: the last on which somebody answered.
_TODAY = day_of(READ_AT)

# People joined on this many days before that, and answered at once and three days later.
_DAYS = 200

# Reading counters is timed so often; adding up takes so long that it is timed once.
_TIMES = 100

_FACTS = """
create temp table people as
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
select i, :at - (3 + i * 7919 % :days) * 86400000 as joined from n;

insert into learners (learner, joined_at, language, plain) select i, joined, 'en', 0 from people;

insert into attempts (
    learner, question, ordinal, options, correct, course_version, at, update_id,
    hour, took, standing
)
select
    i,
    json_extract(q.value, '$.id'),
    1,
    json_extract(
        q.value,
        '$.options[' || ((i * 31 + q.key * 17) % 10 % json_extract(q.value, '$.number')) || ']'
    ),
    (i * 31 + q.key * 17) % 10 % json_extract(q.value, '$.number') = 0,
    '1',
    joined + (q.key / 5) * 3 * 86400000 + q.key * 60000,
    i * 10 + q.key,
    (i * 13 + q.key) % 168,
    5 + (i * 11 + q.key * 3) % 55,
    case when q.key >= 5 then (i * 5 + q.key) % 11 end
from people, json_each(:questions) as q;

insert into visits (learner, what, day)
select i, w.value, joined / 86400000 + d.value
from people, json_each('[0, 1, 2]') as w, json_each('[0, 3]') as d;

insert into milestones (learner, item, at, minutes)
select i, '#joined', joined, 0 from people
union all
select i, '#started', joined, 0 from people
union all
select i, '#finished', joined + 3 * 86400000, 60 + i % 60 from people where i % 3 = 0;

insert into cohorts (cohort, name, zone, welcome, state, made_by, made_at)
select i, 'Cohort ' || i, 'UTC', '', 'open', 1, :at from people where i <= :cohorts;

insert into counted (learner, cohort) select i, 1 + i % :cohorts from people;

insert into memberships (learner, cohort, membership, invitation, pseudonym, joined_at)
select learner, cohort, learner, '', 'Name ' || learner, :at from counted;
"""


_SQL = statements.load_sqlite_queries()

# Everything that the first screen and the questions show of all days, each by one query of facts.
_ANEW = (
    "select item, at / 86400000, minutes, count(*) from milestones group by 1, 2, 3",
    "select item, count(*) from shares where kind = 'visit' and number = 0 group by item",
    "select what, count(distinct learner) from visits where day > :today - 7 group by what",
    "select sum(correct), count(*) from attempts where ordinal = 1",
    """
    select question, options, standing, count(*), sum(correct) from attempts
    where ordinal = 1 group by question, options, standing
    """,
    "select question, took, count(*) from attempts group by question, took",
)


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure both ways on a read-only database; return the row."""
    path = kept_database(size.answered, asked.course)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        counters = median(_time(lambda: _read(connection)) for _ in range(_TIMES))
        anew = _time(lambda: _add_up(connection))
        _must_agree(connection)
    return [
        Row(
            f"figures of the first screen and of all questions, from counters,"
            f" {size.answered * QUESTIONS:,} answers / added up from the facts",
            microseconds(counters),
            microseconds(anew),
            counters / anew,
            Goal(at_most=1 / 2_000),
        )
    ]


def kept_database(count: int, course: Course) -> Path:
    """A cached database of `count` learners who have answered ten questions; read-only."""
    asked = list(course.questions())[:QUESTIONS]
    path = build_once(f"answered-{count}", lambda into: _fill(into, count, asked))
    with closing(sqlite3.connect(path)) as connection:
        counted = connection.execute("select 1 from counts limit 1").fetchone()
    if counted is None:
        asyncio.run(_count(path))
    opening.marker_path(path).touch()
    return path


def _fill(connection: sqlite3.Connection, count: int, asked: list[Question]) -> None:
    told = [{"id": q.id, "number": len(q.options), "options": _in_order(q)} for q in asked]
    values = {
        "count": count,
        "at": READ_AT - READ_AT % DAY,
        "days": _DAYS,
        "cohorts": COHORTS,
        "questions": json.dumps(told),
    }
    for statement in _FACTS.split(";\n"):
        connection.execute(statement, values)


def _in_order(question: Question) -> list[str]:
    """Its options, a right one first."""
    return sorted(
        (option.id for option in question.options), key=lambda o: o not in question.correct
    )


async def _count(path: Path) -> None:
    """Let a recount fill the counters, which are all missing."""
    store = await Store.open(f"sqlite:///{path}", READ_AT)
    try:
        await recounts.recount_counters(store, READ_AT)
    finally:
        await store.close()


def _read(connection: sqlite3.Connection) -> None:
    for name, values in _queries():
        connection.execute(_SQL[name], values).fetchall()


def _queries() -> list[tuple[str, dict[str, Any]]]:
    of = {"cohort": statistics.EVERYBODY, "today": _TODAY}
    ever = {"since": 0, "until": _TODAY}
    return [
        *(("fetch_milestone_sums", {**of, "item": item}) for item in (JOINED, STARTED, FINISHED)),
        ("fetch_milestone_minutes", {**of, **ever, "item": FINISHED}),
        ("fetch_ever_active_sums", {**of, "item": "0"}),
        ("fetch_active_sums", {**of, "item": "0"}),
        ("fetch_right_answers_ever", of),
        ("fetch_first_answers", of),
        ("fetch_median_times", {"enough": MIN_ANSWERS}),
    ]


def _add_up(connection: sqlite3.Connection) -> None:
    for sql in _ANEW:
        connection.execute(sql, {"today": _TODAY}).fetchall()


def _must_agree(connection: sqlite3.Connection) -> None:
    """Check that both ways give the same result.

    Raises:
        AssertionError: they do not: the measurement is worth nothing.
    """
    read = connection.execute(_SQL["fetch_right_answers_ever"], {"cohort": 0}).fetchone()
    assert read == connection.execute(_ANEW[3]).fetchone(), "counters and facts differ"
    asked = connection.execute(_SQL["fetch_first_answers"], {"cohort": 0}).fetchall()
    anew = connection.execute(
        "select question, options, coalesce(standing, -1), count(*), sum(correct) from attempts"
        " where ordinal = 1 group by 1, 2, 3"
    )
    assert sorted(asked) == sorted(anew.fetchall()), "counters and facts differ"


def _time(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
