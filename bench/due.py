"""Benchmark of finding due reminders among very many learners, beside a full scan."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

from bench.learner_files import READ_AT, LearnerDatabase, copy_database
from bench.question import FirstQuestion
from bench.run_sizes import Size
from bench.table import Goal, Row, microseconds
from bot.jobs.reminders import MAX_PER_TICK
from course.local_time import DAY, HOUR
from storage import statements

# Learners who are due at a tick.
DUE = 100

# Time of the tick in UTC milliseconds: before anybody else is due.
_TICK = READ_AT + DAY + HOUR // 2

# Each query is timed so often in a round; a full scan takes long enough to be timed less often.
_TIMES, _SCANS = 200, 3

_QUERY = "fetch_due_learners"
_INDEX = "learners_to_nudge"


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure the query of the tick; return the rows."""
    with copy_database(size.learners, asked) as file:
        seconds = measure(file, size.rounds)

    def row(figure: str, name: str, goal: Goal) -> Row:
        took, scan = seconds[name], seconds["scan"]
        return Row(figure, microseconds(took), microseconds(scan), took / scan, goal)

    return [
        row(
            f"finding {DUE} due of {size.learners:,} learners / a full scan",
            "due",
            Goal(at_most=1 / 1_000),
        ),
        row("finding nobody due / a full scan", "nobody", Goal(at_most=1 / 10_000)),
    ]


def measure(file: LearnerDatabase, rounds: int) -> dict[str, float]:
    """Median seconds of each query, over rounds with a hundred learners of their own.

    Raises:
        AssertionError: the measurement is worth nothing, e.g. the index is not used.
    """
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        _make_due(file)
        for name, seconds in _queries(file).items():
            found.setdefault(name, []).append(seconds)
    return {name: median(seconds) for name, seconds in found.items()}


def _make_due(file: LearnerDatabase) -> None:
    """Make the reminder check of a hundred other learners due at the tick, and of nobody else."""
    learners = [(_TICK, learner) for _update, learner in file.take(DUE)]
    with closing(sqlite3.connect(file.path)) as connection, connection:
        connection.execute(
            "update learners set next_nudge_at = ? where next_nudge_at = ?", (_TICK + DAY, _TICK)
        )
        connection.executemany("update learners set next_nudge_at = ? where learner = ?", learners)


def _queries(file: LearnerDatabase) -> dict[str, float]:
    """Seconds of the query: with a hundred due, with nobody due, and without its index."""
    query = statements.load_sqlite_queries()[_QUERY]
    scan = query.replace("from learners", "from learners not indexed")
    values, before = {"now": _TICK, "most": MAX_PER_TICK}, {"now": _TICK - 1, "most": MAX_PER_TICK}
    with closing(sqlite3.connect(f"{file.path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("pragma cache_size = -65536")  # as the store has it

        def asks(sql: str, given: dict[str, int]) -> Callable[[], list[tuple[int, int]]]:
            return lambda: connection.execute(sql, given).fetchall()

        _check_plan(connection, query, values, uses_index=True)
        _check_plan(connection, scan, values, uses_index=False)
        due, nobody, scanned = asks(query, values), asks(query, before), asks(scan, values)
        assert sorted(due()) == sorted(scanned()), "both find the same learners"
        assert (len(due()), nobody()) == (DUE, [])
        return {
            "due": _seconds(due, _TIMES),
            "nobody": _seconds(nobody, _TIMES),
            "scan": _seconds(scanned, _SCANS),
        }


def _check_plan(
    connection: sqlite3.Connection, sql: str, values: dict[str, int], *, uses_index: bool
) -> None:
    """Check that the query plan is the one that the row claims."""
    plan = str(connection.execute(f"explain query plan {sql}", values).fetchall())
    assert (_INDEX in plan) is uses_index, plan


def _seconds(ask: Callable[[], object], times: int) -> float:
    """Median seconds of `ask`, with warm caches."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return median(took)
