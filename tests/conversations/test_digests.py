"""The daily digest: at the facilitator's hour, once, only when something is new, without names."""

import pytest

from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.audit import first_line_tells
from tests.conversations.leading import (
    AMINA,
    BARAKA,
    FARID,
    facilitates,
    makes_cohort,
    member,
    silent,
)
from tests.conversations.people import DAY, HOUR, Careful
from tests.course.examples import SMALL
from tests.support.running import NOON, Stage, connected

HEAD = "Your daily summary"


def digests(farid: Careful) -> list[str]:
    return [one.text for one in farid.messages if one.text.startswith(HEAD)]


async def at_nine(stage: Stage, person: Careful, days: int = 1) -> None:
    """Go on to a moment after nine in the morning in Nairobi, from one in the afternoon there."""
    person.waits(days * DAY - 5.5 * HOUR)
    await stage.ticks()
    person.waits(5.5 * HOUR)


@pytest.mark.journey
async def test_it_comes_in_the_morning_once_and_names_nobody(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort, days=0)
    await member(on_small, farid, cohort, BARAKA, "Baraka")
    farid.waits(9 * DAY)
    await on_small.ticks()
    assert digests(farid) == []

    await at_nine(on_small, farid)
    await on_small.ticks()

    (told,) = digests(farid)
    assert told.startswith(f"{HEAD}\n\nNairobi, March\n1 person silent\n1 person not started\n")
    assert "Amina" not in told
    assert "Baraka" not in told
    assert not first_line_tells(told)
    await farid.taps("Radar")
    assert "1. Amina" in farid.sees


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "retry_after"])
async def test_one_that_was_not_sent_is_told_by_the_next_days_and_not_at_every_tick(
    farid: Careful, cohort: int, on_small: Stage, fault: str
) -> None:
    await silent(on_small, farid, cohort)
    seconds = {"seconds": 61} if fault == "retry_after" else {}
    on_small.simulator.world.faults.add("sendMessage", fault, **seconds)

    await at_nine(on_small, farid)
    arrived = len(digests(farid))
    await on_small.ticks()
    await on_small.ticks()

    assert len(digests(farid)) == arrived == (fault == "drop_after")


async def test_without_anything_new_none_comes(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await at_nine(on_small, farid)
    assert len(digests(farid)) == 1

    await at_nine(on_small, farid)
    await at_nine(on_small, farid)
    assert len(digests(farid)) == 1

    await amina.says("/askfacilitator Where are you?")
    await at_nine(on_small, farid)
    assert "1 question waits for an answer" in digests(farid)[1]
    assert "silent" not in digests(farid)[1]


async def test_what_was_dealt_with_is_not_told(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await farid.says("/radar")
    await farid.taps("1 · Seen")

    await at_nine(on_small, farid)

    assert digests(farid) == []


async def test_it_comes_once_also_when_the_bot_was_started_anew_and_late(store_url: str) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        async with connected(simulator, store_url, SMALL) as first:
            farid = await facilitates(first)
            cohort = await makes_cohort(farid, "Nairobi, March; city Nairobi")
            await silent(first, farid, cohort)
            await at_nine(first, farid)
        async with connected(simulator, store_url, SMALL) as second:
            farid = Careful(second, FARID)
            await second.ticks()
            assert len(digests(farid)) == 1
            await member(second, farid, cohort, BARAKA)
            farid.waits(3 * DAY - 3 * HOUR)  # noon in Nairobi: three hours late
            await second.ticks()
            assert len(digests(farid)) == 2


async def test_too_late_in_the_day_it_waits_for_the_next_and_loses_nothing(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    farid.waits(DAY)
    await on_small.ticks()
    assert digests(farid) == []

    await at_nine(on_small, farid)

    assert len(digests(farid)) == 1


async def test_its_hour_can_be_set_and_it_can_be_turned_off(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await farid.says("/digest")
    assert "It comes at 09:00 by the clock of the cohort" in farid.sees
    await farid.taps("12:00")
    assert "It comes at 12:00" in farid.sees
    await at_nine(on_small, farid)
    assert digests(farid) == []

    await farid.taps("Turn it off")
    assert "It is off." in farid.sees
    farid.waits(DAY - 2.9 * HOUR)
    await on_small.ticks()
    assert digests(farid) == []

    await farid.taps("12:00")
    await on_small.ticks()
    assert len(digests(farid)) == 1
    await farid.taps("Another time")
    assert farid.labels[:2] == ["07:00", "08:00"]


async def test_a_learner_sets_no_digest(farid: Careful, cohort: int, on_small: Stage) -> None:
    amina = await member(on_small, farid, cohort, AMINA)

    await amina.says("/digest")

    assert amina.sees.startswith("I did not find that")


async def test_who_stopped_messages_gets_none_until_they_start_again(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await farid.says("/stop")
    await at_nine(on_small, farid)
    assert digests(farid) == []

    await farid.says("/start")
    await at_nine(on_small, farid)

    (told,) = digests(farid)
    assert "1 person silent" in told
