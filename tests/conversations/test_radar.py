"""The radar: who may need their facilitator, notes to one learner, and what becomes of them."""

import pytest

from storage import notes, radar, support_requests
from tests.conversations.leading import (
    ADA,
    AMINA,
    BARAKA,
    CHEN,
    GRACE,
    NOT_YOURS,
    facilitates,
    logged,
    makes_cohort,
    member,
    sends,
    shares,
    silent,
)
from tests.conversations.people import DAY, HOUR, Careful
from tests.support.running import Stage


async def writes(facilitator: Careful) -> None:
    """Begin a note to the first on their radar."""
    await facilitator.says("/radar")
    await facilitator.taps("1 · Write")


async def test_an_empty_radar_says_that_nobody_needs_anything(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await member(on_small, farid, cohort, AMINA)

    await farid.says("/radar")

    assert farid.sees.startswith("Radar · Nairobi, March\n\nNobody needs you at this moment.")
    assert farid.labels == []


@pytest.mark.journey
async def test_the_radar_tells_who_is_what_the_newest_first(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort, days=0)
    await member(on_small, farid, cohort, BARAKA, "Baraka")
    amina.waits(6 * DAY)
    chen = await member(on_small, farid, cohort, CHEN, "Chen")
    await chen.says("/continue")
    amina.waits(2 * DAY)
    await chen.misses(4)

    await farid.says("/radar")

    assert "3 people may need you, the newest first." in farid.sees
    names = [line for line in farid.sees.splitlines() if line[:1].isdigit() and ". " in line]
    assert names == ["1. Chen", "2. Amina", "3. Baraka"]
    assert "stuck: missed one question 4 times (Module 1, lesson 1 of 2)" in farid.sees
    assert "silent for 8 days" in farid.sees
    assert "not started for 8 days" in farid.sees
    assert farid.labels == [
        "1 · Write",
        "1 · Seen",
        "2 · Write",
        "2 · Seen",
        "3 · Write",
        "3 · Seen",
    ]


async def test_somebody_marked_as_seen_comes_back_when_something_happens_anew(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await farid.says("/radar")

    await farid.taps("1 · Seen")

    assert farid.toast == "Amina comes back when something happens anew."
    assert "Nobody needs you at this moment." in farid.sees
    assert farid.labels == ["Dealt with"]
    await farid.taps("Dealt with")
    assert "1. Amina\nsilent for 9 days" in farid.sees
    assert farid.labels == ["1 · Write again", "Back"]
    amina.waits(30 * DAY)
    await farid.says("/radar")
    assert "Nobody needs you" in farid.sees
    await amina.goes_on()
    amina.waits(8 * DAY)
    await farid.says("/radar")
    assert "1. Amina\nsilent for 8 days" in farid.sees


@pytest.mark.journey
async def test_a_note_goes_with_one_tap_more_and_the_facilitator_hears_that_it_arrived(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    assert farid.sees.startswith("To Amina · silent for 9 days\n\nThey will read:\n\nHello Amina,")
    assert "Your place is kept: Module 1, lesson 1 of 2." in farid.sees

    await sends(farid)

    assert farid.sees.startswith("Your message to Amina has arrived.")
    assert amina.sees.startswith("A message from your facilitator\n\nHello Amina,")
    assert amina.labels == ["Continue", "Write back"]
    await farid.says("/radar")
    assert "Nobody needs you" in farid.sees
    await amina.taps("Continue")
    assert amina.has_question


async def test_a_note_may_be_written_anew_with_its_formatting_and_places(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    await farid.taps("Change")
    assert "Send me the message as they should get it." in farid.sees

    await farid.says("Dear {nickname}")
    assert "I cannot fill in {nickname}." in farid.sees
    await farid.says("x" * 3000)
    assert farid.sees.startswith("This is too long.")
    await farid.says("Habari {name} <b> & {minutes_left|few}")
    assert "Habari Amina <b> & " in farid.sees
    await sends(farid)

    assert "Habari Amina <b> & " in amina.sees


async def test_a_mention_in_a_note_becomes_plain(
    on_small: Stage, farid: Careful, cohort: int
) -> None:
    amina = await silent(on_small, farid, cohort)
    await farid.says("/radar")
    message, data = next(one for one in farid.buttons() if one[1].startswith("d:write:"))
    await farid.presses(message, data)
    await farid.taps("Change")
    mention = '<b>Ask</b> <a href="tg://user?id=1003">Chen</a>'
    on_small.simulator.world.say(farid.id, mention, parse_mode="HTML")
    await on_small.settled()
    await farid.taps("Send")
    await on_small.ticks()

    assert "Ask Chen" in amina.sees
    kinds = {one["type"] for one in amina.newest.entities if "user" in one or "url" in one}
    assert kinds == set()
    assert "bold" in {one["type"] for one in amina.newest.entities}


async def test_nothing_is_sent_after_cancel_and_an_old_button_says_so(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    message, data = farid.button("Send")
    await farid.taps("Cancel")
    assert farid.sees == "Cancelled. Nothing was sent."

    await farid.presses(message, data)
    await on_small.ticks()

    assert not any("from your facilitator" in one.text for one in amina.messages)
    assert "There is nothing to send any more." in farid.sees


async def test_at_night_there_a_note_waits_for_the_morning(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    amina.waits(8 * HOUR)  # 23:00 in Nairobi
    await writes(farid)
    heard = amina.heard

    await sends(farid)

    assert farid.sees.startswith("It waits for Amina and goes on ")
    assert "08:00 of their time.\n\nWhy: it is night there." in farid.sees
    assert amina.heard == heard
    amina.waits(10 * HOUR)
    await on_small.ticks()
    assert amina.sees.startswith("A message from your facilitator")
    assert farid.sees.startswith("Your message to Amina has arrived.")


async def test_a_note_is_the_one_message_of_its_day(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort, days=0)
    await amina.says("/reminders")
    zone = "w:zone:Africa/Nairobi"
    await amina.presses(amina.newest.id, zone)
    amina.waits(9 * DAY)
    await on_small.ticks()  # reminders that are due go first
    heard = amina.heard
    await writes(farid)

    await sends(farid)

    if amina.heard == heard:
        assert "Why: already heard from me that day." in farid.sees
        amina.waits(DAY)
        await on_small.ticks()
    assert amina.sees.startswith("A message from your facilitator")
    heard = amina.heard
    amina.waits(HOUR)
    await on_small.ticks()
    assert amina.heard == heard


@pytest.mark.parametrize("how", ["/stop", "paused", "came back", "left"])
async def test_who_wants_none_or_needs_none_any_more_gets_none(
    farid: Careful, cohort: int, on_small: Stage, how: str
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    amina.waits(8 * HOUR)  # night: it waits
    await sends(farid)
    why = await _parts(amina, how)
    heard = amina.heard

    amina.waits(11 * HOUR)
    await on_small.ticks()

    assert amina.heard == heard
    assert why in farid.sees


async def test_who_has_blocked_the_bot_is_shown_and_nothing_is_sent_to_them(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    on_small.simulator.world.block(amina.id)
    await on_small.settled()
    await sends(farid)
    assert farid.toast.startswith("Somebody has dealt with this, or it is no longer so.")

    await farid.says("/radar")

    assert "1. Amina\ncannot get messages now\nsilent for 9 days" in farid.sees
    assert farid.labels[0] == "1 · Seen"


async def test_the_radar_does_not_tell_who_stopped_messages_from_who_blocked_the_bot(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await member(on_small, farid, cohort, AMINA, "Amina")
    baraka = await member(on_small, farid, cohort, BARAKA, "Baraka")
    await amina.says("/stop")
    on_small.simulator.world.block(baraka.id)
    await on_small.settled()

    await farid.says("/radar")

    for name in ("Amina", "Baraka"):
        assert f"{name}\ncannot get messages now\n\n" in farid.sees
    assert farid.labels[:2] == ["1 · Seen", "2 · Seen"]


@pytest.mark.parametrize("how", ["blocks the bot", "deletes their data"])
async def test_a_facilitator_who_is_gone_keeps_no_other_from_hearing_the_end(
    farid: Careful, cohort: int, on_small: Stage, how: str
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    amina.waits(8 * HOUR)  # night: it waits
    await sends(farid)
    if how == "blocks the bot":
        on_small.simulator.world.block(farid.id)
        await on_small.settled()
    else:
        await farid.says("/deletemydata")
        await farid.taps("Delete everything")

    amina.waits(11 * HOUR)
    await on_small.ticks()

    assert amina.sees.startswith("A message from your facilitator")
    assert await notes.fetch_notes_to_report(on_small.store) == ()


async def test_two_facilitators_who_write_for_the_same_thing_write_once(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    grace = await shares(farid, cohort)
    for one in (farid, grace):
        await writes(one)
    presses = [(one, *one.button("Send")) for one in (farid, grace)]
    for one, message, data in presses:
        on_small.simulator.world.press(one.id, message, data)
    await on_small.settled()
    await on_small.ticks()

    told = [message for message in amina.messages if "from your facilitator" in message.text]
    assert len(told) == 1
    ends = sorted(one.sees.split(".")[0] for one in (farid, grace))
    assert ends[1] == "Your message to Amina has arrived"
    assert "Another facilitator has just written to Amina" in ends[0]
    assert len(await logged(on_small, "write-note")) == 1
    await grace.says("/radar")
    assert "Nobody needs you" in grace.sees


async def test_many_people_come_in_pages_and_no_screen_is_a_wall(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    for number in range(4):
        await member(on_small, farid, cohort, 1010 + number, f"Person {number}")
    farid.waits(3 * DAY)

    await farid.says("/radar")

    assert "4 people may need you" in farid.sees
    assert farid.labels[-1] == "More"
    await farid.taps("More")
    assert farid.labels == ["1 · Write", "1 · Seen", "Earlier"]


async def test_others_see_no_radar_and_no_button_of_one_works_for_them(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    grace = await facilitates(on_small, GRACE, "Grace")
    await farid.says("/radar")
    forged = [data for _, data in farid.buttons() if data[:2] in ("d:", "q:")]
    assert forged

    await amina.says("/radar")
    assert amina.sees == NOT_YOURS
    await grace.says("/radar")
    assert grace.sees == "You have no cohort yet. /newcohort makes one."
    for one in (amina, grace):
        for data in (*forged, f"d:dealt:{cohort}:0", f"q:list:{cohort}:0"):
            one.waits(5)
            await one.presses(one.newest.id, data)
            assert one.toast == NOT_YOURS


async def test_an_admin_chooses_a_cohort_or_names_it(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await makes_cohort(farid, "Lima; city Lima")
    ada = Careful(on_small, ADA)

    await ada.says("/radar")
    assert ada.sees.startswith("Radar\n\nWhich cohort?")
    await ada.taps("Nairobi, March")
    assert "1. Amina" in ada.sees
    await ada.says("/radar lim")
    assert ada.sees.startswith("Radar · Lima")


@pytest.mark.journey
async def test_to_delete_ones_data_deletes_what_facilitators_noted_and_wrote(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    await sends(farid)
    await amina.says("/askfacilitator Where is the pump?")

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await notes.fetch_notes_to_report(on_small.store) == ()
    assert await support_requests.fetch_waiting_requests(on_small.store, cohort, 0, 9) == ()
    assert await radar.fetch_handled_concerns(on_small.store, cohort) == {}
    await farid.says("/radar")
    assert "Nobody needs you" in farid.sees


async def _parts(amina: Careful, how: str) -> str:
    """Amina does something after which no note is to reach her; what is said of it."""
    match how:
        case "/stop":
            await amina.says("/stop")
            return "Your message has not gone: Amina cannot get messages now."
        case "paused":
            await amina.presses(amina.newest.id, "x:reminders:0")
            return "Your message has not gone: Amina cannot get messages now."
        case "came back":
            await amina.says("/continue")
            await amina.goes_on()
            return "left out: no longer one of those it was for"
        case _:
            await amina.says("/leave")
            await amina.taps("Nairobi, March")
            await amina.taps("Leave")
            return "left out: left the cohort"
