"""The whole course without touching a button."""

import pytest

from course.model import LearnerId, QuestionId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)


async def test_the_course_is_done_by_typing_only_with_mistakes(
    learner: Careful, started: Stage
) -> None:
    await learner.says("/start")
    answers = 0

    while not learner.sees.startswith("You have done everything that is here."):
        if learner.has_question:
            again = learner.sees.startswith("Question again")
            answers += 1
            letters = learner.letters(right=again or answers % 3 != 1)
            await learner.says(way_of_typing(answers).join(letters))
            assert learner.sees.startswith(f"You chose {', '.join(letters)}.")
        else:
            await learner.says(("next", "Next", "NEXT", "ok", "/next")[answers % 5])

    kept = await started.store.fetch_history(AMINA)
    assert all(kept.progress.has_passed(q.id) for q in started.course.questions())
    assert not any(call.method.lower() == "answercallbackquery" for call in calls(started))


def way_of_typing(number: int) -> str:
    """What stands between the letters."""
    return ("", " ", ", ", " and ", ",")[number % 5]


def calls(stage: Stage):
    return stage.simulator.world.calls


@pytest.mark.parametrize("typed", ["a", "A", " a ", "A.", "a)", "(a)", "1"])
async def test_a_letter_in_any_dress_is_that_answer(amina: Careful, typed: str) -> None:
    await amina.goes_to_question()

    await amina.says(typed)

    assert amina.sees.startswith("You chose A. That is right.")


@pytest.mark.parametrize(
    "typed", ["AC", "ac", "a, c", "C A", "a and c", "A+C", "a/c", "1 3", "a.c."]
)
async def test_several_letters_in_any_dress_are_that_answer(amina: Careful, typed: str) -> None:
    await amina.goes_to_question()
    await amina.answers()
    await amina.taps("Next")
    assert amina.question.has_several_answers

    await amina.says(typed)

    assert amina.sees.startswith("You chose A, C. That is right.")


async def test_one_of_two_right_letters_is_partly_right(amina: Careful) -> None:
    await amina.goes_to_question()
    await amina.answers()
    await amina.taps("Next")

    await amina.says("c")

    assert amina.sees.startswith("You chose C. Partly right.")
    assert "The right answers are A and C." in amina.sees


@pytest.mark.parametrize("typed", ["D", "ab", "A B C", "f", "6"])
async def test_letters_that_the_question_does_not_take_are_not_counted(
    amina: Careful, on_small: Stage, typed: str
) -> None:
    await amina.goes_to_question()

    await amina.says(typed)

    assert amina.sees.startswith("To answer, type one letter: A, B, C.")
    kept = await on_small.store.fetch_history(AMINA)
    assert kept.progress.times_answered(QuestionId("m1q1")) == 0
    await amina.taps("Continue")
    assert amina.has_question


async def test_next_does_not_skip_a_question_but_shows_it_again(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    asked = amina.sees

    await amina.says("next")

    assert amina.sees == asked
    assert (await on_small.store.fetch_history(AMINA)).progress.attempts == {}


async def test_a_newcomer_who_types_next_sees_the_first_card_first(learner: Careful) -> None:
    await learner.says("/start")

    await learner.says("next")
    assert learner.newest.kind == "photo"

    await learner.says("next")
    assert "Card 1 of 3" in learner.sees

    await learner.says("next")
    assert "Card 2 of 3" in learner.sees


async def test_somebody_who_never_said_start_and_types_ok_is_at_the_beginning(
    learner: Careful,
) -> None:
    await learner.says("ok")

    assert learner.sees.startswith("Module 1\nWhy look beyond punishment?")


async def test_a_letter_while_a_card_is_open_says_what_to_do(amina: Careful) -> None:
    await amina.says("A")

    assert amina.sees.startswith("No question is open now. Type next")
    assert amina.labels == ["Continue"]


async def test_a_letter_while_feedback_is_open_is_not_another_answer(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    await amina.says("b")

    await amina.says("a")

    assert amina.sees.startswith("Your answer is in. Type next")
    kept = await on_small.store.fetch_history(AMINA)
    assert kept.progress.times_answered(QuestionId("m1q1")) == 1
    await amina.says("next")
    assert amina.has_question


@pytest.mark.parametrize("typed", ["back", "Back", "previous", "/back"])
async def test_back_shows_the_card_before(amina: Careful, typed: str) -> None:
    await amina.says("next")
    assert "Card 2 of 2" in amina.sees

    await amina.says(typed)

    assert "Card 1 of 2" in amina.sees
    await amina.says("next")
    assert amina.has_question


async def test_back_on_the_first_card_and_on_a_question_stays_there(amina: Careful) -> None:
    first = amina.sees
    await amina.says("back")
    assert amina.sees == first

    await amina.goes_to_question()
    asked = amina.sees
    await amina.says("back")
    assert amina.sees == asked


@pytest.mark.parametrize("typed", ["stop", "STOP", "Stop!", "unsubscribe"])
async def test_the_word_stop_always_works(amina: Careful, typed: str) -> None:
    await amina.says(typed)

    assert amina.sees.startswith("I will not write to you any more")


@pytest.mark.parametrize("typed", ["help", "progress", "modules", "settings", "pause"])
async def test_words_do_what_the_commands_of_their_name_do(amina: Careful, typed: str) -> None:
    command = f"/{typed}"
    await amina.says(command)  # the first pause asks for the time, too
    await amina.says(typed)
    by_word = amina.sees

    await amina.says(command)

    assert amina.sees == by_word


async def test_free_text_at_a_card_says_what_can_be_done(amina: Careful) -> None:
    await amina.says("Blue elephants and cars")

    assert amina.sees.startswith("I am a simple teacher and did not understand that.")
    assert "/help" in amina.sees
    assert amina.labels == ["Where to read on", "Go on with the lesson"]


async def test_free_text_at_a_question_says_which_letters_answer_it(amina: Careful) -> None:
    await amina.goes_to_question()
    await amina.says("Blue elephants and cars")
    assert amina.sees.startswith("To answer, type one letter: A, B, C.")
    assert "Type: I do not know." in amina.sees

    await amina.says("a")
    await amina.taps("Next")
    await amina.says("Blue elephants and cars")
    assert amina.sees.startswith("To answer, type the letters of all right answers: A, B, C, D.")
