"""Questions with several right answers: choose, change one's mind, send."""

import pytest

from course.model import LearnerId, QuestionId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)
SEVERAL = QuestionId("m1q2")


@pytest.fixture
async def chooser(amina: Careful) -> Careful:
    """Amina at a question whose right answers are A and C of four."""
    await amina.goes_to_question()
    await amina.answers()
    await amina.taps("Next")
    return amina


async def test_the_question_says_that_more_than_one_answer_is_right(chooser: Careful) -> None:
    assert "More than one answer is right." in chooser.sees
    assert chooser.labels == ["A", "B", "C", "D"]


async def test_choosing_marks_in_words_and_sends_nothing_new(
    chooser: Careful, on_small: Stage
) -> None:
    heard = chooser.heard

    await chooser.taps("A")
    await chooser.taps("D")

    assert chooser.heard == heard
    assert "A. Option a (chosen)" in chooser.sees
    assert "D. Option d (chosen)" in chooser.sees
    assert chooser.labels == ["✓ A", "B", "C", "✓ D", "Continue with A, D"]
    assert (await on_small.store.fetch_history(AMINA)).progress.times_answered(SEVERAL) == 0


async def test_a_second_press_takes_the_choice_back(chooser: Careful) -> None:
    await chooser.taps("A")
    await chooser.taps("✓ A")

    assert "(chosen)" not in chooser.sees
    assert chooser.labels == ["A", "B", "C", "D"]


async def test_all_that_are_right_and_nothing_else_is_right(
    chooser: Careful, on_small: Stage
) -> None:
    for label in ("C", "B", "A", "✓ B", "Continue with A, C"):
        await chooser.taps(label)

    assert chooser.sees.startswith("You chose A, C. That is right.")
    first = (await on_small.store.fetch_history(AMINA)).progress.first_attempt(SEVERAL)
    assert first is not None
    assert first.chosen == {"a", "c"}


async def test_one_too_many_is_partly_right_and_comes_back(chooser: Careful) -> None:
    for label in ("A", "B", "C", "Continue with A, B, C"):
        await chooser.taps(label)

    assert chooser.sees.startswith("You chose A, B, C. Partly right.")
    assert "comes back at the end" in chooser.sees
    await chooser.taps("Next")
    while not chooser.sees.startswith("Question again"):
        await chooser.goes_on()
    assert chooser.labels == ["A", "B", "C", "D"]


async def test_only_wrong_ones_are_not_quite_right(chooser: Careful) -> None:
    for label in ("B", "D", "Continue with B, D"):
        await chooser.taps(label)

    assert chooser.sees.startswith("You chose B, D. Not quite.")


async def test_a_choice_made_on_an_old_copy_of_the_question_is_told_so(chooser: Careful) -> None:
    old = chooser.newest
    data = old.buttons[0][0]["callback_data"]
    await chooser.says("ac")
    await chooser.taps("Next")
    here = chooser.sees
    chooser.waits(20)

    await chooser.presses(old.id, data)

    assert chooser.toast == "You have answered this one already. Here is where you are."
    assert chooser.sees == here


async def test_typing_answers_while_something_is_chosen_counts_what_was_typed(
    chooser: Careful, on_small: Stage
) -> None:
    await chooser.taps("B")

    await chooser.says("a c")

    assert chooser.sees.startswith("You chose A, C. That is right.")
    assert (await on_small.store.fetch_history(AMINA)).progress.has_passed(SEVERAL)
