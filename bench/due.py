"""Benchmark of finding due reminders among very many learners, beside a full scan.

Everybody has read the first cards and told no time zone. The hundred who are due read them two days
before the others, and three days and half an hour before the tick.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

from bench.building import READ_AT
from bench.learners import LearnerDatabase, copy_database
from bench.question import FirstQuestion
from bench.sizes import Size
from bench.table import Goal, Row, microseconds
from bot.actions.learner_state import Services
from bot.i18n import Translators
from bot.jobs.reminders import MAX_PER_TICK, ReminderSender
from course.reminders.allowed_times import HOUR
from course.reminders.check_times import DAY
from storage import statements
from storage.store import Store

# Learners who are due at a tick.
DUE = 100

# When the ticks are, in UTC milliseconds: before anybody else is to be looked at.
_TICK = READ_AT + DAY + HOUR // 2

_READ_EARLIER = 2 * DAY

# Each query is timed so often in a round; a full scan takes long enough to be timed less often.
_TIMES, _SCANS = 200, 3

_QUERY = "fetch_due_learners"
_INDEX = "learners_to_nudge"


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure the queries and whole ticks; return the rows."""
    with copy_database(size.learners, asked) as file:
        return _rows(asyncio.run(measure(file, asked, size.rounds)), size)


async def measure(file: LearnerDatabase, asked: FirstQuestion, rounds: int) -> dict[str, float]:
    """Median seconds of each, over rounds with a hundred learners of their own.

    Raises:
        AssertionError: the measurement is worth nothing, e.g. the index is not used, or not every
            opportunity was taken once.
    """
    found: dict[str, list[float]] = {}
    store = await Store.open(file.url, _TICK)
    try:
        for _ in range(rounds):
            _make_due(file)
            for name, seconds in (*_queries(file).items(), *(await _ticks(store, asked)).items()):
                found.setdefault(name, []).append(seconds)
            _verify(file)
    finally:
        await store.close()
    return {name: median(seconds) for name, seconds in found.items()}


def _make_due(file: LearnerDatabase) -> None:
    """Give a hundred learners an earlier reading, and a reminder check at the tick."""
    learners = [(_READ_EARLIER, learner) for _update, learner in file.take(DUE)]
    with closing(sqlite3.connect(file.path, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        connection.executemany(
            "update learners set joined_at = joined_at - ?, next_nudge_at = ? where learner = ?",
            [(earlier, _TICK, learner) for earlier, learner in learners],
        )
        connection.executemany("update readings set at = at - ? where learner = ?", learners)
        connection.execute("commit")


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


async def _ticks(store: Store, asked: FirstQuestion) -> dict[str, float]:
    """Seconds of a whole reminder tick: a hundred opportunities taken; then nobody due."""
    nudging = ReminderSender(Services(asked.course, store), Translators.load(), lambda: _TICK)
    begun = time.perf_counter()
    looked_at = await nudging.tick()
    whole = time.perf_counter() - begun
    assert looked_at == DUE, f"{looked_at} learners were due, and not {DUE}"
    empty = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        assert await nudging.tick() == 0
        empty.append(time.perf_counter() - begun)
    return {"tick": whole, "empty tick": median(empty)}


def _verify(file: LearnerDatabase) -> None:
    """Check that each learner made due has one opportunity, queued unless held out."""
    with closing(sqlite3.connect(file.path)) as connection:
        ((taken, sent),) = connection.execute(
            "select count(*), sum(arm = 'send') from nudges"
        ).fetchall()
        ((queued,),) = connection.execute("select count(*) from deliveries").fetchall()
    assert (taken, queued) == (file.taken, sent), f"{taken} taken, {queued} of {sent} queued"


def _rows(seconds: dict[str, float], size: Size) -> list[Row]:
    scan = seconds["scan"]

    def row(figure: str, name: str, goal: Goal | None = None) -> Row:
        return Row(
            figure, microseconds(seconds[name]), microseconds(scan), seconds[name] / scan, goal
        )

    return [
        row(
            f"finding {DUE} due of {size.learners:,} learners / a full scan",
            "due",
            Goal(at_most=1 / 700),
        ),
        row("finding nobody due / a full scan", "nobody", Goal(at_most=1 / 10_000)),
        row(f"a whole tick that takes {DUE} opportunities, on disk / a full scan", "tick"),
        row("a whole empty tick / a full scan", "empty tick"),
    ]
