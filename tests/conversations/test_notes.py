"""Notes to one learner, from the radar."""

import pytest

from storage import notes
from tests.conversations.leading import (
    logged,
    sends,
    shares,
    silent,
    writes,
)
from tests.conversations.people import DAY, HOUR, Careful
from tests.support.running import Stage


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


@pytest.mark.parametrize("typed", ["Shall we talk tomorrow?", "c", "stop", "naloxone", "next"])
async def test_what_is_typed_under_write_is_the_note_whatever_it_is(
    farid: Careful, cohort: int, on_small: Stage, typed: str
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)

    await farid.says(typed)

    assert f"They will read:\n\n{typed}\n\n" in farid.sees
    await sends(farid)
    assert f"\n\n{typed}\n\n" in amina.sees


async def test_a_note_is_open_until_cancel_and_after_that_text_is_text(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await writes(farid)
    await farid.says("/cancel")

    await farid.says("thanks")

    assert farid.sees.startswith("You are welcome.")


@pytest.mark.journey
async def test_a_note_that_waits_since_they_heard_that_day_is_sent_anyway_or_never(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await writes_twice(on_small, farid, cohort)
    heard = amina.heard
    assert "Why: already heard from me that day." in farid.sees
    assert farid.labels == ["Send now anyway", "Do not send"]
    anyway = farid.button("Send now anyway")

    await farid.taps("Do not send")
    assert farid.sees == (
        "Your message to Amina: not sent: taken back.\n\n/radar shows who else may need you."
    )
    told = farid.heard
    await farid.presses(*anyway)
    await on_small.ticks()

    assert amina.heard == heard
    assert farid.heard == told


@pytest.mark.journey
async def test_a_note_that_is_sent_anyway_arrives_at_once(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await writes_twice(on_small, farid, cohort)
    heard = amina.heard

    await farid.taps("Send now anyway")
    await on_small.ticks()

    assert amina.heard == heard + 1
    assert amina.sees.startswith("A message from your facilitator")
    assert farid.sees.startswith("Your message to Amina has arrived.")


async def test_at_night_a_note_can_be_withdrawn_but_not_sent_anyway(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    amina.waits(8 * HOUR)  # 23:00 in Nairobi
    await writes(farid)
    await sends(farid)
    assert farid.labels == ["Do not send"]
    waiting = farid.newest.id
    grace = await shares(farid, cohort)

    note = farid.button("Do not send")[1].split(":")[2]
    await grace.presses(grace.newest.id, f"d:withdraw:{note}:")
    assert grace.toast.startswith("I did not find that")
    await farid.presses(waiting, f"d:anyway:{note}:")
    await on_small.ticks()

    assert "from your facilitator" not in amina.sees


async def writes_twice(stage: Stage, farid: Careful, cohort: int) -> Careful:
    """Amina, who gets a note, and for whom another one of the same day waits."""
    amina = await silent(stage, farid, cohort)
    await farid.says("/radar")
    message, data = farid.button("1 · Write")
    await farid.presses(message, data)
    await sends(farid)
    await farid.presses(farid.newest.id, data.replace("write", "again"))
    await sends(farid)
    return amina


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
    assert any(why in one.text for one in farid.messages)  # a digest may come after it


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
