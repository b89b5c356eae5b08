"""Making a cohort, inviting, joining, leaving."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.settings import Limits
from course import local_time
from course.model import LearnerId
from storage import cohorts, digests
from tests.conversations import leading
from tests.conversations.leading import AMINA, BARAKA, FARID, invites, joins
from tests.conversations.people import Careful
from tests.support.running import NOON, Stage

DAY = 24 * 3600


def at(zone: str, *when: int) -> int:
    return local_time.to_utc(zone, datetime(*when))  # noqa: DTZ001 - local


async def test_cohorts_with_markup_in_their_names_are_shown_as_typed(
    on_small: Stage, farid: Careful
) -> None:
    name = "<b>A&B</b> \u05d0\u05d1"
    cohort = await leading.makes_cohort(farid, name)
    link = await invites(farid, cohort)
    await farid.says("/cohorts")
    assert name in farid.sees

    amina = await joins(on_small, AMINA, link)

    assert name in amina.sees
    await farid.says(f"/cohort {name}")
    assert farid.sees.startswith(f"\u2068{name}\u2069")


async def test_a_cohort_is_changed(on_small: Stage, farid: Careful) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; zone Nairobi; deadline 1 May")

    await farid.taps("Change")
    await farid.taps("Name")
    await farid.says("Kisumu")
    await farid.taps("Change")
    await farid.taps("City of its clock")
    await farid.says("Lima")
    await farid.taps("Change")
    await farid.taps("Deadline")
    await farid.taps("Take it away")

    found = await cohorts.fetch_cohort(on_small.store, cohort)
    assert found is not None
    assert (found.name, found.zone, found.deadline) == ("Kisumu", "America/Lima", None)
    assert farid.sees.startswith("Kisumu")


@pytest.mark.journey
async def test_a_cohort_is_closed_opened_again_and_ended(on_small: Stage, farid: Careful) -> None:
    cohort = await leading.makes_cohort(farid)
    link = await invites(farid, cohort)
    await farid.says("/cohort nairobi")
    baraka = leading.person(on_small, BARAKA)

    await farid.taps("Close")
    assert "Closed: nobody can join" in farid.sees
    await baraka.says(f"/start {link}")
    assert baraka.sees.startswith("This link does not work")
    await farid.taps("Open again")
    await baraka.says(f"/start {link}")
    assert baraka.sees.startswith("You are invited")
    await farid.taps("End it")
    await farid.taps("End it")

    assert "Over." in farid.sees
    await baraka.taps("Do not join")
    await baraka.says(f"/start {link}")
    assert baraka.sees.startswith("This link does not work")
    await farid.presses(farid.newest.id, f"k:reopen:{cohort}:")
    assert farid.toast.startswith("I did not find that")


async def test_members_are_listed_page_by_page(on_small: Stage, farid: Careful) -> None:
    cohort = await leading.makes_cohort(farid)
    link = await invites(farid, cohort)
    for number in range(12):
        await joins(on_small, 5_000 + number, link)
    await farid.says("/cohort Nairobi")

    await farid.taps("Members")
    first = farid.newest.text
    await farid.taps("More")
    second = farid.newest.text
    await farid.taps("Earlier")

    assert farid.newest.text == first
    names = [line for page in (first, second) for line in page.split("\n") if ", since " in line]
    assert len(set(names)) == 12


def test_noon_is_what_these_tests_take_it_for() -> None:
    assert datetime.fromtimestamp(NOON, UTC).isoformat() == "2026-11-16T12:00:00+00:00"


async def test_in_another_city_the_dates_stay_what_the_calendar_shows(
    on_small: Stage, farid: Careful
) -> None:
    line = "Nairobi; zone Nairobi; start 1 March; deadline 31 March 18:00"
    cohort = await leading.makes_cohort(farid, line)
    await farid.taps("Change")
    await farid.taps("City of its clock")

    await farid.says("Lima")

    found = await cohorts.fetch_cohort(on_small.store, cohort)
    assert found is not None
    lima = "America/Lima"
    assert found.zone == lima
    assert (found.starts_at, found.deadline) == (at(lima, 2027, 3, 1), at(lima, 2027, 3, 31, 18))


async def test_a_start_behind_the_deadline_is_refused_in_words(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; zone Nairobi; deadline 31 March")
    await farid.taps("Change")
    await farid.taps("Start")

    await farid.says("1 April")

    assert farid.sees.endswith("It has to come before the deadline.")
    found = await cohorts.fetch_cohort(on_small.store, cohort)
    assert found is not None
    assert found.starts_at is None
    await farid.says("1 March")
    found = await cohorts.fetch_cohort(on_small.store, cohort)
    assert found is not None
    assert found.starts_at == at("Africa/Nairobi", 2027, 3, 1)


async def test_a_cohort_that_is_over_does_not_hide_one_of_the_same_name(
    farid: Careful,
) -> None:
    over = await leading.makes_cohort(farid, "Nairobi")
    await farid.presses(farid.newest.id, f"k:archive-now:{over}:")
    cohort = await leading.makes_cohort(farid, "Nairobi")

    await farid.says("/cohort Nairobi")

    assert farid.button("Change")[1].split(":")[2] == str(cohort)


async def test_who_turned_the_summary_off_gets_none_of_a_new_cohort(
    on_small: Stage, farid: Careful
) -> None:
    await leading.makes_cohort(farid, "Nairobi")
    await farid.says("/digest")
    await farid.taps("Turn it off")

    await leading.makes_cohort(farid, "Lima")

    hours = {
        hour for _name, hour in await digests.fetch_digest_hours(on_small.store, LearnerId(FARID))
    }
    assert hours == {None}


async def test_whoever_leads_as_many_cohorts_as_they_may_is_told_what_to_do(
    on_small: Stage, farid: Careful
) -> None:
    desk = on_small.tutor.context
    desk.services = replace(desk.services, limits=Limits(2))
    first = await leading.makes_cohort(farid, "First")
    await leading.makes_cohort(farid, "Second")

    await farid.says("/newcohort Third")

    assert farid.sees == (
        "One person may lead 2 cohorts here, and you do. End one with /cohorts before you make"
        " another, or ask whoever runs this bot to allow more."
    )
    await farid.presses(farid.newest.id, f"k:archive-now:{first}:")
    assert await leading.makes_cohort(farid, "Third")


async def test_a_cohort_beyond_what_one_may_lead_is_not_made_by_an_old_button_either(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort First")
    desk = on_small.tutor.context
    desk.services = replace(desk.services, limits=Limits(0))

    await farid.taps("Make it")

    assert farid.sees.startswith("One person may lead 0 cohorts here")
    assert await cohorts.fetch_facilitated_cohorts(on_small.store, FARID) == ()
