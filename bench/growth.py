"""Benchmark of the store: its rate, its growth, and the cost of counters."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from statistics import median
from typing import Any

from bench import stores
from bench.learners import LearnerDatabase, copy_database
from bench.question import FirstQuestion
from bench.sizes import Size
from bench.stores import Rate
from bench.table import Goal, Row, microseconds

# Callers who record answers at the same time.
CALLERS = 64

# An answer through aiosqlite takes several times as long: fewer of them tell as much.
_FEWER = 5

_Measure = Callable[[LearnerDatabase], Coroutine[Any, Any, Rate]]


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure everything about the store; return the rows."""
    both, single = (
        partial(stores.answer_with_store, asked=asked),
        partial(stores.only_write, asked=asked),
    )
    peers = partial(stores.answer_with_aiosqlite, asked=asked)
    few = min(size.answers, size.few)
    large: dict[str, _Measure] = {
        "ours": lambda file: both(file, answers=size.answers, callers=CALLERS),
        "peer": lambda file: peers(file, answers=size.answers // _FEWER, callers=CALLERS),
        "one": lambda file: both(file, answers=size.single, callers=1),
        "counted": lambda file: single(file, answers=size.answers, callers=CALLERS, counts=True),
        "plain": lambda file: single(file, answers=size.answers, callers=CALLERS, counts=False),
        "few answers": lambda file: both(file, answers=few, callers=CALLERS),
    }
    found: dict[str, list[Rate]] = {}
    with copy_database(size.learners, asked) as file:
        for _ in range(size.rounds):
            for name, measure in large.items():
                found.setdefault(name, []).append(asyncio.run(measure(file)))
            for name, answers, callers in (("small, one", size.single, 1), ("small", few, CALLERS)):
                with copy_database(size.few, asked) as small:
                    measured = both(small, answers=min(answers, few), callers=callers)
                    found.setdefault(name, []).append(asyncio.run(measured))
    return _rows(found, size)


def _rows(found: dict[str, list[Rate]], size: Size) -> list[Row]:
    rate = {name: median(one.a_second for one in rates) for name, rates in found.items()}
    half = {name: median(one.half_within for one in rates) for name, rates in found.items()}
    return [
        Row(
            f"answers committed a second, {CALLERS} callers, {size.learners:,} learners"
            " / aiosqlite with a commit an answer",
            f"{rate['ours']:,.0f}",
            f"{rate['peer']:,.0f}",
            rate["ours"] / rate["peer"],
            Goal(at_least=10),
        ),
        Row(
            f"p50 of a recorded answer, one caller, {size.learners:,} learners / {size.few:,}",
            microseconds(half["one"]),
            microseconds(half["small, one"]),
            half["one"] / half["small, one"],
            Goal(at_most=2),
        ),
        Row(
            f"the same with {CALLERS} callers, who share commits",
            microseconds(half["few answers"]),
            microseconds(half["small"]),
            half["few answers"] / half["small"],
            Goal(at_most=2),
        ),
        Row(
            f"time of an answer's transaction with counts / without, {CALLERS} callers",
            microseconds(1 / rate["counted"]),
            microseconds(1 / rate["plain"]),
            rate["plain"] / rate["counted"],
            Goal(at_most=1.3),
        ),
    ]
