"""Making a cohort: step by step, or in one line."""

from datetime import datetime

import pytest

from course import local_time
from storage import cohorts
from storage.cohorts import CohortState
from tests.conversations import leading
from tests.conversations.leading import FARID
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage


@pytest.mark.journey
async def test_a_cohort_is_made_of_a_name_and_a_city_and_what_else_is_wanted(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort")
    assert farid.sees.startswith("What is the cohort called?")
    await farid.says("Nairobi,  March")
    await farid.says("nairobi")
    assert farid.sees.startswith(
        "This is the cohort as I understand it:\n\nNairobi, March\nNairobi"
    )
    await farid.taps("Start")
    await farid.says("1 March")
    await farid.taps("Deadline")
    await farid.says("31 March 18:00")
    await farid.taps("Welcome text")
    await farid.taps("Skip")
    await farid.taps("Places")
    await farid.says("20")
    assert "Deadline: Wednesday 31 March 2027, 18:00 (Nairobi)" in farid.sees

    await farid.taps("Make it")

    (made,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    assert made.name == "Nairobi, March"
    assert made.zone == "Africa/Nairobi"
    assert made.starts_at == at("Africa/Nairobi", 2027, 3, 1)
    assert made.deadline == at("Africa/Nairobi", 2027, 3, 31, 18)
    assert (made.capacity, made.welcome, made.state) == (20, "", CohortState.OPEN)
    assert farid.sees.startswith("Nairobi, March\n\nOpen: people can join. 0 of 20 places are")


async def test_a_cohort_with_its_link_takes_at_most_six_steps_from_home(farid: Careful) -> None:
    steps = (
        farid.says("/newcohort"), farid.says("Nairobi, March"), farid.taps("Nairobi"),
        farid.taps("Make it"), farid.taps("Invite"), farid.taps("For 30 days"),
    )  # fmt: skip

    for step in steps:
        await step

    assert len(steps) <= 6
    assert leading.payload(farid.newest)


async def test_a_deadline_is_chosen_from_a_calendar_of_the_next_weeks(
    on_small: Stage, farid: Careful
) -> None:
    await begins(farid)
    await farid.taps("Deadline")

    await farid.taps("Choose from a calendar")
    assert farid.labels[:2] == ["16 Nov to 22 Nov", "23 Nov to 29 Nov"]
    await farid.taps("16 Nov to 22 Nov")
    assert farid.labels[0] == "Monday 16 November", "no day that is over"
    await farid.taps("Back")
    await farid.taps("More")
    await farid.taps("More")
    assert "8 Feb to 14 Feb" in farid.labels
    await farid.taps("Back")
    await farid.taps("11 Jan to 17 Jan")
    await farid.taps("Back")
    await farid.taps("11 Jan to 17 Jan")
    await farid.taps("Friday 15 January")
    await farid.taps("Make it")

    (made,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    assert made.deadline == at("Africa/Nairobi", 2027, 1, 15, 23, 59)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("next monday", "Monday 23 November 2026"), ("in 6 weeks", "Monday 28 December 2026")],
)
async def test_a_deadline_is_understood_as_people_say_it(
    farid: Careful, typed: str, day: str
) -> None:
    await begins(farid)
    await farid.taps("Deadline")

    await farid.says(typed)

    assert f"Deadline: {day}, 23:59 (Nairobi)" in farid.sees


async def test_every_step_has_a_way_back_that_changes_nothing(farid: Careful) -> None:
    await begins(farid)
    form = farid.sees
    for field in ("Deadline", "Start", "Welcome text", "Places"):
        await farid.taps(field)
        await farid.taps("Back")
        assert farid.sees == form

    await farid.taps("Back")
    assert farid.sees.startswith("By the clock of which city")
    await farid.taps("Back")
    assert farid.sees.startswith("What is the cohort called?")
    assert farid.labels == ["Cancel"]
    await farid.says("Kisumu")

    assert farid.sees == form.replace("\n\nNairobi, March", "\n\nKisumu")


async def test_after_another_city_dates_stay_what_its_calendar_shows(farid: Careful) -> None:
    await begins(farid)
    await farid.taps("Deadline")
    await farid.says("31 March 18:00")
    await farid.taps("Back")

    await farid.says("Lima")

    assert "Deadline: Wednesday 31 March 2027, 18:00 (Lima)" in farid.sees


async def test_an_old_button_of_another_step_does_nothing(farid: Careful) -> None:
    await begins(farid)
    await farid.taps("Deadline")
    skip, back = farid.button("Skip"), farid.button("Back")
    await farid.says("31 March")

    for old in (skip, back):
        await farid.presses(*old)

    assert "Deadline: Wednesday 31 March 2027" in farid.sees


async def test_a_cohort_is_made_in_one_line(on_small: Stage, farid: Careful) -> None:
    await leading.makes_cohort(
        farid, "Lima; city Lima; until 3 May; places 5; welcome Hola <b>all</b> & more"
    )

    (made,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    assert (made.name, made.zone, made.capacity) == ("Lima", "America/Lima", 5)
    assert made.deadline == at("America/Lima", 2027, 5, 3, 23, 59)
    assert made.welcome == "Hola <b>all</b> & more"


async def test_a_line_that_cannot_be_read_tells_all_that_is_wrong_and_makes_nothing(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort Lima; deadline 31 June; places many; pizza on Fridays")

    assert "I could not read this as a day" in farid.sees
    assert "Please type a number from 1 to 10,000." in farid.sees
    assert "I do not know what this means: pizza on Fridays" in farid.sees
    assert await cohorts.fetch_facilitated_cohorts(on_small.store, FARID) == ()


def at(zone: str, *when: int) -> int:
    return local_time.to_utc(zone, datetime(*when))  # noqa: DTZ001 - local


async def begins(farid: Careful) -> None:
    """Name and city: the form of the cohort is open."""
    await farid.says("/newcohort")
    await farid.says("Nairobi, March")
    await farid.says("Nairobi")


WRONG = {
    "Start": ["3/4", "31 June", "yesterday", "1 March 2019"],
    "Deadline": ["28 February 2026", "1 March 25:00", "18:00"],
    "Welcome text": ["x" * 501],
    "Places": ["0", "10001", "\u00b2", "-1", "9" * 99, "0" * 8 + "5" * 40],
}


@pytest.mark.parametrize(
    ("field", "typed"), [(field, typed) for field, wrong in WRONG.items() for typed in wrong]
)
async def test_an_answer_that_does_not_fit_is_asked_for_again_and_the_buttons_stay(
    farid: Careful, field: str, typed: str
) -> None:
    await begins(farid)
    await farid.taps(field)
    asked, labels = farid.sees, farid.labels

    await farid.says(typed)

    assert farid.sees != asked
    assert farid.labels == labels
    await farid.taps("Skip")
    assert farid.sees.startswith("This is the cohort as I understand it:")


@pytest.mark.parametrize(
    ("before", "typed"), [((), "\u202e"), ((), "x" * 41), (("N",), "Atlantis"), (("N",), "3")]
)
async def test_a_name_or_a_city_that_does_not_fit_is_asked_for_again(
    farid: Careful, before: tuple[str, ...], typed: str
) -> None:
    await farid.says("/newcohort")
    for answer in before:
        await farid.says(answer)
    asked = farid.sees

    await farid.says(typed)

    assert farid.sees != asked
    await farid.taps("Cancel")
    assert farid.sees == "All right. Nothing was changed."


async def test_an_error_about_a_day_reads_as_sentences(farid: Careful) -> None:
    await begins(farid)
    await farid.taps("Start")

    await farid.says("soon")

    assert farid.sees == (
        "I could not read this as a day within the next year. Please write the month as a word, as"
        " in 3 April. I also understand next Monday, or in 6 weeks.\nIt has to come before the"
        " deadline."
    )


async def test_cancel_ends_the_dialogue_and_letters_are_answers_again(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/start")
    await farid.taps("Start")
    await farid.goes_to_question()
    await farid.says("/newcohort")

    await farid.says("/cancel")
    assert farid.sees == "All right. Nothing was changed."
    await farid.says("A")

    assert farid.sees.startswith("You chose A")
    assert await cohorts.fetch_facilitated_cohorts(on_small.store, FARID) == ()
    await farid.says("/cancel")
    assert farid.sees == "There is nothing to cancel."


async def test_a_dialogue_is_forgotten_after_a_day(farid: Careful) -> None:
    await farid.says("/newcohort")

    farid.waits(DAY + 1)
    await farid.says("Nairobi")

    assert not farid.sees.startswith("By the clock of which city")


@pytest.mark.journey
async def test_a_dialogue_goes_on_after_a_restart_of_the_database_connection(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort")
    await farid.says("Nairobi")

    await on_small.store.run_maintenance(before=0, tries=3)
    await farid.says("Nairobi")

    assert farid.sees.startswith("This is the cohort as I understand it:")


async def test_the_same_update_a_second_time_makes_one_cohort(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort Nairobi")
    message, data = farid.button("Make it")

    await farid.presses_at_once((message, data), (message, data), (message, data))

    assert len(await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)) == 1
