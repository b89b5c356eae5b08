"""A cohort's deadline in the reminders of its members."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from course.model import LearnerId
from course.reminders.preferences import Preferences
from course.reminders.rhythm import Rhythm
from storage import learners
from tests.conversations import leading
from tests.conversations.audit import audit
from tests.conversations.leading import AMINA, facilitates, invites, joins
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage, staged

HOUR = 3_600
ALL_SENT = replace(SMALL, rhythm=Rhythm(after_days=(30,), hold_out_percent=0))
WEDNESDAY = "Nairobi; zone Nairobi; deadline 25 November 18:00"


@pytest.fixture
async def on(store_url: str) -> AsyncIterator[Stage]:
    """The bot with a course that reminds after 30 days, and 48 hours before a deadline."""
    async with staged(store_url, ALL_SENT) as running:
        yield running
        audit(running.simulator.world)


@pytest.fixture
async def farid(on: Stage) -> Careful:
    """Farid, who makes cohorts; it is Monday, 16 November, 15:00 in Nairobi."""
    return await facilitates(on)


async def joined(on: Stage, link: str) -> Careful:
    """Amina, in Nairobi, who has joined by the link and begun."""
    amina = await joins(on, AMINA, link)
    await amina.taps("Continue")
    now = round(on.simulator.world.clock.now() * 1000)
    nairobi = learners.save_preferences(LearnerId(AMINA), Preferences(zone="Africa/Nairobi"), now)
    await on.store.write(nairobi)
    return amina


async def reminded(on: Stage, amina: Careful, hours: int) -> str | None:
    """When, in Nairobi, the first reminder comes within so many hours; `None` for none."""
    heard = amina.heard
    for _ in range(hours):
        on.simulator.world.clock.advance(HOUR)
        await on.ticks()
        if amina.heard > heard:
            moment = on.simulator.world.clock.now() + 3 * HOUR
            return datetime.fromtimestamp(moment, UTC).strftime("%a %d %H")
    return None


async def test_members_are_reminded_two_days_before_by_their_own_clock(
    on: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid, WEDNESDAY))
    amina = await joined(on, link)

    assert await reminded(on, amina, 9 * 24) in ("Mon 23 10", "Mon 23 11")
    assert "Wednesday 25 November, 18:00" in amina.sees


async def test_who_told_no_zone_reads_the_deadline_by_the_clock_of_the_group(
    on: Stage, farid: Careful
) -> None:
    amina = await joined(on, await invites(farid, await leading.makes_cohort(farid, WEDNESDAY)))
    await on.store.write(learners.save_preferences(LearnerId(AMINA), Preferences(), 1))

    assert await reminded(on, amina, 9 * 24) is not None
    assert "Wednesday 25 November, 18:00 in Nairobi" in amina.sees


async def test_a_deadline_that_is_set_later_counts_for_those_who_are_there(
    on: Stage, farid: Careful
) -> None:
    amina = await joined(on, await invites(farid, await leading.makes_cohort(farid)))
    await on.ticks()
    await farid.says("/cohort Nairobi")

    await farid.taps("Change")
    await farid.taps("City of its clock")
    await farid.says("Nairobi")
    await farid.taps("Change")
    await farid.taps("Deadline")
    await farid.says("25 November 18:00")

    assert await reminded(on, amina, 9 * 24) in ("Mon 23 10", "Mon 23 11")


@pytest.mark.parametrize("how", ["leaves", "is taken away", "is over"])
async def test_a_deadline_that_holds_no_more_reminds_nobody(
    on: Stage, farid: Careful, how: str
) -> None:
    cohort = await leading.makes_cohort(farid, WEDNESDAY)
    amina = await joined(on, await invites(farid, cohort))
    await farid.says("/cohort Nairobi")

    match how:
        case "leaves":
            await amina.says("/leave")
            await amina.taps("Nairobi")
            await amina.taps("Leave")
        case "is taken away":
            await farid.presses(farid.newest.id, f"k:clear:{cohort}:deadline")
        case _:
            await farid.presses(farid.newest.id, f"k:archive-now:{cohort}:")

    assert await reminded(on, amina, 9 * 24) is None


@pytest.mark.parametrize(
    ("goes", "returns"),
    [
        pytest.param("blocks", "unblocks", id="blocked"),
        pytest.param("/stop", "/start", id="stopped"),
        pytest.param("x:reminders:0", "x:reminders:1", id="paused"),
        pytest.param("w:pace:none", "w:pace:normal", id="no pace"),
    ],
)
async def test_who_comes_back_from_silence_hears_of_a_deadline_in_time(
    on: Stage, farid: Careful, goes: str, returns: str
) -> None:
    amina = await joined(on, await invites(farid, await leading.makes_cohort(farid, WEDNESDAY)))
    await does(on, amina, goes)
    assert await reminded(on, amina, 6 * 24) is None  # Sunday, 15:00

    await does(on, amina, returns)

    assert await reminded(on, amina, 48) in ("Mon 23 10", "Mon 23 11")


async def test_who_comes_back_after_silence_only_to_look_hears_of_a_deadline_in_time(
    on: Stage, farid: Careful
) -> None:
    amina = await joined(on, await invites(farid, await leading.makes_cohort(farid, WEDNESDAY)))
    await on.store.write(learners.schedule_reminder_check(LearnerId(AMINA), None))
    assert await reminded(on, amina, 5 * 24) is None

    await amina.says("/help")

    assert await reminded(on, amina, 48) in ("Mon 23 10", "Mon 23 11")


async def does(on: Stage, amina: Careful, what: str) -> None:
    """Block, unblock, type a command or press a button."""
    if what == "blocks":
        on.simulator.world.block(amina.id)
    elif what == "unblocks":
        on.simulator.world.unblock(amina.id)
    elif what.startswith("/"):
        await amina.says(what)
    else:
        await amina.presses(amina.newest.id, what)
    await on.settled()


async def test_of_two_cohorts_the_first_deadline_that_is_to_come_counts(
    on: Stage, farid: Careful
) -> None:
    amina = await joined(on, await invites(farid, await leading.makes_cohort(farid, WEDNESDAY)))
    other = "Lima; zone Nairobi; deadline 4 December 18:00"
    await joins(on, AMINA, await invites(farid, await leading.makes_cohort(farid, other)))

    first = await reminded(on, amina, 9 * 24)
    second = await reminded(on, amina, 10 * 24)

    assert first in ("Mon 23 10", "Mon 23 11")
    assert second in ("Wed 02 10", "Wed 02 11")
    assert "Friday 4 December, 18:00" in amina.sees
