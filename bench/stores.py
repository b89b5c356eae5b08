"""Benchmark of recording answers: beside a commit per answer, by size, and what counters cost."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import aiosqlite
import orjson

from bench.learner_files import LearnerDatabase, copy_database
from bench.question import FirstQuestion
from bench.run_sizes import Size
from bench.table import Goal, Row, microseconds
from course.learning.progress import Attempt
from course.model import LearnerId, OptionId
from course.statistics.counters import AnswerDetails
from storage import facts, inbox, statements
from storage.inbox import ReceivedUpdate
from storage.statements import Phase, Statement
from storage.store import Store

# When every answer was given, in UTC milliseconds.
_NOW = 1_795_521_600_000

# Records the answer of one learner, whose update lies in the inbox; returns when it is committed.
Record = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rate:
    """Rate of recorded answers.

    Attributes:
        a_second: answers committed.
        half_within: seconds that half of them took at most (p50).
    """

    a_second: float
    half_within: float


# Callers who record answers at the same time.
CALLERS = 64

# An answer through aiosqlite takes several times as long: fewer of them tell as much.
_FEWER = 5


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure the store with many learners and with few; return the rows."""
    ours = partial(answer_with_store, asked=asked)
    few = min(size.answers, size.few)
    found: dict[str, list[Rate]] = {}

    def run(name: str, measured: Coroutine[Any, Any, Rate]) -> None:
        found.setdefault(name, []).append(asyncio.run(measured))

    with copy_database(size.learners, asked) as file:
        for _ in range(size.rounds):
            run("ours", ours(file, answers=size.answers, callers=CALLERS))
            run("peer", answer_with_aiosqlite(file, asked, size.answers // _FEWER, CALLERS))
            run("one", ours(file, answers=size.single, callers=1))
            for name, counts in (("counted", True), ("plain", False)):
                only = ours(file, answers=size.answers, callers=CALLERS, counts=counts, reads=False)
                run(name, only)
            run("few answers", ours(file, answers=few, callers=CALLERS))
            for name, answers, callers in (("small, one", size.single, 1), ("small", few, CALLERS)):
                with copy_database(size.few, asked) as small:
                    run(name, ours(small, answers=min(answers, few), callers=callers))
    return _rows(found, size)


def _rows(found: dict[str, list[Rate]], size: Size) -> list[Row]:
    rate = {name: median(one.a_second for one in rates) for name, rates in found.items()}
    half = {name: median(one.half_within for one in rates) for name, rates in found.items()}

    def growth(figure: str, large: str, small: str) -> Row:
        ratio = half[large] / half[small]
        return Row(
            figure, microseconds(half[large]), microseconds(half[small]), ratio, Goal(at_most=1.5)
        )

    return [
        Row(
            f"answers committed a second, {CALLERS} callers, {size.learners:,} learners"
            " / aiosqlite with a commit an answer",
            f"{rate['ours']:,.0f}",
            f"{rate['peer']:,.0f}",
            rate["ours"] / rate["peer"],
            Goal(at_least=8),
        ),
        growth(
            f"p50 of a recorded answer, one caller, {size.learners:,} learners / {size.few:,}",
            "one",
            "small, one",
        ),
        growth(f"the same with {CALLERS} callers, who share commits", "few answers", "small"),
        Row(
            f"time of an answer's transaction with counts / without, {CALLERS} callers",
            microseconds(1 / rate["counted"]),
            microseconds(1 / rate["plain"]),
            rate["plain"] / rate["counted"],
            Goal(at_most=1.3),
        ),
    ]


async def answer_with_store(
    file: LearnerDatabase,
    asked: FirstQuestion,
    answers: int,
    callers: int,
    *,
    counts: bool = True,
    reads: bool = True,
) -> Rate:
    """Through this bot's store.

    Args:
        counts: also keep the rolled-up counts, as the bot does.
        reads: first read the learner's history, as the bot does.
    """
    store = await Store.open(file.url, _NOW)

    async def record(update: int, learner: int) -> None:
        if reads:
            await store.fetch_history(LearnerId(learner))
        await store.write(*_answer(asked, update, learner, counts=counts))

    try:
        return await _timed(file, asked, record, answers, callers)
    finally:
        await store.close()


async def answer_with_aiosqlite(
    file: LearnerDatabase, asked: FirstQuestion, answers: int, callers: int
) -> Rate:
    """Through aiosqlite with a transaction per answer: the same statements, sequentially."""
    sql = statements.load_sqlite_queries()
    turn = asyncio.Lock()
    async with aiosqlite.connect(file.path, isolation_level=None) as connection:
        for pragma in ("journal_mode = wal", "synchronous = full", "cache_size = -65536"):
            await connection.execute(f"pragma {pragma}")

        async def run(one: Statement) -> None:
            await connection.execute(sql[one.name], dict(one.values))

        async def record(update: int, learner: int) -> None:
            async with turn:
                await connection.execute("begin immediate")
                for query in ("fetch_learner", "fetch_facts"):
                    await connection.execute_fetchall(sql[query], {"learner": learner})
                for one in _answer(asked, update, learner, counts=True):
                    await run(one)
                await connection.execute("commit")

        return await _timed(file, asked, record, answers, callers)


def _answer(
    asked: FirstQuestion, update: int, learner: int, *, counts: bool
) -> tuple[Statement, ...]:
    chosen: OptionId = asked.question.options[0].id
    attempt = Attempt(asked.question.id, 1, frozenset({chosen}), False, _NOW, update)
    known = AnswerDetails(hour=42, seconds=20, prior_score=7)
    added = facts.add_attempt(LearnerId(learner), attempt, asked.course.version, known)
    kept = added if counts else [one for one in added if one.phase is Phase.FACTS]
    return (*kept, inbox.mark_update_applied(update, _NOW))


async def _timed(
    file: LearnerDatabase, asked: FirstQuestion, record: Record, answers: int, callers: int
) -> Rate:
    taken = file.take(answers)
    _receive(file, asked, taken)
    waiting = iter(taken)
    took: list[float] = []

    async def call() -> None:
        for update, learner in waiting:
            begun = time.perf_counter()
            await record(update, learner)
            took.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(callers)))
    return Rate(answers / (time.perf_counter() - begun), median(took))


def _receive(file: LearnerDatabase, asked: FirstQuestion, taken: list[tuple[int, int]]) -> None:
    """Insert the updates into the inbox."""
    sql = statements.load_sqlite_queries()["receive_update"]
    with closing(sqlite3.connect(file.path, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        for update, learner in taken:
            body = orjson.dumps(asked.press(update, learner)).decode()
            values = inbox.receive_update(ReceivedUpdate(update, learner, body, _NOW)).values
            connection.execute(sql, dict(values))
        connection.execute("commit")
