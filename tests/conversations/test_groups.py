"""In a group the bot answers when it is spoken to, and teaches nobody in public."""

import pytest

from course.model import LearnerId
from simulator.messages import Message
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA, BARAKA = 1001, 1002


@pytest.fixture
async def group(amina: Careful, on_small: Stage) -> int:
    """A group with Amina, who learns, Baraka, who does not, and the bot."""
    world = on_small.simulator.world
    world.person(BARAKA, "Baraka")
    chat = world.group("Friends", [amina.id, BARAKA])
    await on_small.settled()
    return chat


def heard(stage: Stage, group: int) -> list[Message]:
    """What the bot said in the group."""
    return [message for message in stage.simulator.world.chat(group) if message.from_bot]


async def said(stage: Stage, text: str, group: int, by: int = AMINA) -> list[Message]:
    """What the bot has said in the group after `text`."""
    stage.simulator.world.say(by, text, group)
    await stage.settled()
    return heard(stage, group)


async def test_joining_a_group_is_no_reason_to_speak(on_small: Stage, group: int) -> None:
    assert heard(on_small, group) == []


@pytest.mark.parametrize("text", ["/start", "/start@course_tutor_bot", "/help", "/progress"])
async def test_a_command_is_answered_once_with_the_way_to_a_private_chat(
    on_small: Stage, group: int, text: str
) -> None:
    username = on_small.tutor.username
    (answer,) = await said(on_small, text.replace("course_tutor_bot", username), group)

    assert answer.text.startswith("I teach in private chats only")
    assert f"@{username}" in answer.text
    assert not answer.buttons


@pytest.mark.parametrize("text", ["A", "next", "hello", "Is anybody there?", "stop"])
async def test_free_text_is_left_alone(on_small: Stage, group: int, text: str) -> None:
    assert await said(on_small, text, group) == []


async def test_a_mention_is_left_alone_and_so_is_a_command_for_another_bot(
    on_small: Stage, group: int
) -> None:
    assert await said(on_small, f"@{on_small.tutor.username} hello", group) == []
    assert await said(on_small, "/start@some_other_bot", group) == []


async def test_a_command_that_is_not_ours_and_names_nobody_is_left_alone(
    on_small: Stage, group: int
) -> None:
    assert await said(on_small, "/weather", group) == []


async def test_a_press_in_a_group_is_told_where_to_learn_and_changes_nothing(
    amina: Careful, on_small: Stage, group: int
) -> None:
    before = await on_small.kept_of(LearnerId(AMINA))
    pressed = on_small.simulator.world.press(amina.id, 1, "n:m1l1c1", group)
    await on_small.settled()

    query = on_small.simulator.world.query(pressed.query_id)
    assert query.text == "I teach in private chats only. Please write to me there."
    assert heard(on_small, group) == []
    assert await on_small.kept_of(LearnerId(AMINA)) == before


async def test_what_is_said_in_a_group_makes_nobody_a_learner(on_small: Stage, group: int) -> None:
    await said(on_small, "/start", group, by=BARAKA)

    assert (await on_small.store.fetch_history(LearnerId(BARAKA))).learner is None


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice"])
async def test_pictures_and_the_like_are_left_alone(
    amina: Careful, on_small: Stage, group: int, kind: str
) -> None:
    on_small.simulator.world.send_media(amina.id, kind, group)
    await on_small.settled()

    assert heard(on_small, group) == []


async def test_being_put_out_of_a_group_says_nothing_of_the_learner(
    amina: Careful, on_small: Stage, group: int
) -> None:
    world = on_small.simulator.world
    world.say(amina.id, "/start", group)
    world.remove_bot(group, amina.id)
    await on_small.settled()

    learner = (await on_small.store.fetch_history(LearnerId(AMINA))).learner
    assert learner is not None
    assert not learner.unreachable
    await amina.taps("Next")
    assert "Card 2 of 2" in amina.sees
