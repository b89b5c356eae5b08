"""Facts add up to the same progress, whatever order they come in."""

import random

from hypothesis import given
from hypothesis import strategies as st

from course.learning.next_step import AnswerQuestion, Finished, next_step
from course.learning.progress import (
    Attempt,
    Progress,
    Reading,
    feedback_item,
    is_feedback,
)
from course.model import OptionId, QuestionId
from tests.course.examples import (
    AMINA,
    FIRST,
    SECOND,
    SMALL,
    Walker,
    course,
    lesson,
    module,
    question,
)

ITEMS = st.sampled_from(["m1l1c1", "m1l1c2", "m1l2c1", "m1q1#1", "m1q2#1", "m1"])
QUESTIONS = st.sampled_from(["m1q1", "m1q2", "m1q3", "m2q1"])
LETTERS = st.sets(st.sampled_from("abcd"), min_size=1)
MOMENTS = st.integers(0, 50)
UPDATES = st.integers(1, 10_000)

READINGS = st.lists(st.builds(Reading, ITEMS, MOMENTS, UPDATES), unique_by=lambda r: r.update)
ATTEMPTS = st.lists(
    st.builds(
        Attempt,
        QUESTIONS.map(QuestionId),
        st.integers(1, 3),
        LETTERS.map(lambda letters: frozenset(map(OptionId, letters))),
        st.booleans(),
        MOMENTS,
        UPDATES,
    ),
    unique_by=lambda a: a.update,
)


@given(READINGS, ATTEMPTS, st.randoms(use_true_random=False))
def test_folding_in_any_order_and_with_repetitions_gives_the_same_progress(
    readings: list[Reading], attempts: list[Attempt], chance: random.Random
) -> None:
    once = Progress.from_facts(AMINA, readings, attempts)

    again_readings = readings + chance.sample(readings, len(readings) // 2)
    again_attempts = attempts + chance.sample(attempts, len(attempts) // 2)
    chance.shuffle(again_readings)
    chance.shuffle(again_attempts)

    assert Progress.from_facts(AMINA, again_readings, again_attempts) == once


@given(st.lists(st.booleans(), max_size=40), st.randoms(use_true_random=False))
def test_what_the_database_gives_back_is_what_the_learner_had(
    verdicts: list[bool], chance: random.Random
) -> None:
    walker = Walker()
    for right in verdicts:
        if isinstance(walker.step, Finished):
            break
        walker.goes_on(right=right)

    readings, attempts = list(walker.readings), list(walker.attempts)
    chance.shuffle(readings)
    chance.shuffle(attempts)
    folded = Progress.from_facts(AMINA, readings, attempts)

    assert folded == walker.progress
    assert next_step(SMALL, folded) == walker.step


def test_somebody_who_did_nothing_is_new() -> None:
    assert Progress(AMINA).is_new
    assert Progress.from_facts(AMINA, [], []) == Progress(AMINA)


def test_reading_the_same_card_twice_keeps_the_first_time() -> None:
    early, late = Reading("m1l1c1", 10, 1), Reading("m1l1c1", 90, 2)

    progress = Progress(AMINA).after_reading(early).after_reading(late)

    assert progress.read == {"m1l1c1": 10}
    assert progress == Progress.from_facts(AMINA, [late, early], [])


def test_the_first_answer_is_kept_and_the_last_one_is_known() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    walker.answers(right=False)
    while not walker.progress.has_passed(QuestionId("m1q1")):
        walker.goes_on()

    first = walker.progress.first_attempt(QuestionId("m1q1"))
    last = walker.progress.last_attempt(QuestionId("m1q1"))

    assert first is not None
    assert not first.correct
    assert last is not None
    assert last.correct
    assert last.ordinal == 2


def test_a_right_answer_stays_passed_after_a_later_wrong_one() -> None:
    right = Attempt(QuestionId("m1q1"), 1, frozenset({OptionId("a")}), True, 1, 1)
    wrong = Attempt(QuestionId("m1q1"), 2, frozenset({OptionId("b")}), False, 2, 2)

    assert Progress.from_facts(AMINA, [], [wrong, right]).has_passed(QuestionId("m1q1"))


def test_a_lesson_is_done_when_all_its_cards_are_read_and_its_questions_answered() -> None:
    walker = Walker()
    first = FIRST.lessons[0]

    walker.goes_to(AnswerQuestion)
    walker.answers(right=False)
    assert not walker.progress.has_done(first, SMALL)

    walker.goes_on()
    walker.answers(right=False)
    assert walker.progress.has_done(first, SMALL)
    assert walker.progress.count_lessons_done(SMALL) == 1


def test_a_closed_module_stays_done_whatever_its_lessons_say() -> None:
    progress = Progress(AMINA).after_reading(Reading("m1", 1, 1))

    assert progress.has_closed(FIRST)
    assert not progress.has_closed(SECOND)
    assert all(progress.has_done(lesson, SMALL) for lesson in FIRST.lessons)
    assert progress.count_lessons_done(SMALL) == 2


def test_the_name_of_feedback_cannot_be_the_id_of_anything_in_a_course() -> None:
    assert is_feedback(feedback_item(QuestionId("m1q1"), 2))
    assert not is_feedback("m1q1")


def test_a_changed_key_takes_nothing_away_and_gives_what_is_right_now() -> None:
    names = ["once right", "right by now", "never right"]
    attempts = [
        Attempt(QuestionId(names[0]), 1, frozenset({OptionId("b")}), True, 1, 1),
        Attempt(QuestionId(names[1]), 1, frozenset({OptionId("a")}), False, 2, 2),
        Attempt(QuestionId(names[2]), 1, frozenset({OptionId("c")}), False, 3, 3),
    ]
    today = course(module("m1", lesson("m1l1", 1, [question(name, "a") for name in names])))

    progress = Progress.from_facts(AMINA, [], attempts).with_current_key(today)

    assert [progress.has_passed(QuestionId(name)) for name in names] == [True, True, False]
    first = progress.first_attempt(QuestionId("right by now"))
    assert first is not None
    assert first.correct


def test_without_a_changed_key_nothing_is_made_anew() -> None:
    missed = Attempt(QuestionId("m1q1"), 1, frozenset({OptionId("b")}), False, 1, 1)
    progress = Progress.from_facts(AMINA, [], [missed])

    assert progress.with_current_key(SMALL) is progress
