"""Writing to a cohort: from /broadcast to the report."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot import app
from bot.handlers.permissions import BUTTONS
from bot.settings import Settings
from course.model import LearnerId
from simulator.messages import Message
from storage import broadcasts, recipients, roles
from storage.broadcasts import Broadcast
from storage.broadcasts import State as Stage
from storage.deliveries import State
from storage.store import Store
from tests.conversations import leading
from tests.conversations.leading import ADA, AMINA, BARAKA, CHEN, FARID, facilitates, invites, joins
from tests.conversations.people import Careful
from tests.support.running import FAST, PATIENT
from tests.support.running import Stage as Running

GRACE = 2002
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
HOUR, DAY = 3600, 24 * 3600
NOT_YOURS = "I did not find that, or it is not yours to use. /help lists what you can do."


@pytest.fixture
async def farid(on_small: Running) -> Careful:
    """Farid, who leads one cohort."""
    farid = await facilitates(on_small)
    await leading.makes_cohort(farid, "Nairobi; city Nairobi; deadline 1 December 2026")
    return farid


@pytest.fixture
async def link(farid: Careful) -> str:
    """The way into his cohort."""
    return await invites(farid, cohort_of(farid))


@pytest.fixture
async def amina(on_small: Running, link: str) -> Careful:
    """Amina, a member."""
    return await joins(on_small, AMINA, link, "Amina")


@pytest.fixture
async def baraka(on_small: Running, link: str) -> Careful:
    """Baraka, another one."""
    return await joins(on_small, BARAKA, link, "Baraka")


def cohort_of(farid: Careful) -> int:
    return next(int(data.split(":")[2]) for _, data in farid.buttons() if data.startswith("k:cha"))


def number(farid: Careful) -> int:
    """Of the broadcast that is before his eyes."""
    data = (data for _, data in reversed(farid.buttons()) if data.startswith("b:"))
    return next(int(one.split(":")[2]) for one in data if not one.startswith("b:list"))


async def offers(farid: Careful, answers: str) -> None:
    """Put answers under the message before his eyes."""
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("Answers")
    await farid.says(answers)
    await farid.taps("Done")


async def found(stage: Running, broadcast: int) -> Broadcast:
    known = await broadcasts.of(stage.store, broadcast)
    assert known is not None
    return known


async def state_of(stage: Running, broadcast: int, person: int) -> State | None:
    known = await found(stage, broadcast)
    return await recipients.state_of(stage.store, known, LearnerId(person))


def before_last(person: Careful) -> Message:
    """The message before the newest: the preview above what can be done."""
    return [message for message in person.messages if message.from_bot][-2]


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
    await farid.taps("Send now")
    await on_small.sent()

    for learner in (amina, baraka):
        assert learner.sees == "Hello learner, we meet on Friday."
    assert farid.sees.startswith("Hello {name}, we meet on Friday.\n\nDone. 2 arrived.")
    assert "To: Nairobi\n2 people in all.\n\n2 arrived" in farid.sees
    assert farid.labels == ["Who", "Delete again", "All messages"]
    assert (await found(on_small, sent)).state is Stage.DONE
    await farid.taps("Who")
    assert farid.sees.count(": arrived") == 2
    assert "Amina" not in farid.sees
    assert str(AMINA) not in farid.sees


async def test_one_line_with_narrowing_goes_to_those_it_is_for(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await amina.taps("Start")
    await amina.goes_on()

    await farid.says("/broadcast Nairobi, not started: Begin with two minutes.")

    assert before_last(farid).text == "Begin with two minutes."
    assert farid.sees == "To: Nairobi · not started\n1 person."
    await farid.taps("Send now")
    await on_small.sent()
    assert baraka.sees == "Begin with two minutes."
    assert amina.sees != "Begin with two minutes."


@pytest.mark.parametrize(
    "typed", ["hello", "Lima: hello", "Nairobi:", ": hello", "Nairobi, pizza: hello", "all: hello"]
)
async def test_a_line_that_names_nobody_is_explained_and_makes_nothing(
    on_small: Running, farid: Careful, typed: str
) -> None:
    before = await broadcasts.known(on_small.store, 2**62, 9)

    await farid.says(f"/broadcast {typed}")

    expected = NOT_YOURS if typed.startswith("all") else "I did not find whom you mean."
    assert farid.sees.startswith(expected)
    assert await broadcasts.known(on_small.store, 2**62, 9) == before


async def test_formatting_stays_and_names_of_any_kind_are_shown_as_they_are(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await amina.says("/name <b>A</b> & C\u202e")
    await baraka.says(f"/name {HEBREW}")
    text = '<b>Dear {name}</b>, see <a href="https://example.org/?a=1&amp;b=2">this</a> & 1 &lt; 2'

    await farid.says("/broadcast")
    on_small.simulator.world.say(FARID, text, parse_mode="HTML")
    await on_small.settled()
    await farid.taps("Send now")
    await on_small.sent()

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
    await farid.taps("Send now")
    await on_small.sent()

    assert amina.newest.content["caption"] == "The plan for you"
    sent = [call for call in world.calls if call.method.lower() == f"send{kind}"]
    preview, hers = sent[-2:]
    assert preview.params[kind] == hers.params[kind]
    assert farid.sees.startswith("The plan for {name|you}\n\nDone. 1 arrived.")


async def test_a_picture_with_the_line_under_it_needs_no_question(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.sends("photo", "/broadcast Nairobi: The plan")
    assert before_last(farid).content["caption"] == "The plan"
    await farid.taps("Send now")
    await on_small.sent()

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


@pytest.mark.usefixtures("amina")
async def test_up_to_three_buttons_are_put_under_it(farid: Careful) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("A link")
    await farid.says("no address")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("The programme https://example.org/a?b=1&c=2")
    assert "- The programme: opens https://example.org/a?b=1&c=2" in farid.sees
    await farid.taps("Answers")
    await farid.says("I will come, I cannot, Perhaps")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("I will come, I cannot")
    assert "A link" not in farid.labels
    await farid.taps("Done")

    assert [row[0]["text"] for row in before_last(farid).buttons] == [
        "The programme", "I will come", "I cannot",
    ]  # fmt: skip
    assert before_last(farid).buttons[0][0]["url"] == "https://example.org/a?b=1&c=2"


async def test_answers_are_counted_and_can_be_changed(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await offers(farid, "I will come, I cannot")
    message, data = farid.button("I will come")
    await farid.presses(message, data)
    assert farid.toast == "In the message this button counts an answer."
    await farid.taps("Send now")
    await on_small.sent()

    await amina.taps("I will come")
    assert amina.toast == "Noted: I will come."
    await baraka.taps("I will come")
    assert baraka.toast == "Noted: I will come. 1 other person said the same."
    await amina.taps("I cannot")
    assert amina.toast == "Noted: I cannot."
    await farid.says("/deliveries")
    await farid.taps("1")
    assert "Answers:\nI will come: 1\nI cannot: 1" in farid.sees
    await farid.presses(message, data)
    assert farid.toast == "This can no longer be answered."


async def test_continue_under_a_broadcast_goes_on_where_the_learner_is(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Two minutes?")
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("Continue")
    await farid.taps("Done")
    await farid.taps("Send now")
    await on_small.sent()

    await amina.taps("Continue")

    assert "Card 1 of 2" in amina.sees


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Dear {nmae}", "I cannot fill in {nmae}."),
        ("Dear {name}" + "x" * 4_040, "This is too long."),
    ],
    ids=["a place nobody knows", "too long with a name in it"],
)
async def test_what_cannot_be_filled_is_refused_before_it_is_sent(
    on_small: Running, farid: Careful, amina: Careful, typed: str, said: str
) -> None:
    await farid.says("/broadcast")

    await farid.says(typed)

    assert said in farid.sees
    assert farid.labels == ["Cancel"]
    await farid.says("Dear {name}" + "x" * 3_900)
    assert farid.labels == ["Send now", "Later", "Change", "Cancel"]
    await farid.taps("Send now")
    await on_small.sent()
    assert amina.sees == "Dear learner" + "x" * 3_900


async def test_under_a_picture_there_is_less_room(farid: Careful) -> None:
    await farid.says("/broadcast")

    await farid.sends("photo", "{name}" + "x" * 1_000)

    assert "may have" in farid.sees
    assert "Telegram takes 1,024" in farid.sees


@pytest.mark.usefixtures("baraka")
async def test_whoever_stopped_or_blocked_or_heard_today_is_left_out_and_it_is_said(
    on_small: Running, farid: Careful, amina: Careful, link: str
) -> None:
    chen = await joins(on_small, CHEN, link, "Chen")
    await amina.says("/stop")
    on_small.simulator.world.block(BARAKA)
    await on_small.settled()
    await farid.says("/broadcast Nairobi: one")
    assert farid.sees == ("To: Nairobi\n1 person. Left out: 1 stopped messages, 1 blocked the bot.")
    await farid.taps("Send now")
    await on_small.sent()
    assert chen.sees == "one"

    await farid.says("/broadcast Nairobi: two")

    assert "0 people. Left out: 1 stopped messages, 1 blocked the bot, 1 already heard" in (
        farid.sees
    )
    assert farid.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Change")
    await farid.taps("Urgent")
    assert "1 person." in farid.sees
    assert "Urgent: also at night" in farid.sees
    await farid.taps("Send now")
    await on_small.sent()
    assert chen.sees == "two"
    assert amina.sees != "two"


async def test_which_of_several_cohorts(farid: Careful) -> None:
    await leading.makes_cohort(farid, "Lima; city Lima")
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
    await farid.taps("language")
    await farid.taps("language: en")
    assert "Now: Nairobi · not finished, language: en" in farid.sees
    await farid.taps("language: en: chosen")
    await farid.taps("language: en: chosen")
    await farid.taps("Back")
    await farid.taps("Done")
    assert farid.sees.startswith("To: Nairobi · not finished\n\nSend me the message")

    await farid.says("Go on")

    assert farid.sees == "To: Nairobi · not finished\n2 people."


async def test_more_cohorts_than_fit_are_turned_over(farid: Careful) -> None:
    for name in "ABCDE":
        await leading.makes_cohort(farid, f"Cohort {name}")
    await farid.says("/broadcast")
    first = farid.labels[:4]

    await farid.taps("More cohorts")

    others = farid.labels[:2]
    assert len({*first, *others}) == 6
    await farid.taps(others[0])
    assert farid.labels[0] == f"{others[0]}: chosen"
    await farid.taps("More cohorts")
    assert farid.labels[:4] == first


async def test_it_goes_at_the_moment_that_was_chosen(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Later")
    await farid.taps("Later")
    await farid.says("yesterday")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("18 November 18:30")
    assert "Goes on Wednesday 18 November 2026, 18:30 (Nairobi)." in farid.sees
    await farid.taps("Schedule it")
    sent = number(farid)
    assert "It goes on Wednesday 18 November, 18:30 (Nairobi)." in farid.sees
    assert farid.labels == ["Cancel", "All messages"]

    farid.waits(2 * DAY + 3 * HOUR)
    await on_small.ticks()
    assert amina.sees != "Later"
    assert (await found(on_small, sent)).state is Stage.SCHEDULED
    farid.waits(HOUR)
    await on_small.ticks()

    assert amina.sees == "Later"
    assert farid.sees.startswith("Later\n\nDone. 1 arrived.")


async def test_it_goes_at_each_persons_own_hour_and_not_at_night(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "America/Lima")
    await farid.says("/broadcast Nairobi: Good morning")
    await farid.taps("Later")
    await farid.taps("18:00")
    assert "At 18:00 of each person's own day." in farid.sees
    await farid.taps("Schedule it")
    await on_small.sent()
    assert "2 wait for their own time" in farid.sees

    farid.waits(3.1 * HOUR)  # 18:06 in Nairobi, 10:06 in Lima
    await on_small.ticks()
    assert amina.sees == "Good morning"
    assert baraka.sees != "Good morning"
    farid.waits(8 * HOUR)
    await on_small.ticks()

    assert baraka.sees == "Good morning"
    assert "Done. 2 arrived." in farid.sees


async def lives(learner: Careful, zone: str) -> None:
    await learner.presses(learner.newest.id, f"w:zone:{zone}")


async def test_at_night_it_waits_for_the_morning(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    farid.waits(9 * HOUR)  # midnight there
    await farid.says("/broadcast Nairobi: Hello")
    assert "1 of them in the morning, as it is night there." in farid.sees
    await farid.taps("Send now")
    await on_small.sent()
    assert amina.sees != "Hello"

    farid.waits(8.5 * HOUR)
    await on_small.ticks()

    assert amina.sees == "Hello"


async def test_stopped_in_the_middle_the_rest_gets_nothing(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "Asia/Tokyo")  # where it is nine in the evening
    await farid.says("/broadcast Nairobi: Hello")
    sent = number(farid)
    await farid.taps("Send now")
    await on_small.sent()
    assert farid.sees.endswith("Sent 1 of 2 · 1 waits for their own time")
    assert farid.labels == ["Stop"]

    await farid.taps("Stop")
    await on_small.sent()
    farid.waits(DAY)
    await on_small.ticks()

    assert (heard(amina, "Hello"), heard(baraka, "Hello")) == (1, 0)
    assert "Stopped. 1 arrived." in farid.sees
    assert "1 not sent: taken back" in farid.sees
    assert (await found(on_small, sent)).state is Stage.STOPPED


async def test_every_week_until_the_deadline(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")  # a reminder would be what she heard
    await farid.says("/broadcast Nairobi: Weekly")
    await farid.taps("Later")
    await farid.taps("Every week until the deadline")
    assert "Again every week until the deadline." in farid.sees
    await farid.taps("Send now")
    first = number(farid)
    await on_small.sent()
    assert heard(amina, "Weekly") == 1
    assert (await found(on_small, first + 10**15)).state is Stage.SCHEDULED

    for week in (2, 3, 3):  # on 23 and 30 November; the deadline is 1 December
        farid.waits(7 * DAY)
        await on_small.ticks()
        assert heard(amina, "Weekly") == week

    assert await broadcasts.of(on_small.store, first + 3 * 10**15) is None


async def test_once_it_is_deleted_again_it_is_not_repeated(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    await farid.says("/broadcast Nairobi: Weekly")
    await farid.taps("Later")
    await farid.taps("Every week until the deadline")
    await farid.taps("Send now")
    await on_small.sent()

    await farid.taps("Delete again")
    await farid.taps("Delete it")
    await on_small.sent()
    farid.waits(7 * DAY)
    await on_small.ticks()

    assert heard(amina, "Weekly") == 0


def heard(person: Careful, text: str) -> int:
    return sum(message.from_bot and message.text == text for message in person.messages)


async def test_two_facilitators_who_press_send_at_once_send_once(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(on_small, farid)
    await farid.says("/broadcast Nairobi: Once")
    sent = number(farid)
    await grace.says("/deliveries")
    await grace.taps("1")
    await grace.taps("Open it")
    world, send = on_small.simulator.world, farid.button("Send now")[1]

    presses = [
        world.press(person, chat.newest.id, send).query_id
        for _ in range(3)
        for person, chat in ((FARID, farid), (GRACE, grace))
    ]
    await on_small.sent()

    assert all(world.query(query).answered for query in presses)
    assert heard(amina, "Once") == 1
    said = {person.sees.split("\n\n")[1] for person in (farid, grace)}
    assert any("Done. 1 arrived." in one for one in said)
    assert len(await recipients.of(on_small.store, await found(on_small, sent), 0, 9)) == 1


async def test_what_a_colleague_wrote_is_shown_before_it_can_be_sent(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(on_small, farid)
    await farid.says("/broadcast Nairobi: First")
    await grace.says("/deliveries")
    await grace.taps("1")

    await grace.taps("Open it")
    assert before_last(grace).text == "First"
    await farid.taps("Change")
    await farid.taps("Text")
    await farid.says("Second")
    await grace.taps("Send now")
    await on_small.sent()

    assert grace.toast == "This was changed since you saw it. Please look once more."
    assert heard(amina, "First") == heard(amina, "Second") == 0
    assert before_last(grace).text == "Second"
    await farid.taps("Change")
    await farid.taps("Text")
    await farid.says("Third")
    await grace.taps("Change")
    await grace.taps("Urgent")
    assert before_last(grace).text == "Third"
    await grace.taps("Send now")
    await on_small.sent()
    assert heard(amina, "Third") == 1


async def test_a_broadcast_of_a_colleague_that_others_get_by_now_is_shown_first(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(on_small, farid)
    await farid.says("/broadcast Nairobi, finished: Hello")
    await grace.says("/deliveries")
    await grace.taps("1")
    await grace.taps("Open it")
    assert grace.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Change")
    await farid.taps("Whom")
    await farid.taps("Only some of them")
    await farid.taps("finished: chosen")
    await grace.taps("Change")
    await grace.taps("Done")
    old = grace.button("Send now")
    await farid.taps("not started")

    await grace.presses(*old)

    assert grace.sees.startswith("To: Nairobi · not started\n1 person.")
    assert heard(amina, "Hello") == 0


async def test_to_people_who_heard_today_one_may_write_for_tomorrow(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    await farid.says("/broadcast Nairobi: one")
    await farid.taps("Send now")
    await on_small.sent()

    await farid.says("/broadcast Nairobi: two for {name}")
    assert before_last(farid).text == "two for learner"
    assert farid.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    farid.waits(DAY)
    await on_small.ticks()

    assert heard(amina, "two for learner") == 1


async def test_a_message_may_be_planned_before_anybody_has_joined(
    on_small: Running, farid: Careful, link: str
) -> None:
    await farid.says("/broadcast Nairobi: Welcome {name}, until {deadline}")
    assert before_last(farid).text == "Welcome learner, until Tuesday 1 December, 23:59 your time"
    assert farid.sees == "To: Nairobi\n0 people."
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    amina = await joins(on_small, AMINA, link, "Amina")
    await amina.presses(amina.newest.id, "w:pace:none")

    farid.waits(DAY)
    await on_small.ticks()

    assert amina.sees.startswith("Welcome learner")


async def test_everybody_who_is_behind_is_reached_by_the_deadline_of_their_cohort(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    leading.person(on_small, CHEN)
    farid.waits(12 * DAY)
    ada = Careful(on_small, ADA)

    await ada.says("/broadcast all, behind: Hurry up")
    assert ada.sees == "To: everybody · behind the schedule\n1 person."
    await ada.taps("Send now")
    await on_small.sent()

    assert heard(amina, "Hurry up") == 1


async def test_of_two_processes_on_one_database_one_sends(
    on_small: Running, store_url: str, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    async with beside(on_small, store_url) as other:
        await farid.says("/broadcast Nairobi: Once")
        sent = number(farid)
        await farid.taps("Send now")
        for _ in range(2):
            await asyncio.gather(on_small.tutor.ticks.tick(), other.ticks.tick())
            await on_small.sent()
            while other.ticks.outbox.is_busy or other.ticks.broadcasting.is_busy:  # noqa: ASYNC110 - two parties
                await asyncio.sleep(0.001)

    assert heard(amina, "Once") == heard(baraka, "Once") == 1
    assert (await found(on_small, sent)).state is Stage.DONE
    assert "Done. 2 arrived." in farid.sees


@asynccontextmanager
async def beside(stage: Running, url: str) -> AsyncIterator[app.Tutor]:
    """Another process of the bot on the same database, which fetches nothing itself."""

    def now() -> int:
        return int(stage.simulator.world.clock.now() * 1000)

    simulator = stage.simulator
    settings = Settings(token=SecretStr(simulator.token), api_url=simulator.url, admins=(ADA,))
    store = await Store.open(url, now())
    try:
        async with app.running(settings, stage.course, store, now, PATIENT, FAST) as tutor:
            yield tutor
    finally:
        await store.close()


async def shares(stage: Running, farid: Careful) -> Careful:
    """Grace leads Farid's cohort with him."""
    grace = leading.person(stage, GRACE, "Grace")
    await farid.says("/grant Nairobi")
    await grace.says(f"/start {leading.payload(farid.newest)}")
    await grace.taps("I agree")
    return grace


async def test_somebody_elses_broadcast_is_as_if_it_were_not_there(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Mine")
    theirs, before = number(farid), await found(on_small, number(farid))
    grace = await facilitates(on_small, GRACE, "Grace")
    await leading.makes_cohort(grace, "Lima")
    await grace.says("/deliveries")
    assert grace.sees == "Nothing was sent yet. /broadcast writes to a cohort."

    for person in (grace, amina):
        for verb, what in BUTTONS:
            if verb != "b" or what == "list":
                continue
            await person.presses(person.newest.id, f"b:{what}:{theirs}:1")
            assert person.toast == NOT_YOURS, what
            person.waits(20)

    assert await found(on_small, theirs) == before
    await amina.says("/broadcast Nairobi: hello")
    assert amina.sees == NOT_YOURS
    await amina.says("/deliveries")
    assert amina.sees == NOT_YOURS


async def test_a_role_that_was_taken_back_sends_no_more(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(on_small, farid)
    await grace.says("/broadcast Nairobi: Still mine?")
    await on_small.store.write(roles.relieves(LearnerId(GRACE), cohort_of(farid)))

    await grace.taps("Send now")
    await on_small.sent()

    assert grace.toast == NOT_YOURS
    assert heard(amina, "Still mine?") == 0


@pytest.mark.parametrize("how", ["planned", "weekly"])
async def test_what_is_to_go_later_does_not_go_once_its_sender_has_lost_the_cohort(
    on_small: Running, farid: Careful, amina: Careful, how: str
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    grace = await shares(on_small, farid)
    await grace.says("/broadcast Nairobi: Hers")
    await grace.taps("Later")
    if how == "weekly":
        await grace.taps("Every week until the deadline")
        await grace.taps("Send now")
    else:
        await grace.says("20 November 12:00")
        await grace.taps("Schedule it")
    later = number(grace) + (10**15 if how == "weekly" else 0)
    await on_small.sent()
    before = heard(amina, "Hers"), grace.heard
    await on_small.store.write(roles.relieves(LearnerId(GRACE), cohort_of(farid)))

    farid.waits(8 * DAY)
    await on_small.ticks()

    assert (heard(amina, "Hers"), grace.heard) == before
    assert (await found(on_small, later)).state is Stage.CANCELLED
    await farid.says("/deliveries")
    assert "Hers · cancelled" in farid.sees


async def test_who_has_lost_the_cohort_hears_no_more_how_far_it_is(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    grace = await shares(on_small, farid)
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "Asia/Tokyo")  # where it is nine in the evening
    await grace.says("/broadcast Nairobi: Hello")
    await grace.taps("Send now")
    await on_small.sent()
    before = grace.sees
    await on_small.store.write(roles.relieves(LearnerId(GRACE), cohort_of(farid)))

    grace.waits(DAY / 2)
    await on_small.ticks()

    assert heard(baraka, "Hello") == 1
    assert grace.sees == before


async def test_only_admins_write_to_everybody(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    ada = Careful(on_small, ADA)
    await ada.says("/broadcast all: To all of you")
    assert "To: everybody" in ada.sees
    await ada.taps("Send now")
    await on_small.sent()
    assert amina.sees == "To all of you"

    await farid.says("/broadcast")
    await farid.presses(farid.newest.id, f"b:all:{number(farid)}:")
    assert farid.toast == NOT_YOURS


async def test_old_buttons_show_what_became_of_it(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Gone out")
    await farid.says("/broadcast Nairobi: Gone out")
    message, data = farid.newest.id, f"b:change:{number(farid)}:"
    await farid.taps("Send now")
    await on_small.sent()

    farid.waits(20)
    await farid.presses(message, data)

    assert farid.toast == "This was sent already. Here is what became of it."
    assert heard(amina, "Gone out") == 1
    await farid.presses(message, data.replace("change", "send"))
    await on_small.sent()
    assert heard(amina, "Gone out") == 1


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


async def test_what_was_sent_is_deleted_again_within_two_days(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await farid.says("/broadcast Nairobi: A slip")
    sent = number(farid)
    await farid.taps("Send now")
    await on_small.sent()
    await farid.taps("Delete again")
    assert "Who has read it has read it." in farid.sees
    await farid.taps("Leave it")
    await farid.taps("Delete again")

    await farid.taps("Delete it")
    await on_small.sent()

    assert heard(amina, "A slip") == heard(baraka, "A slip") == 0
    assert (await found(on_small, sent)).state is Stage.UNDONE
    assert "Deleted again, where Telegram allowed it." in farid.sees
    assert "2 deleted again" in farid.sees


async def test_after_two_days_nothing_can_be_deleted(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: A slip")
    sent = number(farid)
    await farid.taps("Send now")
    await on_small.sent()

    farid.waits(2 * DAY + 60)
    await farid.says("/deliveries")
    await farid.taps("1")

    assert "Delete again" not in farid.labels
    await farid.presses(farid.newest.id, f"b:undo-now:{sent}:")
    await on_small.sent()
    assert heard(amina, "A slip") == 1
    assert await state_of(on_small, sent, AMINA) is State.SENT


async def test_what_failed_for_a_reason_that_has_passed_is_tried_again(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    world = on_small.simulator.world
    await farid.says("/broadcast Nairobi: Hello")
    sent = number(farid)
    forbidden = "Forbidden: bot was blocked by the user"
    world.faults.add("sendMessage", "status", code=403, description=forbidden)
    await farid.taps("Send now")
    await on_small.sent()
    assert "Done. 1 arrived." in farid.sees
    assert "1 failed: blocked the bot" in farid.sees
    await farid.taps("Who")
    assert farid.sees.splitlines()[2].endswith(": failed: blocked the bot")
    await farid.taps("Back")

    missed = next(one for one in (amina, baraka) if not heard(one, "Hello"))
    await missed.says("/start")  # which Telegram lets nobody do who blocks a bot
    await farid.taps("Try again")
    await on_small.sent()

    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1
    assert "Done. 2 arrived." in farid.sees
    assert "Try again" not in farid.labels
    assert await state_of(on_small, sent, missed.id) is State.SENT


async def test_it_is_asked_before_it_goes_again_to_those_who_may_have_it(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Hello")
    sent = number(farid)
    on_small.simulator.world.faults.add("sendMessage", "drop_after")
    await farid.taps("Send now")
    await on_small.sent()
    assert "1 not known whether it arrived" in farid.sees
    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1

    await farid.taps("Unknown ones")
    assert "The connection broke while it was sent to 1 person." in farid.sees
    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1
    await farid.taps("Send again")
    await on_small.sent()

    assert heard(amina, "Hello") + heard(baraka, "Hello") == 3
    assert "Done. 2 arrived." in farid.sees
    assert {await state_of(on_small, sent, one) for one in (AMINA, BARAKA)} == {State.SENT}


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
    await on_small.store.write(*(
        recipients.delivers(known, LearnerId(one), 0, 0) for one in (AMINA, BARAKA, CHEN)
    ))  # fmt: skip

    await amina.says("/stop")
    await baraka.says("/leave")
    await baraka.taps("Nairobi")
    await baraka.taps("Leave")
    await chen.says("/continue")
    await chen.goes_on()
    await on_small.ticks()

    assert [heard(one, "Later") for one in (amina, baraka, chen)] == [0, 0, 0]
    kept = await recipients.of(on_small.store, known, 0, 9)
    assert {one.learner: one.reason for one in kept} == {
        AMINA: "stopped", BARAKA: "left", CHEN: "no-longer-fits",
    }  # fmt: skip


async def test_deleted_data_leaves_nothing_of_the_learner_in_a_broadcast(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await offers(farid, "Yes")
    sent = number(farid)
    await farid.taps("Send now")
    await on_small.sent()
    await amina.taps("Yes")
    assert await broadcasts.answers(on_small.store, sent) == {0: 1}

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await broadcasts.answers(on_small.store, sent) == {}
    assert await recipients.of(on_small.store, await found(on_small, sent), 0, 9) == ()
    await amina.presses(amina.messages[0].id, f"v:answer:{sent}:0")
    assert amina.toast == "This can no longer be answered."


async def test_of_a_facilitator_who_deletes_their_data_nothing_is_left_on_what_they_sent(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Hello")
    sent = number(farid)
    await farid.taps("Send now")
    await on_small.sent()
    await farid.says("/broadcast Nairobi: Never sent")
    draft = number(farid)

    await farid.says("/deletemydata")
    await farid.taps("Delete everything")

    kept = await found(on_small, sent)
    assert (kept.made_by, kept.chat, kept.message) == (0, None, None)
    never = await found(on_small, draft)
    assert (never.made_by, never.state) == (0, Stage.CANCELLED)
    assert heard(amina, "Hello") == 1
