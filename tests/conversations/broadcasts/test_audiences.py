"""Whom a broadcast reaches: cohorts, some of their people, and who is left out."""

import pytest

from course.model import LearnerId
from storage import recipients
from tests.conversations import leading
from tests.conversations.broadcasts.steps import found, heard, lives, number, sends_now
from tests.conversations.leading import ADA, AMINA, BARAKA, CHEN, joins, makes_cohort
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage as Running


async def test_which_of_several_cohorts(farid: Careful) -> None:
    await makes_cohort(farid, "Lima; city Lima")
    await farid.says("/broadcast")
    assert farid.sees.startswith("Who should get it?\n\nNow: nobody")
    await farid.taps("Nairobi")
    await farid.taps("Lima")
    assert "Now: Lima and Nairobi" in farid.sees or "Now: Nairobi and Lima" in farid.sees
    assert "Nairobi: chosen" in farid.labels
    await farid.taps("Lima: chosen")


@pytest.mark.usefixtures("amina", "baraka")
async def test_only_some_of_the_people_in_a_cohort(farid: Careful) -> None:
    await farid.says("/broadcast")
    await farid.taps("Whom")
    await farid.taps("Only some of them")
    await farid.taps("not finished")
    await farid.taps("silent for days")
    await farid.says("many")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("12")
    assert "Now: Nairobi · not finished, silent for 12 days" in farid.sees
    await farid.taps("silent for 12 days: chosen")
    await farid.taps("Silent or not")
    await farid.taps("Back")
    await farid.taps("Done")
    assert farid.sees.startswith("To: Nairobi · not finished\n\nSend me the message")

    await farid.says("Go on")

    assert farid.sees == "To: Nairobi · not finished\n2 people."


async def test_more_cohorts_than_fit_are_turned_over(farid: Careful) -> None:
    for name in "ABCDE":
        await makes_cohort(farid, f"Cohort {name}")
    await farid.says("/broadcast")
    first = farid.labels[:4]

    await farid.taps("More cohorts")

    others = farid.labels[:2]
    assert len({*first, *others}) == 6
    await farid.taps(others[0])
    assert farid.labels[0] == f"{others[0]}: chosen"
    await farid.taps("More cohorts")
    assert farid.labels[:4] == first


@pytest.mark.usefixtures("baraka")
async def test_whoever_stopped_or_blocked_or_heard_today_is_left_out_and_it_is_said(
    on_small: Running, farid: Careful, amina: Careful, link: str
) -> None:
    chen = await joins(on_small, CHEN, link, "Chen")
    await amina.says("/stop")
    on_small.simulator.world.block(BARAKA)
    await on_small.settled()
    await farid.says("/broadcast Nairobi: one")
    assert farid.sees == "To: Nairobi\n1 person. Left out: 2 cannot get messages now."
    await sends_now(farid)
    assert chen.sees == "one"

    await farid.says("/broadcast Nairobi: two")

    assert "0 people. Left out: 2 cannot get messages now, 1 already heard" in farid.sees
    assert farid.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Change")
    await farid.taps("Urgent")
    assert "1 person." in farid.sees
    assert "Urgent: also at night" in farid.sees
    await sends_now(farid)
    assert chen.sees == "two"
    assert amina.sees != "two"


async def test_whoever_leaves_or_stops_or_finishes_meanwhile_gets_nothing(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful, link: str
) -> None:
    chen = await joins(on_small, CHEN, link, "Chen")
    await farid.says("/broadcast Nairobi, not started: Later")
    await farid.taps("Later")
    await farid.says("18 November 18:30")
    sent = number(farid)
    for person in (amina, baraka, chen):
        await lives(person, "Africa/Nairobi")
    await farid.taps("Schedule it")
    await on_small.sent()
    known = await found(on_small, sent)
    await on_small.store.write(
        *(
            recipients.queue_broadcast_delivery(known, LearnerId(one), 0, 0)
            for one in (AMINA, BARAKA, CHEN)
        )
    )

    await amina.says("/stop")
    await baraka.says("/leave")
    await baraka.taps("Nairobi")
    await baraka.taps("Leave")
    await chen.says("/continue")
    await chen.goes_on()
    await on_small.ticks()

    assert [heard(one, "Later") for one in (amina, baraka, chen)] == [0, 0, 0]
    kept = await recipients.fetch_recipients(on_small.store, known, 0, 9)
    assert {one.learner: one.reason for one in kept} == {
        AMINA: "stopped", BARAKA: "left", CHEN: "no-longer-fits",
    }  # fmt: skip


async def test_everybody_who_is_behind_is_reached_by_the_deadline_of_their_cohort(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    leading.person(on_small, CHEN)
    farid.waits(12 * DAY)
    ada = Careful(on_small, ADA)

    await ada.says("/broadcast all, behind: Hurry up")
    assert ada.sees == "To: everybody · behind the schedule\n1 person."
    await sends_now(ada)

    assert heard(amina, "Hurry up") == 1


async def test_a_line_with_more_than_is_read_gets_a_sentence_that_says_so(farid: Careful) -> None:
    await makes_cohort(farid, "Nairobi, March; city Nairobi")

    await farid.says("/broadcast " + "nairobi," * 60 + "march: Hello")

    assert farid.sees.startswith(
        "I did not find whom you mean.\n\nI look for that in the first 20 colons, with at most 50"
        " parts before the colon. Please write less there, or send /broadcast alone and choose"
        " with buttons."
    )
