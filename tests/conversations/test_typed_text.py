"""Whatever a learner types is an answer, a command in words, a term, or a question for the course.

60 of the 300 labelled texts of tests/bot/parsing go through the whole bot, each in its place.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.actions.answers import submit_dont_know
from bot.actions.learner_state import Interaction, Services, load_learner
from bot.actions.lessons import leave_lesson
from course.glossary import term_by_key, term_key
from course.learning.next_step import AnswerQuestion, ReadCard, next_step
from course.model import CardId, LearnerId, QuestionId
from tests.conversations.leading import member
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage, real_course

AMINA = LearnerId(1001)
LABELLED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "bot/parsing/typed_texts.yaml").read_text("utf-8")
)
# One in five of each kind of place; the others are read by tests/bot/parsing alone.
SAMPLE = LABELLED[::5]

NOT_UNDERSTOOD = ("I am a simple teacher", "I find nothing on this", "I do not know this command")

# What a text of a label is met with, where one sentence tells.
MET_WITH = {
    "certificate": "This course gives no certificate now.",
    "thanks": "You are welcome.",
    "hello": "Hello. Your place is kept.",
    "leave_for_today": "Your place is kept. When you want to go on",
    "delete_data": "Delete",
    "talk_to_someone": "You learn by yourself here",
    "danger": "I am a learning tool, not a counsellor",
    "language": "This course is in one language only",
    "time_left": "You have done",
    "progress": "You have done",
}


@pytest.fixture
async def asked(amina: Careful) -> Careful:
    """Amina at the first question of the small course."""
    await amina.goes_to_question()
    return amina


@pytest.fixture
async def learning(learner: Careful) -> Careful:
    """Amina at the first card of the real course."""
    await learner.says("/start")
    await learner.taps("Start")
    return learner


async def attempts(stage: Stage, question: str) -> list[tuple[frozenset[str], bool]]:
    progress = (await stage.store.fetch_history(AMINA)).progress
    found = progress.attempts.get(QuestionId(question), ())
    return [(frozenset(one.chosen), one.correct) for one in found]


def test_the_sample_has_sixty_texts_of_all_voices() -> None:
    assert len(SAMPLE) == 60
    assert {each["voice"] for each in SAMPLE} == {each["voice"] for each in LABELLED}


async def test_no_labelled_text_hits_a_refusal_without_a_way_on(learning: Careful) -> None:
    refused, missed = [], []

    for each in SAMPLE:
        text = " ".join(each["text"].split())
        await learning.says("/continue")
        while learning.has_question is not (each["at"] == "question"):
            await learning.says("next" if not learning.has_question else "idk")
        before = learning.heard
        await learning.says(text)
        told = [one for one in learning.messages if one.from_bot][before - learning.heard :]
        words = "\n".join(one.text for one in told)
        if not any(one.buttons for one in told):
            missed.append(text)
        if any(sign in words for sign in NOT_UNDERSTOOD):
            refused.append(text)
            assert "Go on with the lesson" in learning.labels, text
        wanted = MET_WITH.get(each["wanted"])
        assert wanted is None or wanted in words, (text, words)

    assert missed == []
    assert len(refused) <= 6, refused


@pytest.mark.parametrize(
    "typed", ["answer a", "I think A", "Option a", "option A please", "the first one", "1"]
)
async def test_an_answer_is_taken_in_any_form(asked: Careful, typed: str) -> None:
    await asked.says(typed)

    assert asked.sees.startswith("You chose A. That is right.")


@pytest.mark.journey
@pytest.mark.parametrize("typed", ["I do not know", "idk", "hint", "no idea"])
async def test_not_knowing_shows_the_answer_and_brings_the_question_back(
    asked: Careful, on_small: Stage, typed: str
) -> None:
    await asked.says(typed)

    assert asked.sees.startswith("Not knowing is a good reason to learn. Here is the answer.")
    assert "The right answer is A. Idea of m1q1." in asked.sees
    assert "This question comes back at the end of the module." in asked.sees
    assert await attempts(on_small, "m1q1") == [(frozenset(), False)]
    await asked.goes_to_end()
    assert await attempts(on_small, "m1q1") == [(frozenset(), False), ({"a"}, True)]
    await asked.taps("Review what I missed")
    assert "You did not know it then." in asked.sees


async def test_skip_on_a_card_goes_to_the_next(amina: Careful) -> None:
    await amina.says("skip")

    assert "Card 2 of 2" in amina.sees


async def test_skip_at_a_question_leaves_its_lesson_open_for_later(
    asked: Careful, on_small: Stage
) -> None:
    await asked.says("skip this question")

    assert "Module 1 of 2 · Lesson 2 of 2" in asked.sees
    assert any(one.text.startswith("This lesson waits for you") for one in asked.messages)
    await asked.says("progress")
    assert "You have done 0 of 3 lessons" in asked.sees
    await asked.says("next")
    await asked.says("next")
    await asked.says("b")
    await asked.says("next")
    assert "What of m1q1?" in asked.sees
    await asked.says("skip")
    assert "What of m1q1?" in asked.sees
    assert any(one.text.startswith("Only this is left in the module") for one in asked.messages)
    assert await attempts(on_small, "m1q1") == []


async def test_a_whole_lesson_is_left_from_its_first_card(amina: Careful, on_small: Stage) -> None:
    await amina.says("skip this lesson")

    step = next_step(SMALL, (await on_small.store.fetch_history(AMINA)).progress)
    assert isinstance(step, ReadCard)
    assert step.card.id == "m1l2c1"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("does", ["leaves the lesson", "does not know"])
async def test_an_update_that_is_handled_again_changes_nothing(on_small: Stage, does: str) -> None:
    services = Services(SMALL, on_small.store)
    once = Interaction(AMINA, "en", 10**9, int(on_small.simulator.world.clock.now() * 1000))

    async def act() -> object:
        if does == "leaves the lesson":
            return await leave_lesson(services, once)
        return await submit_dont_know(services, await load_learner(services, once))

    first, before = await act(), await on_small.store.fetch_history(AMINA)
    again = await act()

    assert type(again) is type(first)
    assert (await on_small.store.fetch_history(AMINA)).progress == before.progress
    assert len(before.progress.updates & {10**9}) == 1


async def test_enough_for_today_stops_no_message(asked: Careful, on_small: Stage) -> None:
    await asked.says("bye, enough for today")

    assert asked.sees.startswith("Your place is kept. When you want to go on")
    known = (await on_small.store.fetch_history(AMINA)).learner
    assert known is not None
    assert not known.stopped


async def test_a_term_is_explained_whatever_is_open(learning: Careful, started: Stage) -> None:
    await learning.says("what is naloxone?")
    assert learning.sees.startswith("From the glossary:\nnaloxone")

    while not learning.has_question:
        await learning.says("next")
    await learning.says("naloxone")
    assert learning.sees.startswith("From the glossary:\nnaloxone")
    kept = await started.store.fetch_history(AMINA)
    assert isinstance(next_step(started.course, kept.progress), AnswerQuestion)


async def test_help_comes_first_and_the_look_up_beside_it(learning: Careful) -> None:
    await learning.says("what is an overdose?")

    helped, looked_up = [one for one in learning.messages if one.from_bot][-2:]
    assert "call your local emergency number" in helped.text
    assert looked_up.text.startswith("This may help:")


async def test_a_question_is_answered_with_what_the_course_has(
    learning: Careful, started: Stage
) -> None:
    await learning.says("why do people overdose after they come out of prison?")
    before = await started.kept_of(AMINA)

    assert "This may help:" in learning.sees
    assert learning.labels[-2:] == ["None of these", "Go on with the lesson"]
    for number in learning.labels[:-2]:
        await learning.taps(number)
        assert "Go on with the lesson" in learning.labels or "All words" in learning.labels
    assert await started.kept_of(AMINA) == before
    await learning.taps("None of these")
    assert "Where to read on" in learning.sees


async def test_none_of_these_asks_the_facilitator_of_a_member(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await member(on_small, farid, cohort, 1001, "Amina")
    await amina.says("what does the text of m1l1 say about it?")
    assert amina.sees.startswith("This may help:"), amina.sees

    await amina.taps("None of these")
    await amina.says("thanks")

    assert farid.sees.startswith("A question for you")
    assert "\n\nthanks\n\n" in farid.sees


async def test_a_question_that_the_course_has_nothing_on_has_a_way_on(learning: Careful) -> None:
    await learning.says("who won the football match yesterday evening?")

    assert learning.sees.startswith("I find nothing on this in the course")
    assert learning.labels == ["Where to read on", "Go on with the lesson"]


async def test_a_found_card_that_an_author_took_away_shows_the_place(amina: Careful) -> None:
    here = amina.sees

    await amina.presses(amina.newest.id, "f:gone")

    assert amina.toast == "This is no longer part of the course. Here is where you are."
    assert amina.sees == here


def test_each_term_of_the_course_has_a_button_of_its_own() -> None:
    course = real_course()

    keys = [term_key(term) for term in course.glossary]

    assert [term_by_key(course, key) for key in keys] == list(course.glossary)
    assert all(course.card(CardId(key)) is None for key in keys)
