"""What is neither an answer nor a command: each gets a kind, useful reply, or is rightly left."""

import pytest

from course.model import LearnerId
from simulator.media import _KINDS
from simulator.wire import Json
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)


@pytest.fixture
async def asked(amina: Careful) -> Careful:
    """Amina at the first question."""
    await amina.goes_to_question()
    return amina


async def arrives(stage: Stage, number: int, **content: object) -> None:
    """Hand the bot a message that no client could send, as Telegram would."""
    amina = stage.simulator.world.known(1001)
    message: Json = {
        "message_id": number,
        "date": stage.simulator.world.today(),
        "chat": amina.as_chat(),
        "from": amina.as_user(),
        **content,
    }
    await stage.tutor.inbox.receive([{"update_id": number, "message": message}])
    await stage.settled()


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_what_nobody_sent_is_left_alone(asked: Careful, on_small: Stage, kind: str) -> None:
    heard, chat = asked.heard, on_small.simulator.world.known(1001).as_chat()
    message = {"message_id": 5, "date": 1, "edit_date": 1, "chat": chat, "text": "A"}

    await on_small.tutor.inbox.receive([{"update_id": 5, kind: message}])
    await on_small.settled()

    assert asked.heard == heard
    assert await on_small.store.fetch_set_aside_updates(1) == ()


@pytest.mark.parametrize("kind", sorted(_KINDS))
async def test_anything_but_text_is_told_what_can_be_read(
    asked: Careful, on_small: Stage, kind: str
) -> None:
    before = await on_small.kept_of(AMINA)

    await asked.sends(kind)

    assert asked.sees.startswith("I can read only buttons and short text.")
    assert await on_small.kept_of(AMINA) == before
    await asked.taps("Continue")
    assert asked.has_question


async def test_a_caption_is_no_answer(asked: Careful, on_small: Stage) -> None:
    await asked.sends("photo", "A")

    assert asked.sees.startswith("I can read only buttons and short text.")
    assert (await on_small.store.fetch_history(AMINA)).progress.attempts == {}


async def test_formatting_of_no_caption_is_no_trouble(asked: Careful, on_small: Stage) -> None:
    heard, bold = asked.heard, {"type": "bold", "offset": 0, "length": 1}

    await arrives(on_small, 7, dice={"emoji": "x", "value": 1}, caption_entities=[bold])

    assert asked.heard == heard + 1
    assert asked.sees.startswith("I can read only buttons and short text.")
    assert await on_small.store.fetch_set_aside_updates(1) == ()


async def test_an_edited_message_is_not_taken_for_a_new_answer(
    asked: Careful, on_small: Stage
) -> None:
    world = on_small.simulator.world
    sent = world.say(asked.id, "b")
    await on_small.settled()
    heard = asked.heard

    world.edit(asked.id, sent.message_id, "a")
    await on_small.settled()

    assert asked.heard == heard + 1
    assert asked.sees.startswith("I read a message only once")
    kept = await on_small.kept_of(AMINA)
    assert not kept.progress.has_passed(asked.stage.course.modules[0].lessons[0].questions[0].id)


async def test_a_place_that_moves_on_the_map_is_answered_once(
    asked: Careful, on_small: Stage
) -> None:
    world = on_small.simulator.world
    sent = world.send_media(asked.id, "location")
    await on_small.settled()
    heard = asked.heard
    amina, place = world.known(1001), {"latitude": 1.0, "longitude": 2.0, "live_period": 900}
    moved = {
        "message_id": sent.message_id,
        "date": 1,
        "edit_date": 2,
        "chat": amina.as_chat(),
        "from": amina.as_user(),
        "location": place,
    }

    for number in range(1, 6):
        await on_small.tutor.inbox.receive([{"update_id": number, "edited_message": moved}])
        await on_small.settled()

    assert asked.heard == heard


@pytest.mark.parametrize("size", [41, 500, 4096])
async def test_long_text_is_free_text(asked: Careful, on_small: Stage, size: int) -> None:
    await asked.says("Z " * (size // 2) + "Z" * (size % 2))

    assert asked.sees.startswith("To answer, type one letter: A, B, C.")
    assert (await on_small.store.fetch_history(AMINA)).progress.attempts == {}


@pytest.mark.parametrize("text", ["A" * 5000, "\N{GRINNING FACE}" * 5000, "\n" * 5000, "/" * 5000])
async def test_text_longer_than_any_client_sends_is_answered_like_other_text(
    asked: Careful, on_small: Stage, text: str
) -> None:
    heard = asked.heard

    await arrives(on_small, 77, text=text)

    assert asked.heard == heard + 1
    assert asked.sees.startswith("To answer, type one letter: A, B, C.")


@pytest.mark.parametrize(
    "text",
    ["<b>A", "&amp;", "{letters}", "%s %(a)s", "\u202eA", "\ufeffA", "A\u0301", "`A`", "\\"],
)
async def test_text_with_markup_in_it_is_only_text(asked: Careful, text: str) -> None:
    await asked.says(text)

    assert asked.sees.startswith(("To answer, type one letter", "You chose A"))


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
    ],
    ids=["a pin", "a timer for deleting"],
)
async def test_notes_of_telegram_itself_are_left_alone(
    asked: Careful, on_small: Stage, content: Json
) -> None:
    heard = asked.heard

    await arrives(on_small, 78, **content)

    assert asked.heard == heard
    assert not on_small.tutor.inbox.is_busy


async def test_fields_and_kinds_of_updates_that_are_newer_than_we_are_do_no_harm(
    asked: Careful, on_small: Stage
) -> None:
    heard = asked.heard

    await arrives(on_small, 79, hologram={"depth": 3}, text="A", chat_mood="sunny")
    assert asked.sees.startswith("You chose A")
    await on_small.tutor.inbox.receive([{"update_id": 80, "telepathy": {"from": {"id": 1001}}}])
    await on_small.settled()

    assert asked.heard == heard + 1, "the feedback came, and nothing else"


async def test_somebody_without_a_language_and_with_an_odd_name_is_served(on_small: Stage) -> None:
    world = on_small.simulator.world
    world.person(1004, "<b>&amp;{0}</b>", language_code="")
    person = Careful(on_small, 1004)

    await person.says("/start")
    await person.taps("Start")

    assert "Card 1 of 2" in person.sees
