"""From /start to the end of Module 1, and of the whole course, by tapping, with mistakes."""

import pytest

from course.model import LearnerId, Question, QuestionId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)


@pytest.mark.journey
async def test_a_module_is_done_by_tapping_with_a_mistake_in_every_second_question(
    learner: Careful, started: Stage
) -> None:
    await learner.says("/start")
    asked: list[tuple[str, bool]] = []

    while not learner.sees.startswith("Module 1 done."):
        if learner.has_question:
            again = learner.sees.startswith("Question again")
            right = again or len(asked) % 2 == 1
            asked.append((learner.question.id, right))
            await learner.answers(right=right)
            assert learner.sees.startswith("You chose ")
            assert ("That is right." in learner.sees) is right
            assert ("comes back at the end" in learner.sees) is not right
        else:
            await learner.taps_forward()

    firsts = [question.id for question in started.course.modules[0].questions()]
    missed = [name for name, right in asked if not right]
    assert [name for name, _ in asked] == firsts + missed
    assert f"{len(firsts) - len(missed)} of {len(firsts)} questions right" in learner.sees
    kept = await started.store.fetch_history(AMINA)
    for name, right in asked[: len(firsts)]:
        first = kept.progress.first_attempt(QuestionId(name))
        assert first is not None
        assert first.correct is right
        assert kept.progress.has_passed(QuestionId(name))


@pytest.mark.journey
async def test_the_whole_course_is_done_by_tapping(learner: Careful, started: Stage) -> None:
    await learner.says("/start")
    taps = 0

    while not learner.sees.startswith("You have done everything that is here."):
        await learner.goes_on(right=taps % 5 != 0)
        taps += 1

    assert "You have reached the end of this course." in learner.sees
    kept = (await started.store.fetch_history(AMINA)).progress
    assert all(kept.has_passed(question.id) for question in started.course.questions())
    assert all(kept.has_closed(module) for module in started.course.modules)
    pictures = [message for message in learner.messages if message.kind == "photo"]
    assert len(pictures) == len(started.course.modules) + 1  # one card has its own
    await learner.says("/continue")
    assert learner.sees.startswith("You have done everything that is here.")


async def test_every_screen_on_the_way_tells_where_one_is(learner: Careful) -> None:
    await learner.says("/start")
    await learner.taps("Start")
    await learner.taps("Next")
    seen = [learner.sees.splitlines()[:2]]

    while not learner.sees.startswith("Module 1 done."):
        await learner.goes_on()
        seen.append(learner.sees.splitlines()[:2])

    assert seen[:4] == [
        ["Module 1 of 7 · Lesson 1 of 4", "Card 1 of 3"],
        ["Module 1 of 7 · Lesson 1 of 4", "Card 2 of 3"],
        ["Module 1 of 7 · Lesson 1 of 4", "Card 3 of 3"],
        ["Module 1 of 7 · Lesson 1 of 4", "Question 1 of 1"],
    ]
    assert all(line.startswith(("Module 1", "You chose")) for line, _ in seen)


async def test_options_are_whole_in_the_text_and_letters_on_the_buttons(learner: Careful) -> None:
    await learner.says("/start")
    await learner.goes_to_question()

    asked = learner.question

    assert learner.labels == ["A", "B", "C"]
    for letter, option in zip("ABC", asked.options, strict=True):
        assert f"{letter}. {option.text}" in learner.sees


async def test_feedback_gives_the_reason_the_idea_and_the_source(learner: Careful) -> None:
    await learner.says("/start")
    await learner.goes_to_question()
    asked = learner.question
    wrong = next(option for option in asked.options if not option.correct)
    before = learner.heard

    await learner.answers(right=False)

    assert learner.heard == before, "the feedback takes the question's place"
    assert wrong.text in learner.sees
    assert wrong.feedback in learner.sees
    assert asked.idea in learner.sees
    assert f"The right answer is {right_letters(asked)}." in learner.sees
    assert asked.sources[0].publication in learner.sees
    assert learner.labels == ["Next"]
    quoted = [e for e in learner.newest.entities if e["type"] == "expandable_blockquote"]
    assert quoted


def right_letters(asked: Question) -> str:
    return ", ".join(asked.letter(option.id) for option in asked.options if option.correct)


async def test_a_question_missed_again_comes_again(amina: Careful) -> None:
    await amina.goes_to_question()
    name = amina.question.id
    askings = 0

    while askings < 4:
        if amina.has_question and amina.question.id == name:
            askings += 1
            await amina.answers(right=askings == 4)
        else:
            await amina.goes_on()

    assert "That is right." in amina.sees
    await amina.goes_to_end()
    assert "2 of 3 questions right the first time" in amina.sees


async def test_paging_back_and_forth_quickly_is_no_double_tap(learner: Careful) -> None:
    learner.pause = 0
    await learner.says("/start")
    for label in ("Start", "Next", "Next", "Next", "Back", "Back", "Next", "Next"):
        await learner.taps(label)

    assert "Card 3 of 3" in learner.sees


async def test_back_shows_the_card_before_and_next_returns_without_losing_the_place(
    learner: Careful, started: Stage
) -> None:
    await learner.says("/start")
    await learner.taps("Start")
    for _card in range(3):
        await learner.taps("Next")
    heard, place = learner.heard, learner.sees

    await learner.taps("Back")
    assert "Card 2 of 3" in learner.sees
    await learner.taps("Back")
    assert "Card 1 of 3" in learner.sees
    await learner.taps("Next")
    await learner.taps("Next")

    assert learner.heard == heard, "paging edits in place"
    assert learner.sees == place
    kept = await started.store.fetch_history(AMINA)
    assert {"m1l1c1", "m1l1c2"} == {item for item in kept.progress.read if "#" not in item}
    await learner.taps("Next")
    assert learner.has_question


async def test_what_one_has_gone_on_from_loses_its_buttons(amina: Careful) -> None:
    card = amina.newest

    await amina.taps("Next")

    assert not card.buttons
    assert amina.newest.buttons


async def test_the_outcomes_lead_on(learner: Careful, started: Stage) -> None:
    await learner.says("/start")

    await learner.taps("What will I learn?")

    assert learner.sees.startswith("After this course you can:")
    assert all(outcome in learner.sees for outcome in started.course.outcomes)
    await learner.taps("Start")
    await learner.taps("Next")
    assert "Card 1 of 3" in learner.sees
