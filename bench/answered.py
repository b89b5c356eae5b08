"""A database in which everybody has answered ten questions, cached in .bench/."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.building import FOLDER, READ_AT, build_once
from course.model import Course, Question
from course.statistics.counters import DAY, day_of
from storage import opening, schema, statements

QUESTIONS = 10
COHORTS = 50

TODAY = day_of(READ_AT)
"""The day that figures are asked for: the last on which somebody answered."""

# People joined on this many days before that, and answered at once and three days later.
_DAYS = 200

# Kinds of counters, and the columns of what a recount finds of them.
_COUNTED = {
    "answers": ("cohort", "question", "options", "is_first", "standing", "count", "correct"),
    "hours": ("cohort", "day", "hour", "count", "correct"),
    "visits": ("cohort", "what", "day", "gap", "count"),
    "reached": ("cohort", "item", "since", "count"),
    "passed": ("cohort", "item", "day", "minutes", "count"),
    "times": ("question", "took", "count"),
}

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
select i, '#started', joined, 0 from people
union all
select i, '#finished', joined + 3 * 86400000, 60 + i % 60 from people where i % 3 = 0;

insert into cohorts (cohort, name, zone, welcome, state, made_by, made_at)
select i, 'Cohort ' || i, 'UTC', '', 'open', 1, :at from people where i <= :cohorts;

insert into counted (learner, cohort) select i, 1 + i % :cohorts from people;

insert into memberships (learner, cohort, membership, invitation, pseudonym, joined_at)
select learner, cohort, learner, '', 'Name ' || learner, :at from counted;
"""


def questions(course: Course) -> list[Question]:
    """The questions that everybody has answered."""
    return list(course.questions())[:QUESTIONS]


def database_path(count: int) -> Path:
    """Path of the database of `count` learners."""
    return FOLDER / f"answered-{count}-revision-{schema.HEAD}.db"


def kept_database(count: int, course: Course) -> Path:
    """The database of `count` learners, built if needed; read-only."""
    asked = questions(course)
    path = build_once(
        database_path(count), f"answered-{count}", lambda into: _fill(into, count, asked)
    )
    opening.marker_path(path).touch()
    return path


def _fill(connection: sqlite3.Connection, count: int, asked: Iterable[Question]) -> None:
    connection.execute("pragma foreign_keys = off")
    connection.execute("pragma cache_size = -524288")
    told = [{"id": q.id, "number": len(q.options), "options": _in_order(q)} for q in asked]
    values = {
        "count": count,
        "at": READ_AT - READ_AT % DAY,
        "days": _DAYS,
        "cohorts": COHORTS,
        "questions": json.dumps(told),
    }
    connection.execute("begin")
    for statement in _FACTS.split(";\n"):
        connection.execute(statement, values)
    connection.execute("commit")
    connection.execute("analyze")
    sql = statements.load_sqlite_queries()
    connection.execute("begin")
    for what, columns in _COUNTED.items():
        rows = connection.execute(sql[f"{what}_off"]).fetchall()
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        connection.executemany(sql[f"mend_{what}"], named)
    connection.execute("commit")


def _in_order(question: Question) -> list[str]:
    """Its options, a right one first."""
    return sorted(
        (option.id for option in question.options), key=lambda o: o not in question.correct
    )
