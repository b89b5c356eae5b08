"""Records answers in the store: beside a commit per answer, and with or without counters."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from statistics import median

import aiosqlite
import orjson

from bench.learners import LearnerDatabase
from bench.question import FirstQuestion
from course.learning.progress import Attempt
from course.model import LearnerId, OptionId
from course.statistics.counters import AnswerDetails
from storage import facts, inbox, statements
from storage.inbox import ReceivedUpdate
from storage.statements import Statement
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


async def answer_with_store(
    file: LearnerDatabase, asked: FirstQuestion, answers: int, callers: int, *, counts: bool = True
) -> Rate:
    """Through this bot's store: reads the learner's history, and adds the answer.

    Args:
        counts: also keep the rolled-up counts, as the bot does.
    """
    store = await Store.open(file.url, _NOW)

    async def record(update: int, learner: int) -> None:
        await store.fetch_history(LearnerId(learner))
        await store.write(*_answer(asked, update, learner, counts=counts))

    try:
        return await _timed(file, asked, record, answers, callers)
    finally:
        await store.close()


async def only_write(
    file: LearnerDatabase, asked: FirstQuestion, answers: int, callers: int, *, counts: bool
) -> Rate:
    """The answer's transaction alone."""
    store = await Store.open(file.url, _NOW)

    async def record(update: int, learner: int) -> None:
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
    kept = added if counts else [one for one in added if not one.name.startswith("count_")]
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
