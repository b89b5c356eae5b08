"""Writing a broadcast: the guided way and the short one, formatting, pictures, what is refused."""

import pytest

from storage import broadcasts
from storage.broadcasts import BroadcastState as Stage
from tests.conversations import leading
from tests.conversations.broadcasts.steps import (
    before_last,
    cohort_of,
    found,
    heard,
    number,
    sends_now,
    writes,
)
from tests.conversations.leading import AMINA, FARID, NOT_YOURS
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage as Running

HEBREW = "\u05e9\u05dc\u05d5\u05dd"


async def test_the_guided_way_from_the_command_to_the_report(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await farid.says("/broadcast")
    assert farid.sees.startswith("To: Nairobi\n\nSend me the message as people should get it.")

    await farid.says("Hello {name}, we meet on Friday.")
    assert before_last(farid).text == "Hello learner, we meet on Friday."
    assert farid.sees == "To: Nairobi\n2 people."
    assert farid.labels == ["Send now", "Later", "Change", "Cancel"]
    sent = number(farid)
    await sends_now(farid)

    for learner in (amina, baraka):
        assert learner.sees == "Hello learner, we meet on Friday."
    assert farid.sees.startswith("Hello {name}, we meet on Friday.\n\nDone. 2 arrived.")
    assert "To: Nairobi\n2 people in all.\n\n2 arrived" in farid.sees
    assert farid.labels == ["Who", "Delete it everywhere", "All messages"]
    assert (await found(on_small, sent)).state is Stage.DONE
    await farid.taps("Who")
    assert farid.sees.count(": arrived") == 2
    assert "Amina" not in farid.sees
    assert str(AMINA) not in farid.sees


@pytest.mark.parametrize("begun", ["/broadcast Nairobi: Hello.", "/broadcast"])
async def test_what_is_typed_under_the_preview_is_the_text_whatever_it_is(
    farid: Careful, amina: Careful, baraka: Careful, begun: str
) -> None:
    await farid.says(begun)
    await farid.says("We meet on Friday.")

    await farid.says("stop")

    assert before_last(farid).text == "stop"
    await sends_now(farid)
    assert amina.sees == baraka.sees == "stop"
    await farid.says("thanks")
    assert farid.sees.startswith("You are welcome.")


async def test_one_line_with_narrowing_goes_to_those_it_is_for(
    farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await amina.taps("Continue")
    await amina.goes_on()

    await farid.says("/broadcast Nairobi, not started: Begin with two minutes.")

    assert before_last(farid).text == "Begin with two minutes."
    assert farid.sees == "To: Nairobi · not started\n1 person."
    await sends_now(farid)
    assert baraka.sees == "Begin with two minutes."
    assert amina.sees != "Begin with two minutes."


@pytest.mark.parametrize(
    "typed", ["hello", "Lima: hello", "Nairobi:", ": hello", "Nairobi, pizza: hello", "all: hello"]
)
async def test_a_line_that_names_nobody_is_explained_and_makes_nothing(
    on_small: Running, farid: Careful, typed: str
) -> None:
    before = await broadcasts.fetch_broadcasts(on_small.store, 2**62, 9)

    await farid.says(f"/broadcast {typed}")

    expected = NOT_YOURS if typed.startswith("all") else "I did not find whom you mean."
    assert farid.sees.startswith(expected)
    assert await broadcasts.fetch_broadcasts(on_small.store, 2**62, 9) == before


async def test_formatting_stays_and_names_of_any_kind_are_shown_as_they_are(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await amina.says("/name <b>A</b> & C\u202e")
    await baraka.says(f"/name {HEBREW}")
    text = '<b>Dear {name}</b>, see <a href="https://example.org/?a=1&amp;b=2">this</a> & 1 &lt; 2'

    await farid.says("/broadcast")
    on_small.simulator.world.say(FARID, text, parse_mode="HTML")
    await on_small.settled()
    await sends_now(farid)

    assert amina.sees == "Dear <b>A</b> & C, see this & 1 < 2"
    assert baraka.sees == f"Dear \u2068{HEBREW}\u2069, see this & 1 < 2"
    kinds = {entity["type"]: entity for entity in baraka.newest.entities}
    assert kinds["bold"]["length"] == len(f"Dear \u2068{HEBREW}\u2069")
    assert kinds["text_link"]["url"] == "https://example.org/?a=1&b=2"


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_picture_or_a_file_goes_by_its_id_with_the_text_under_it(
    on_small: Running, farid: Careful, amina: Careful, kind: str
) -> None:
    await farid.says("/broadcast")
    world = on_small.simulator.world
    world.send_media(FARID, kind, caption="The <i>plan</i> for {name|you}", parse_mode="HTML")
    await on_small.settled()
    assert before_last(farid).content["caption"] == "The plan for you"
    await sends_now(farid)

    assert amina.newest.content["caption"] == "The plan for you"
    sent = [call for call in world.calls if call.method.lower() == f"send{kind}"]
    preview, hers = sent[-2:]
    assert preview.params[kind] == hers.params[kind]
    assert farid.sees.startswith("The plan for {name|you}\n\nDone. 1 arrived.")


async def test_a_picture_with_the_line_under_it_needs_no_question(
    farid: Careful, amina: Careful
) -> None:
    await farid.sends("photo", "/broadcast Nairobi: The plan")
    assert before_last(farid).content["caption"] == "The plan"
    await sends_now(farid)

    assert amina.newest.content["caption"] == "The plan"
    await amina.sends("photo", "/broadcast Nairobi: The plan")
    assert "Send now" not in amina.labels


@pytest.mark.usefixtures("amina")
async def test_what_is_neither_text_nor_picture_nor_file_is_asked_for_again(farid: Careful) -> None:
    await farid.says("/broadcast")

    await farid.sends("voice")

    assert farid.sees.startswith("I did not understand that.\n\nTo: Nairobi")
    await farid.says("Now in words")
    assert before_last(farid).text == "Now in words"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Dear {nmae}", "I cannot fill in {nmae}."),
        ("Dear {name}" + "x" * 4_040, "This is too long."),
    ],
    ids=["a place nobody knows", "too long with a name in it"],
)
async def test_what_cannot_be_filled_is_refused_before_it_is_sent(
    farid: Careful, amina: Careful, typed: str, said: str
) -> None:
    await farid.says("/broadcast")

    await farid.says(typed)

    assert said in farid.sees
    assert farid.labels == ["Cancel"]
    await farid.says("Dear {name}" + "x" * 3_900)
    assert farid.labels == ["Send now", "Later", "Change", "Cancel"]
    await sends_now(farid)
    assert amina.sees == "Dear learner" + "x" * 3_900


async def test_under_a_picture_there_is_less_room(farid: Careful) -> None:
    await farid.says("/broadcast")

    await farid.sends("photo", "{name}" + "x" * 1_000)

    assert "may have" in farid.sees
    assert "Telegram takes 1,024" in farid.sees


async def test_cancel_ends_it_and_what_is_typed_then_is_no_broadcast(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast")
    await farid.taps("Cancel")
    assert farid.sees.endswith("Cancelled. Nothing was sent.")
    await farid.says("Hello")
    assert "Send now" not in farid.labels
    await farid.says("/deliveries")
    assert farid.sees.startswith("Nothing was sent yet.")

    await farid.says("/broadcast Nairobi: Later")
    await farid.taps("Later")
    await farid.says("18 November 18:30")
    await farid.taps("Schedule it")
    await farid.taps("Cancel")
    farid.waits(3 * DAY)
    await on_small.ticks()
    assert heard(amina, "Later") == 0
    await farid.says("/deliveries")
    assert "Later · cancelled" in farid.sees


async def test_the_name_of_a_cohort_may_hold_a_colon(farid: Careful) -> None:
    await leading.makes_cohort(farid, "Lima: evening")

    await farid.says("/broadcast Lima: evening, not started: We meet at 18:30")

    assert before_last(farid).text == "We meet at 18:30"
    assert farid.sees.startswith("To: Lima: evening \u00b7 not started")


@pytest.mark.parametrize("kind", ["video", "voice"])
async def test_what_cannot_be_sent_on_is_refused_with_its_words(farid: Careful, kind: str) -> None:
    await farid.sends(kind, "/broadcast Nairobi: Look")
    assert farid.sees.startswith("I can send text, one picture or one file.")
    await farid.says("/broadcast")

    await farid.sends(kind, "Look")

    assert farid.sees.startswith("I did not understand that.")


async def test_on_a_button_nothing_is_filled_in(farid: Careful) -> None:
    await writes(farid, "Nairobi: Hello")
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("A link")

    await farid.says("For {name} https://example.org/")

    assert farid.sees.startswith("I did not understand that.")


async def test_without_a_deadline_nothing_is_said_of_every_week(
    farid: Careful,
) -> None:
    await writes(farid, "Nairobi: Hello")
    await farid.taps("Later")
    await farid.taps("Every week until the deadline")
    assert "Again every week until the deadline." in farid.sees
    message, done = farid.newest.id, f"b:look:{number(farid)}:"
    await farid.presses(message, f"k:clear:{cohort_of(farid)}:deadline")

    await farid.presses(message, done)

    assert "every week" not in farid.sees


@pytest.mark.usefixtures("amina", "baraka")
async def test_while_choosing_whom_the_number_of_people_is_shown(farid: Careful) -> None:
    await farid.says("/broadcast")
    await farid.presses(farid.newest.id, f"b:whom:{number(farid)}:")

    assert "2 people." in farid.sees
    await farid.taps("Only some of them")
    await farid.taps("finished")
    assert "0 people." in farid.sees


@pytest.mark.usefixtures("amina")
async def test_stars_and_words_that_are_not_known_are_named(farid: Careful) -> None:
    await writes(farid, "Nairobi: Please come *on time*.")
    assert "People will see the stars in *on time*." in farid.sees

    await farid.says("/broadcast Nairobi, sleepy: Hello")
    assert "called “sleepy”" in farid.sees
