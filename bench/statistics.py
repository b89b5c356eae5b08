"""Benchmark of statistics: from counters, beside adding up every answer.

`python -m bench.statistics [LEARNERS]` measures only these, on a file of any size, and how long a
recount takes. The goal was set for a million learners, whose answers take minutes to add up: a run
of everything measures a tenth of that, without a goal. What is read of counters is as much either
way, since it grows with days and questions.
"""

import asyncio
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench import answered, question
from bench.sizes import Size
from bench.table import Goal, Row, as_text, microseconds
from course.model import Course
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.item_analysis import MIN_ANSWERS
from course.statistics.overview import Scope
from storage import (
    item_analysis,
    recounts,
    statements,
    statistics,
)
from storage.store import Store

# Reading counters is timed so often; adding up takes so long that it is timed once.
_TIMES = 100

# In a run of everything.
_LEARNERS = 100_000

# For so many learners the goal was set.
_GOAL_FOR = 1_000_000

_Query = tuple[str, dict[str, Any]]

# Everything that the first screen and the questions show of all days, each by one query of facts.
_ANEW = (
    "select item, day, minutes, count(*) from passed_of group by item, day, minutes",
    "select what, count(*) from visits_of where gap = 0 group by what",
    "select what, count(distinct learner) from visits_of where day > :today - 7 group by what",
    "select sum(correct), count(*) from answers_of where is_first = 1",
    """
    select question, options, standing, count(*), sum(correct) from answers_of
    where is_first = 1 group by question, options, standing
    """,
    "select question, took, count(*) from times_of group by question, took",
)


def rows(size: Size, asked: question.FirstQuestion) -> list[Row]:
    """Measure both ways on a read-only database; return the rows."""
    return rows_for(how_many(size), asked)


def how_many(size: Size) -> int:
    """Number of learners in the database."""
    return min(size.learners, _LEARNERS)


def rows_for(learners: int, asked: question.FirstQuestion) -> list[Row]:
    """Measure both ways with so many learners; return the rows."""
    path = answered.kept_database(learners, asked.course)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        counters = _often(lambda: _read(connection))
        anew = _once(lambda: _add_up(connection))
        _must_agree(connection)
    screens = asyncio.run(_screens(path, asked.course))
    number = f"{learners:,} learners, {learners * answered.QUESTIONS:,} answers"
    return [
        Row(
            f"figures of the first screen and of all questions from counters, {number}"
            " / added up from the facts",
            microseconds(counters),
            f"{anew:,.1f} s",
            counters / anew,
            Goal(at_most=1 / 10_000) if learners >= _GOAL_FOR else None,
        ),
        Row(
            "the same as whole screens, through the store and with the rules / added up",
            microseconds(screens),
            f"{anew:,.1f} s",
            screens / anew,
        ),
    ]


def _read(connection: sqlite3.Connection) -> None:
    for name, values in _queries():
        connection.execute(_SQL[name], values).fetchall()


def _queries() -> list[_Query]:
    of = {"cohort": statistics.EVERYBODY, "today": answered.TODAY}
    ever = {"since": 0, "until": answered.TODAY}
    return [
        *(("fetch_milestone_sums", {**of, "item": item}) for item in (JOINED, STARTED, FINISHED)),
        ("fetch_milestone_minutes", {**of, **ever, "item": FINISHED}),
        ("fetch_ever_active_sums", {**of, "what": 0}),
        ("fetch_active_sums", {**of, "what": 0}),
        ("fetch_right_answers_ever", of),
        ("fetch_first_answers", of),
        ("fetch_median_times", {"enough": MIN_ANSWERS}),
    ]


def _add_up(connection: sqlite3.Connection) -> None:
    for sql in _ANEW:
        connection.execute(sql, {"today": answered.TODAY}).fetchall()


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


async def _screens(path: Path, course: Course) -> float:
    """Median seconds of the overview and the item analysis, through the store."""
    store = await Store.open(f"sqlite:///{path}", 0)
    try:
        took = []
        for _ in range(_TIMES // 4):
            begun = time.perf_counter()
            await statistics.fetch_overview(store, Scope(answered.TODAY))
            await item_analysis.analyse_items(store, course)
            took.append(time.perf_counter() - begun)
        return median(took)
    finally:
        await store.close()


def _often(act: Callable[[], None]) -> float:
    return median(_once(act) for _ in range(_TIMES))


def _once(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


_SQL = statements.load_sqlite_queries()


async def _recount(path: Path) -> None:
    """Print the duration of a recount, and the longest wait of others during it."""
    store = await Store.open(f"sqlite:///{path}", 0)
    waits: list[float] = []

    async def somebody() -> None:
        while True:
            begun = time.perf_counter()
            await statistics.fetch_overview(store, Scope(answered.TODAY))
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.05)

    try:
        await statistics.fetch_overview(store, Scope(answered.TODAY))
        other = asyncio.create_task(somebody())
        begun = time.perf_counter()
        found = await recounts.recount_counters(store, 1)
        seconds = time.perf_counter() - begun
        other.cancel()
    finally:
        await store.close()
    print(
        f"recount: {seconds:.1f} s, {found.error_count} wrong; the first screen meanwhile:"
        f" median {1e3 * median(waits):.1f} ms, longest {1e3 * max(waits):.1f} ms of {len(waits)}"
    )


def main() -> None:
    """Measure with so many learners, by default a million."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _GOAL_FOR
    asked = question.first_question()
    begun = time.perf_counter()
    path = answered.kept_database(count, asked.course)
    print(f"file: {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    begun = time.perf_counter()
    print(as_text(rows_for(count, asked)))
    print(f"rows: {time.perf_counter() - begun:.1f} s")
    copy = path.with_name("answered-copy.db")
    shutil.copyfile(path, copy)
    try:
        asyncio.run(_recount(copy))
    finally:
        for left in path.parent.glob("*answered-copy.db*"):
            left.unlink()


if __name__ == "__main__":
    main()
