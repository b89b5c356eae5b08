"""Text that speaks of self-harm or an overdose gets help, and the lesson waits."""

import pytest

from course.model import LearnerId
from tests.conversations.people import Careful
from tests.course.test_danger_phrases import IN_DANGER
from tests.support.running import Stage

AMINA = LearnerId(1001)


@pytest.fixture
async def asked(amina: Careful) -> Careful:
    """Amina at the first question."""
    await amina.goes_to_question()
    return amina


def is_help(text: str) -> bool:
    """Whether this is where to turn in danger."""
    return (
        "not an emergency service" in text
        and "call your local emergency number" in text
        and "findahelpline.com" in text
    )


@pytest.mark.parametrize("text", IN_DANGER.values(), ids=IN_DANGER.keys())
async def test_help_is_offered_and_the_lesson_waits(
    asked: Careful, on_small: Stage, text: str
) -> None:
    before = await on_small.kept_of(AMINA)

    await asked.says(text)

    assert is_help(asked.sees)
    assert "Your lesson waits. There is no hurry." in asked.sees
    assert await on_small.kept_of(AMINA) == before


async def test_help_names_no_number_of_one_country_and_shows_no_link_preview(
    asked: Careful,
) -> None:
    await asked.says("I want to die")

    assert not any(sign.isdigit() for sign in asked.sees)
    assert asked.newest.options["link_preview_options"] == {"is_disabled": True}


async def test_afterwards_the_question_is_where_it_was(asked: Careful) -> None:
    question = asked.sees
    await asked.says("someone overdosed here")

    await asked.says("/continue")

    assert asked.sees == question


async def test_help_comes_at_a_card_at_feedback_and_before_the_start(
    learner: Careful, started: Stage
) -> None:
    await learner.says("я не хочу жить")
    assert is_help(learner.sees)
    assert (await started.store.fetch_history(AMINA)).progress.is_new

    await learner.says("/start")
    await learner.taps("Start")
    await learner.says("me quiero morir")
    assert is_help(learner.sees)


async def test_help_comes_for_a_caption_and_for_an_edited_message(
    asked: Careful, on_small: Stage
) -> None:
    await asked.sends("photo", "he is not breathing")
    assert is_help(asked.sees)

    sent = on_small.simulator.world.say(asked.id, "hm")
    await on_small.settled()
    heard = asked.heard
    on_small.simulator.world.edit(asked.id, sent.message_id, "I want to kill myself")
    await on_small.settled()
    assert asked.heard == heard + 1
    assert is_help(asked.sees)


@pytest.mark.parametrize("text", ["/start I want to die", "/unknown overdose", "/help suicide"])
async def test_a_command_with_such_words_behind_it_gets_help_too(asked: Careful, text: str) -> None:
    await asked.says(text)

    assert is_help(asked.sees)
