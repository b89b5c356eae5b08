"""Every figure on every screen equals one reckoned apart, in plain Python over the facts."""

from bot.actions.learner_settings import delete_learner
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage.recounts import recount_counters
from storage.statistics import fetch_completion_curve
from storage.store import Store
from tests.statistics.comparing import compared, wrong
from tests.statistics.facts import export
from tests.statistics.moments import World
from tests.statistics.test_counters import spoil
from tests.statistics.world import COHORTS, FIRST, NOW, TODAY, WIDE, live, prepare

PEOPLE = 400
"""As many as a test has time for; `python -m tests.statistics` does the same with 5,000."""


async def lived(store: Store, people: int) -> World:
    """A world whose facts were exported before every eleventh person deleted their data."""
    await prepare(store)
    await live(store, people)
    everybody = [LearnerId(FIRST + number) for number in range(people)]
    exported = await export(store, everybody)
    for number, learner in enumerate(everybody[::11]):
        await delete_learner(Services(WIDE, store), Interaction(learner, "en", 10**9 + number, NOW))
    return World(WIDE, TODAY, exported)


async def test_every_figure_equals_one_reckoned_from_the_facts(store_url: str) -> None:
    store = await Store.open(store_url, NOW)
    try:
        world = await lived(store, PEOPLE)

        found = await compared(store, world, COHORTS)

        assert wrong(found) == []
        said = {name.rpartition(": ")[2] for name, value, _ in found if value not in (None, [], ())}
        assert {"minutes ValueTrend", "hours", "module", "m3l1q1 discrimination"} <= said
        assert (await recount_counters(store, NOW)).is_correct

        off = spoil(kind="passed", item="#finished", day=TODAY - 1, number=60, count=5)
        await store.write(off)
        assert wrong(await compared(store, world, COHORTS)), "the comparison finds nothing"
    finally:
        await store.close()


async def test_a_day_on_which_only_people_finished_who_left_since_is_no_day(
    store_url: str,
) -> None:
    store = await Store.open(store_url, NOW)
    try:
        counted = {"kind": "passed", "cohort": 7, "item": "#finished", "number": 60}
        for day, count in ((TODAY - 3, 5), (TODAY - 2, 1), (TODAY - 2, -1)):
            await store.write(spoil(**counted, day=day, count=count))  # type: ignore[arg-type]

        assert [day for day, _ in (await fetch_completion_curve(store, 7)).days] == [TODAY - 3]
    finally:
        await store.close()
