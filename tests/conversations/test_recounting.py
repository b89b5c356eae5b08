"""Once a night the counters are compared with the facts; whoever administers hears of mistakes."""

import pytest

from bot.jobs.recounts import RECOUNT_TIME, find_first_night, is_recount_due
from course.model import LearnerId
from simulator.clock import Clock
from simulator.server import Simulator
from storage import recounts, roles
from storage.roles import Role
from tests.conversations.leading import person
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.statistics.test_counters import spoil
from tests.support.running import ADMIN, NOON, Stage, connected

HOUR = 3_600_000
DAY = 24 * HOUR
NIGHT = 20_000 * DAY + RECOUNT_TIME
MADE_ADMIN = 4_001


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        pytest.param(NIGHT - DAY, NIGHT - 1, False, id="not before the hour"),
        pytest.param(NIGHT - DAY, NIGHT, True, id="a day later"),
        pytest.param(NIGHT + 1, NIGHT + 9 * HOUR, False, id="not twice a day, whatever restarts"),
        pytest.param(NIGHT - 5 * HOUR, NIGHT + HOUR, True, id="although somebody did by hand"),
        pytest.param(NIGHT - 9 * DAY, NIGHT + 9 * HOUR, True, id="late, when nobody was there"),
        pytest.param(NIGHT + HOUR, NIGHT - DAY, False, id="not when the clock was set back"),
    ],
)
def test_it_is_due_once_after_each_quiet_hour(last: int, now: int, due: bool) -> None:
    assert is_recount_due(last, now) is due


@pytest.mark.parametrize(
    ("came", "now", "due"),
    [
        pytest.param(None, NIGHT + 6 * HOUR, False, id="not while nobody has come"),
        pytest.param(NIGHT + 6 * HOUR, NIGHT + 18 * HOUR, False, id="not on the first day"),
        pytest.param(
            NIGHT + 6 * HOUR, NIGHT + 30 * HOUR, True, id="although switched off at night"
        ),
        pytest.param(NIGHT + 6 * HOUR, NIGHT - DAY, False, id="not when the clock was set back"),
    ],
)
def test_the_first_is_due_after_a_night_whichever_run_met_the_first_learner(
    came: int | None, now: int, due: bool
) -> None:
    assert is_recount_due(find_first_night(came, now), now) is due


def heard(stage: Stage, number: int) -> list[str]:
    return [one.text for one in stage.simulator.world.chat(number) if one.from_bot]


async def test_a_mistake_is_repaired_at_night_and_admins_are_told(
    on_small: Stage, amina: Careful
) -> None:
    await Careful(on_small, ADMIN).says("/start")
    await person(on_small, MADE_ADMIN).says("/start")
    await on_small.store.write(
        roles.add_role(LearnerId(MADE_ADMIN), Role.ADMIN, LearnerId(ADMIN), 1),
        spoil(kind="reading", item="m1l1c1", count=5),
    )
    clock = on_small.simulator.world.clock
    await on_small.ticks()
    assert await recounts.fetch_last_recount(on_small.store) is None

    clock.advance(15 * 3600)  # from noon into the night
    await on_small.ticks()

    at, wrong = await recounts.fetch_last_recount(on_small.store) or (0, 0)
    assert (at, wrong) == (int(clock.now() * 1000), 1)
    assert (await recounts.recount_counters(on_small.store, at + 1)).is_correct
    await on_small.ticks()
    told = (
        "Each night I compare my statistics with what people really did. Tonight 1 figure was"
        " wrong. I have put it right. No learner has lost anything.\n\nThis should not happen:"
        " please tell who runs this bot. The log says more, under “recounted”."
    )
    assert [one for one in heard(on_small, ADMIN) if "statistics" in one] == [told]
    assert heard(on_small, MADE_ADMIN)[-1] == told
    assert "compare" not in amina.sees


@pytest.mark.usefixtures("amina")
async def test_a_night_without_mistakes_is_silent(on_small: Stage) -> None:
    clock = on_small.simulator.world.clock
    clock.advance(15 * 3600)
    await on_small.ticks()
    before = await recounts.fetch_last_recount(on_small.store)
    assert before == (int(clock.now() * 1000), 0)

    clock.advance(3600)
    await on_small.ticks()
    assert await recounts.fetch_last_recount(on_small.store) == before
    clock.advance(24 * 3600)
    await on_small.ticks()

    assert await recounts.fetch_last_recount(on_small.store) == (int(clock.now() * 1000), 0)
    assert heard(on_small, ADMIN) == []


async def test_a_bot_that_is_switched_off_every_night_makes_its_first_recount_the_next_day(
    store_url: str,
) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        clock = simulator.world.clock
        async with connected(simulator, store_url, SMALL) as first_day:
            await person(first_day, 1001).says("/start")
            await first_day.ticks()
            assert await recounts.fetch_last_recount(first_day.store) is None

        clock.advance(20 * 3600)  # to the morning
        async with connected(simulator, store_url, SMALL) as second_day:
            await second_day.ticks()

            assert await recounts.fetch_last_recount(second_day.store) == (
                int(clock.now() * 1000),
                0,
            )
