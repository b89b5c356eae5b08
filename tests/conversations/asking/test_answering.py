"""Facilitators answer: who is first, what others see, and when it comes."""

import pytest

from tests.conversations.leading import (
    ADA,
    FARID,
    GRACE,
    NOT_YOURS,
    facilitates,
    logged,
    sends,
)
from tests.conversations.people import HOUR, Careful
from tests.support.running import Stage


async def answers(facilitator: Careful, text: str) -> None:
    """Answer the question before their eyes."""
    await facilitator.taps("Answer")
    await facilitator.says(text)
    await sends(facilitator)


async def test_a_mention_in_an_answer_becomes_plain(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.says("/askfacilitator Whom can I ask?")
    await farid.taps("Answer")
    mention = '<a href="tg://user?id=1003">Chen</a>, <i>our nurse</i>'
    on_small.simulator.world.say(farid.id, mention, parse_mode="HTML")
    await on_small.settled()
    await farid.taps("Send")
    await on_small.ticks()

    assert "Chen, our nurse" in amina.sees
    assert not any("user" in one or "url" in one for one in amina.newest.entities)


@pytest.mark.journey
async def test_who_takes_a_question_first_answers_it_and_the_others_see_so(
    amina: Careful, farid: Careful, grace: Careful
) -> None:
    await amina.says("/askfacilitator Why?")
    assert farid.sees == grace.sees
    await farid.taps("Answer")
    await grace.taps("Answer")
    assert grace.sees.startswith("Another facilitator is answering this one.")
    await farid.says("Because.")
    await sends(farid)

    await grace.taps("Take it over")

    assert grace.sees.startswith("A facilitator has answered this one.")
    told = [one for one in amina.messages if "has answered you" in one.text]
    assert len(told) == 1
    assert await logged(amina.stage, "take-question") == [FARID], "she only asked for it"


async def test_a_question_that_was_taken_and_left_can_be_taken_over(
    amina: Careful, farid: Careful, grace: Careful
) -> None:
    await amina.says("/askfacilitator Why?")
    await farid.taps("Answer")
    await grace.taps("Answer")
    await grace.taps("Take it over")
    await grace.says("So that.")
    await sends(grace)
    assert "So that." in amina.sees

    await farid.says("Too late.")

    assert farid.sees.startswith("A facilitator has answered this one.")
    assert await logged(amina.stage, "take-question") == [GRACE, FARID]


async def test_two_answers_at_once_are_one(
    amina: Careful, farid: Careful, grace: Careful, on_small: Stage
) -> None:
    await amina.says("/askfacilitator Why?")
    await farid.taps("Answer")
    await farid.says("One.")
    await grace.taps("Answer")
    await grace.taps("Take it over")
    await grace.says("Two.")
    for one in (farid, grace):
        message, data = one.button("Send")
        on_small.simulator.world.press(one.id, message, data)
    await on_small.settled()
    await on_small.ticks()

    told = [one for one in amina.messages if "has answered you" in one.text]
    assert len(told) == 1
    assert len(await logged(on_small, "write-note")) == 1


async def test_questions_wait_on_the_radar_oldest_first(amina: Careful, farid: Careful) -> None:
    for number in range(3):
        await amina.says(f"/askfacilitator Question {number}?")
    await amina.says("/askfacilitator One more?")
    assert amina.sees.startswith("3 questions of yours wait for an answer.")

    await farid.says("/radar")
    assert "3 questions wait for an answer." in farid.sees
    await farid.taps("Questions")
    assert farid.sees.index("Question 0?") < farid.sees.index("Question 2?")
    assert farid.labels == ["Answer 1", "Answer 2", "Answer 3", "Radar"]
    await farid.taps("Answer 2")
    assert "Question 1?" in farid.sees
    await farid.taps("Cancel")
    assert farid.sees.startswith("All right. The question waits")


async def test_an_answer_comes_to_whoever_stopped_messages_and_at_night_to_who_is_awake(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.says("/stop")
    amina.waits(9 * HOUR)  # midnight in Nairobi
    await amina.says("/askfacilitator Why?")
    await answers(farid, "Because.")
    assert "Because." in amina.sees

    await amina.says("/askfacilitator And this?")
    amina.waits(HOUR)
    heard = amina.heard
    await answers(farid, "So.")
    assert amina.heard == heard
    assert "08:00 of their time" in farid.sees
    amina.waits(9 * HOUR)
    await on_small.ticks()
    assert "So." in amina.sees


async def test_only_facilitators_of_the_cohort_see_questions(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.says("/askfacilitator Why?")
    stranger = await facilitates(on_small, GRACE, "Grace")
    data = farid.button("Answer")[1]

    for one in (stranger, amina):
        for forged in (data, data.replace("take", "send"), data.replace("take", "take-over")):
            one.waits(5)
            await one.presses(one.newest.id, forged)
            assert one.toast == NOT_YOURS

    ada = Careful(on_small, ADA)
    await ada.presses(ada.newest.id, data)
    assert ada.sees.startswith("Your answer to ")


async def test_where_nobody_facilitates_any_more_the_admins_are_asked(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    ada = Careful(on_small, ADA)
    await farid.says("/deletemydata")
    await farid.taps("Delete everything")

    await amina.says("/askfacilitator Is somebody there?")

    assert "Is somebody there?" in ada.sees
    assert FARID not in {one.id for one in (amina, ada)}
