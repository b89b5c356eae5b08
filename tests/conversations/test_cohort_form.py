"""Making a cohort: step by step, or in one line."""

from datetime import datetime

import pytest

from course import local_time
from storage import cohorts
from storage.cohorts import CohortState
from tests.conversations import leading
from tests.conversations.leading import FARID
from tests.conversations.people import Careful
from tests.support.running import Stage


@pytest.mark.journey
async def test_a_cohort_is_made_by_answering_one_question_after_the_other(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort")
    assert farid.sees.startswith("Step 1 of 6\n\nWhat is the cohort called?")
    await farid.says("Nairobi,  March")
    await farid.says("nairobi")
    await farid.says("1 March")
    await farid.says("31 March 18:00")
    await farid.taps("Skip")
    assert farid.sees.startswith("Step 6 of 6")
    await farid.says("20")
    assert farid.sees.startswith("This is the cohort as I understand it:\n\nNairobi, March")
    assert "Deadline: Wednesday 31 March 2027, 18:00 (Nairobi)" in farid.sees

    await farid.taps("Make it")

    (made,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    assert made.name == "Nairobi, March"
    assert made.zone == "Africa/Nairobi"
    assert made.starts_at == at("Africa/Nairobi", 2027, 3, 1)
    assert made.deadline == at("Africa/Nairobi", 2027, 3, 31, 18)
    assert (made.capacity, made.welcome, made.state) == (20, "", CohortState.OPEN)
    assert farid.sees.startswith("Nairobi, March\n\nOpen: people can join. 0 of 20 places are")


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


DAY = 24 * 3600


def at(zone: str, *when: int) -> int:
    return local_time.to_utc(zone, datetime(*when))  # noqa: DTZ001 - local


WRONG = {
    "name": ((), ["   ", "\u202e", "x" * 41]),
    "zone": (("N",), ["Atlantis", "", "3"]),
    "starts": (("N", "Nairobi"), ["3/4", "31 June", "yesterday", "1 March 2019"]),
    "deadline": (("N", "Nairobi", "1 March"), ["28 February", "1 March 25:00", "18:00"]),
    "welcome": (("N", "Nairobi", "1 March", "2 March"), ["x" * 501]),
    "capacity": (
        ("N", "Nairobi", "1 March", "2 March", "Hi"),
        ["0", "10001", "²", "-1", "9" * 99, "0" * 8 + "5" * 40],
    ),
}


@pytest.mark.parametrize(
    ("before", "typed"),
    [(before, typed) for before, wrong in WRONG.values() for typed in wrong if typed],
)
async def test_an_answer_that_does_not_fit_is_asked_for_again(
    farid: Careful, before: tuple[str, ...], typed: str
) -> None:
    await farid.says("/newcohort")
    for answer in before:
        await farid.says(answer)
    asked = farid.sees
    if not typed.strip():
        return

    await farid.says(typed)

    assert farid.labels == ["Cancel"]
    assert farid.sees != asked
    await farid.taps("Cancel")
    assert farid.sees == "All right. Nothing was changed."


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

    assert not farid.sees.startswith("Step 2")


@pytest.mark.journey
async def test_a_dialogue_goes_on_after_a_restart_of_the_database_connection(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort")
    await farid.says("Nairobi")

    await on_small.store.run_maintenance(before=0, tries=3)
    await farid.says("Nairobi")

    assert farid.sees.startswith("Step 3 of 6")


async def test_the_same_update_a_second_time_makes_one_cohort(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort Nairobi")
    message, data = farid.button("Make it")

    await farid.presses_at_once((message, data), (message, data), (message, data))

    assert len(await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)) == 1
