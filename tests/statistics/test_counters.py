"""Counters equal the facts after whatever happens in whatever order, kills among it."""

import asyncio
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import AlreadyRecountingError
from storage.recounts import Recount, fetch_last_recount, recount_counters
from storage.statements import Statement, Value, statement
from storage.store import Store
from tests.conftest import Lend
from tests.statistics.interleaving import Deed, Kill, Moment, Stage
from tests.statistics.world import COHORTS, NOW, live, prepare
from tests.support.tables import rows

DAY = 24 * 3_600_000

ROOT = Path(__file__).parent.parent.parent

WHAT = ("on",) * 8 + ("join", "join", "leave", "forget", "move")
DEEDS = st.builds(
    Deed,
    who=st.integers(0, 3),
    what=st.sampled_from(WHAT),
    number=st.integers(0, 11),
    later=st.sampled_from((1_000, 20_000, 400_000, DAY // 2, 3 * DAY, 120 * DAY, -2 * DAY)),
)
MOMENTS = st.tuples(
    st.lists(DEEDS, min_size=1, max_size=4),
    st.sampled_from((Kill.NOT, Kill.NOT, Kill.AGAIN, Kill.BEFORE, Kill.AFTER)),
)

# Days of facts of any kind (0), of first answers (1) and of those of which the hour is kept (2),
# as the table of visits should have them.
DAYS = """
select learner, 0, at / 86400000 from readings
union select learner, 0, at / 86400000 from attempts
union select learner, 1, at / 86400000 from attempts where ordinal = 1
union select learner, 2, at / 86400000 from attempts where ordinal = 1 and hour is not null
order by 1, 2, 3
"""
BELONGING = "select learner, cohort from memberships where left_at is null order by 1, 2"


@settings(max_examples=10, deadline=None)
@given(st.lists(MOMENTS, min_size=5, max_size=25))
async def test_counters_equal_the_facts_after_whatever_happens(
    lent_store: Lend, moments: list[Moment]
) -> None:
    async with lent_store() as url:
        stage = Stage(url)
        await stage.begin()
        for moment in moments:
            await stage.happens(moment)

        counted = await recount_counters(stage.store, NOW)
        await stage.store.close()

        assert counted.is_correct, counted
        visits = "select learner, what, day from visits order by 1, 2, 3"
        assert await rows(url, visits) == await rows(url, DAYS)
        settled = "select learner, cohort from counted order by 1, 2"
        assert await rows(url, settled) == await rows(url, BELONGING)
        ((kept,),) = await rows(url, "select count(*) from attempts")
        ((told,),) = await rows(
            url,
            "select coalesce(sum(count), 0) from counts where cohort = 0 and kind like '% answer'",
        )
        assert told == kept + stage.gone
        minus = "select count(*) from counts where count < 0 or correct < 0"
        assert await rows(url, minus) == [(0,)]


SPOILT = (
    {"kind": "first answer", "item": "m1l1q1", "number": 7, "options": "a", "correct": 1},
    {"kind": "later answer", "item": "m1l1q1", "number": -1, "options": "b"},
    {"kind": "hour", "day": 20_700, "number": 3, "count": -2},
    {"kind": "visit", "item": "0", "day": 20_700, "number": 1},
    {"kind": "reached", "item": "m1", "day": 20_700},
    {"kind": "passed", "item": "m1", "day": 20_700, "number": 12},
    {"kind": "time", "item": "m1l1q1", "number": 9},
    {"kind": "reading", "item": "m1l1c1", "count": 5},
)
PLAIN: dict[str, Value] = {
    "cohort": 0, "item": "", "day": 0, "number": 0, "options": "", "count": 1, "correct": 0,
}  # fmt: skip


def spoil(**values: Value) -> Statement:
    """Add to a counter what nobody did."""
    return statement("mend_count", **PLAIN | values)


async def test_a_recount_finds_every_kind_of_mistake_and_repairs_it(store_url: str) -> None:
    store = await Store.open(store_url, NOW)
    try:
        await prepare(store)
        await live(store, 30)
        assert (await recount_counters(store, NOW)).is_correct
        for values in SPOILT:
            everybody = values["kind"] in {"time", "reading"}
            for cohort in (0,) if everybody else (0, COHORTS[0]):
                await store.write(spoil(**values, cohort=cohort))  # type: ignore[arg-type]

        found = await recount_counters(store, NOW + 1)

        assert found.wrong_counters == {
            "first answer": 2, "later answer": 2, "hour": 2, "visit": 2, "reached": 2,
            "passed": 2, "time": 1, "reading": 1,
        }  # fmt: skip
        assert found.error_count == 14
        assert await fetch_last_recount(store) == (NOW + 1, 14)
        assert (await recount_counters(store, NOW + 2)).is_correct
    finally:
        await store.close()


async def written_until_killed(url: str, seed: int, enough: int) -> None:
    """Run tests/statistics/writing.py, and kill it after `enough` acknowledgements."""
    writing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.statistics.writing", url, str(seed)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert writing.stdout is not None
    for _ in range(enough):
        assert await writing.stdout.readline(), "it ended by itself"
    writing.kill()
    await writing.communicate()


@pytest.mark.timeout(150)
async def test_three_killed_writers_leave_counters_that_equal_the_facts(store_url: str) -> None:
    store = await Store.open(store_url, NOW)
    try:
        await prepare(store)

        for first in (1, 4):  # whoever comes later finds what the killed ones left
            await asyncio.gather(
                *(written_until_killed(store_url, first + n, 40 + 60 * n) for n in range(3))
            )

        assert (await rows(store_url, "select count(*) from counts where gone = 1"))[0][0]
        assert (await rows(store_url, "select count(*) from counted"))[0][0]
        assert (await recount_counters(store, NOW)).is_correct
    finally:
        await store.close()


async def test_two_recounts_never_repair_the_same_mistake_twice(store_url: str) -> None:
    store = await Store.open(store_url, NOW)
    try:
        await store.write(spoil(kind="reading", item="m1l1c1", count=5))

        done = await asyncio.gather(
            *(recount_counters(store, NOW + n) for n in range(3)), return_exceptions=True
        )

        made = [one for one in done if isinstance(one, Recount)]
        assert sum(one.error_count for one in made) == 1
        others = [one for one in done if one not in made]
        assert all(isinstance(one, AlreadyRecountingError) for one in others), others
        assert (await recount_counters(store, NOW + 9)).is_correct
    finally:
        await store.close()


async def test_a_recount_that_was_killed_is_waited_for_an_hour(store_url: str) -> None:
    store = await Store.open(store_url, NOW)
    try:
        until = NOW + 3_600_000
        dead = {"lease": "recount", "holder": "dead", "now": NOW, "until": until}
        await store.write(statement("acquire_lease", **dead))

        with pytest.raises(AlreadyRecountingError, match="60 minutes"):
            await recount_counters(store, until - 1)
        assert (await recount_counters(store, until)).is_correct
    finally:
        await store.close()


async def test_a_recount_counts_whoever_is_counted_elsewhere_where_they_belong(
    store_url: str,
) -> None:
    store = await Store.open(store_url, NOW)
    try:
        await prepare(store)
        await live(store, 30)
        ((learner,),) = await rows(store_url, "select min(learner) from attempts")
        link = f"link{COHORTS[3]}"
        joined = {"learner": learner, "membership": 77, "digest": link, "at": NOW}
        await store.write(statement("join_cohort", **joined, name=None, pseudonym="Oak 7"))

        found = await recount_counters(store, NOW)

        assert (found.miscounted_learners, found.wrong_counters) == (1, {})
        assert (await recount_counters(store, NOW + 1)).is_correct
    finally:
        await store.close()
