"""Making a cohort, inviting, joining, leaving."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from course import local_time
from course.model import LearnerId
from storage import cohorts, digests, memberships
from storage.cohorts import CohortState
from tests.conversations import leading
from tests.conversations.leading import AMINA, BARAKA, FARID, invites, joins
from tests.conversations.people import Careful
from tests.support.running import NOON, Stage
from tests.support.tables import tables_with

DAY = 24 * 3600

# A number that stands nowhere by chance.
ZENOBIA = 7_070_707_070


def at(zone: str, *when: int) -> int:
    return local_time.to_utc(zone, datetime(*when))  # noqa: DTZ001 - local


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


@pytest.mark.journey
async def test_a_learner_joins_by_the_link_under_a_name_that_tells_nothing(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; welcome Karibu & <i>hello</i>")
    link = await invites(farid, cohort)

    amina = await joins(on_small, AMINA, link, "Amina")

    (mine,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))
    assert amina.sees.startswith("You are in.\nNairobi\n")
    assert "Karibu & <i>hello</i>" in amina.sees
    assert f"Your facilitators see you as {mine.pseudonym}." in amina.sees
    assert "Amina" not in mine.pseudonym
    await farid.taps("Back")
    await farid.taps("Members")
    assert mine.pseudonym in farid.sees
    assert "Amina" not in farid.sees
    assert str(AMINA) not in farid.sees


async def test_whoever_is_new_is_welcomed_first_and_can_begin_at_once(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = leading.person(on_small, AMINA)

    await amina.says(f"/start {link}")

    assert [message.text.split("\n")[0] for message in amina.messages[-2:]] == [
        "Welcome. This is a short course you can do in pieces of two minutes.",
        "You are invited to learn together with others.",
    ]
    assert "They will not see your Telegram name" in amina.sees
    await amina.taps("Do not join")
    assert await memberships.fetch_memberships(on_small.store, LearnerId(AMINA)) == ()
    await amina.says("/continue")
    assert "Card 1 of 2" in amina.sees


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Wanjiru", "Wanjiru"),
        ("  <b>Bo & Co</b>  ", "<b>Bo & Co</b>"),
        ("A\u202eB\u2066C", "ABC"),
        ("\u05e9\u05dc\u05d5\u05dd 1", "\u05e9\u05dc\u05d5\u05dd 1"),
        ("{name} %s", "{name} %s"),
    ],
    ids=["plain", "markup", "marks that turn text", "right to left", "places"],
)
async def test_a_learner_chooses_a_name_of_any_kind_and_it_harms_no_screen(
    on_small: Stage, farid: Careful, typed: str, kept: str
) -> None:
    cohort = await leading.makes_cohort(farid)
    link = await invites(farid, cohort)
    amina = leading.person(on_small, AMINA)
    await amina.says(f"/start {link}")
    await amina.taps("Choose my own name")

    await amina.says(typed)

    assert amina.sees.startswith("You are in.")
    (mine,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))
    assert mine.name == kept
    await farid.says("/cohorts")
    await farid.presses(farid.newest.id, f"k:members:{cohort}:")
    assert kept in farid.newest.text


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


async def test_a_name_is_changed_and_given_up(on_small: Stage, farid: Careful) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = await joins(on_small, AMINA, link)
    (before,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))

    await amina.says("/name Wanjiru")
    assert "Wanjiru in Nairobi, March" in amina.sees
    await amina.says("/name")
    await amina.says("Wangari")
    assert "Wangari in Nairobi, March" in amina.sees
    await amina.says("/name \u200b")
    assert "at least one letter" in amina.sees
    await amina.says("/name")
    await amina.taps("Use the name I was given")

    assert (await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == (before,)


@pytest.mark.journey
async def test_who_leaves_is_seen_no_more_and_keeps_their_place(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = await joins(on_small, AMINA, link)
    await amina.taps("Continue")
    progress = (await on_small.store.fetch_history(LearnerId(AMINA))).progress

    await amina.says("/leave")
    await amina.taps("Nairobi, March")
    await amina.taps("Leave")

    assert amina.sees == "You have left this cohort.\nNairobi, March"
    assert await memberships.fetch_memberships(on_small.store, LearnerId(AMINA)) == ()
    assert (await on_small.store.fetch_history(LearnerId(AMINA))).progress == progress
    await amina.says("/leave")
    assert amina.sees.startswith("You belong to no cohort.")


async def test_the_link_again_says_that_one_belongs_already(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid, "Nairobi; places 1"))
    amina = await joins(on_small, AMINA, link)
    message, join = next(
        (message.id, button["callback_data"])
        for message in reversed(amina.messages)
        for row in message.buttons
        for button in row
    )

    await amina.says(f"/start {link}")

    assert amina.sees.startswith("You belong to this cohort already.\nNairobi")
    await amina.presses(message, "i:join:0:")
    assert amina.messages[-1].text or join
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1


async def test_a_full_cohort_says_so_to_whoever_has_a_good_link(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; places 1")
    link = await invites(farid, cohort)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)
    await joins(on_small, AMINA, link)
    baraka = leading.person(on_small, BARAKA)

    await baraka.says(f"/start {single}")

    assert baraka.sees.startswith("There is no place left in this cohort.")


async def test_unknown_used_up_revoked_replaced_and_expired_links_get_the_same_sentence(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid)
    replaced = await invites(farid, cohort)
    expired = await invites(farid, cohort)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)
    await joins(on_small, AMINA, single)
    baraka = leading.person(on_small, BARAKA)
    baraka.waits(31 * DAY)
    revoked = await invites(farid, cohort)
    await farid.says("/cohorts")
    await farid.presses(farid.newest.id, f"k:unlink:{cohort}:")
    good = await invites(farid, cohort)
    wrong_kind = "a" + good[1:]
    answers = set()

    for link in ("c_" + "x" * 22, "c_", replaced, expired, single, revoked, wrong_kind):
        await baraka.says(f"/start {link}")
        answers.add(baraka.sees)

    assert answers == {
        "This link does not work, or no longer. Please ask whoever gave it to you for a new one."
    }


async def test_a_hundred_guesses_get_nowhere_and_harm_nobody_else(
    on_small: Stage, farid: Careful
) -> None:
    good = await invites(farid, await leading.makes_cohort(farid))
    guesser = leading.person(on_small, BARAKA)
    world = on_small.simulator.world
    for number in range(100):
        world.say(BARAKA, f"/start c_{number:022}")
    await on_small.settled()
    heard = [message.text for message in guesser.messages if message.from_bot]

    await guesser.says(f"/start {good}")

    assert len([text for text in heard if text.startswith("This link does not work")]) == 10
    assert len([text for text in heard if text.startswith("Too many links")]) == 90
    assert guesser.sees.startswith("Too many links"), "a good one is not told from a bad one now"
    assert await memberships.fetch_memberships(on_small.store, LearnerId(BARAKA)) == ()
    await joins(on_small, AMINA, good)
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1
    guesser.waits(3_601)
    await guesser.says(f"/start {good}")
    assert guesser.sees.startswith("You are invited")


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


async def test_the_same_update_a_second_time_makes_one_cohort(
    on_small: Stage, farid: Careful
) -> None:
    await farid.says("/newcohort Nairobi")
    message, data = farid.button("Make it")

    await farid.presses_at_once((message, data), (message, data), (message, data))

    assert len(await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)) == 1


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


async def test_deleting_ones_data_takes_the_membership_too(on_small: Stage, farid: Careful) -> None:
    cohort = await leading.makes_cohort(farid)
    amina = await joins(on_small, AMINA, await invites(farid, cohort))

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await memberships.fetch_members(on_small.store, cohort) == ()


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


async def test_more_places_serve_the_link_that_was_made_before(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; places 1")
    link = await invites(farid, cohort)
    assert "1 person can join by it" in farid.newest.content["caption"]
    await joins(on_small, AMINA, link)
    baraka = leading.person(on_small, BARAKA)
    await baraka.says(f"/start {link}")
    assert baraka.sees.startswith("There is no place left in this cohort.")
    await farid.says("/cohort Nairobi")
    await farid.taps("Change")
    await farid.taps("Places")
    await farid.says("2")

    await joins(on_small, BARAKA, link)

    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(BARAKA))) == 1


async def test_a_new_link_for_the_group_leaves_those_for_one_person(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)

    await invites(farid, cohort)

    await joins(on_small, AMINA, single)
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1


async def test_a_link_for_one_person_serves_nobody_else_when_that_person_is_gone(
    on_small: Stage, farid: Careful, store_url: str
) -> None:
    cohort = await leading.makes_cohort(farid)
    singles = []
    for _ in range(2):
        await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
        singles.append(leading.payload(farid.newest))
    zenobia = await joins(on_small, ZENOBIA, singles[0])
    await zenobia.says("/leave")
    await zenobia.taps("Nairobi, March")
    await zenobia.taps("Leave")
    await joins(on_small, ZENOBIA, singles[1])
    assert "invitations" in await tables_with(store_url, ZENOBIA)
    await zenobia.says("/deletemydata")
    await zenobia.taps("Delete everything")
    baraka = leading.person(on_small, BARAKA)

    for single in singles:
        await baraka.says(f"/start {single}")
        assert baraka.sees.startswith("This link does not work, or no longer.")

    assert await tables_with(store_url, ZENOBIA) == set(), "it is not known any more who it was"


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
    desk.services = replace(desk.services, most_cohorts=2)
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
    desk.services = replace(desk.services, most_cohorts=0)

    await farid.taps("Make it")

    assert farid.sees.startswith("One person may lead 0 cohorts here")
    assert await cohorts.fetch_facilitated_cohorts(on_small.store, FARID) == ()
