"""What a learner does next, from the course and their progress alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    has_finished_course,
    next_step,
)
from course.learning.progress import Reading, later_item
from course.model import Course, QuestionId
from tests.course.examples import FIRST, SECOND, SMALL, Walker, course, lesson, module, question


def names(walker: Walker, right: str = "") -> list[str]:
    """The ids of everything done until the end; questions in `right` are answered right at once."""
    done = []
    while not isinstance(walker.step, Finished):
        match walker.step:
            case ReadCard(card):
                done.append(card.id)
                walker.reads()
            case AnswerQuestion(asked, ordinal, again):
                done.append(f"{asked.id}{'!' * again}")
                walker.answers(right=again or asked.id in right or ordinal > 1)
            case SeeFeedback():
                walker.reads()
            case CloseModule(closed):
                done.append(closed.id)
                walker.reads()
    return done


def test_cards_come_before_the_questions_of_their_lesson_and_modules_in_order() -> None:
    done = names(Walker(), right="m1q1 m1q2 m1q3 m2q1")

    assert done == [
        "m1l1c1", "m1l1c2", "m1q1", "m1q2", "m1l2c1", "m1q3", "m1", "m2l1c1", "m2q1", "m2",
    ]  # fmt: skip


def test_what_was_missed_comes_back_at_the_end_of_its_module_the_oldest_first() -> None:
    done = names(Walker(), right="m1q2 m2q1")

    assert done == [
        "m1l1c1", "m1l1c2", "m1q1", "m1q2", "m1l2c1", "m1q3", "m1q1!", "m1q3!", "m1",
        "m2l1c1", "m2q1", "m2",
    ]  # fmt: skip


def test_a_question_comes_back_until_it_is_right() -> None:
    walker = Walker(course(module("m", lesson("ml", 1, (question("q"),)))))
    walker.goes_to(AnswerQuestion)

    for ordinal in range(1, 6):
        step = walker.goes_to(AnswerQuestion)
        assert isinstance(step, AnswerQuestion)
        assert (step.ordinal, step.is_retry) == (ordinal, ordinal > 1)
        walker.answers(right=False)
    walker.goes_to(AnswerQuestion)
    walker.answers()
    walker.reads()

    assert isinstance(walker.step, CloseModule)


def test_the_feedback_waits_until_the_learner_goes_on_from_it() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    walker.answers(right=False)

    assert isinstance(walker.step, SeeFeedback)
    walker.reads()
    assert isinstance(walker.step, AnswerQuestion)


def test_a_lesson_left_for_later_is_open_and_comes_after_the_others_of_its_module() -> None:
    walker = Walker()
    walker.reads()
    first, second = walker.course.modules[0].lessons
    left = Reading(later_item(first.id), walker.at + 1, 99)

    walker.progress = walker.progress.after_reading(left)

    assert walker.step == ReadCard(second.cards[0])
    assert not walker.progress.has_done(first, walker.course)
    while not walker.progress.has_done(second, walker.course):
        walker.goes_on()
    walker.reads()
    assert walker.step == ReadCard(first.cards[1])
    walker.goes_to(CloseModule)
    assert walker.progress.has_done(first, walker.course)


def test_nothing_is_left_at_the_end_and_an_empty_course_is_finished() -> None:
    walker = Walker()
    walker.goes_to(Finished)

    assert walker.step == Finished()
    assert next_step(course(), walker.progress) == Finished()


def test_all_is_done_with_the_last_right_answer_and_not_with_the_taps_after_it() -> None:
    walker = Walker()
    while not has_finished_course(walker.course, walker.progress):
        step = walker.step
        assert not isinstance(step, Finished)
        if isinstance(step, AnswerQuestion):
            walker.answers(right=step.is_retry)
        else:
            walker.reads()

    assert isinstance(walker.step, SeeFeedback)
    walker.reads()
    assert isinstance(walker.step, CloseModule)
    assert has_finished_course(walker.course, walker.progress)


def in_the_middle() -> Walker:
    """Somebody who has just gone on from the first question."""
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    walker.answers()
    walker.reads()
    return walker


EDITS = [
    pytest.param(course(SECOND, FIRST), "m2l1c1", id="modules in another order"),
    pytest.param(course(SECOND), "m2l1c1", id="the whole module gone"),
    pytest.param(course(replace(FIRST, lessons=FIRST.lessons[1:])), "m1l2c1", id="lesson gone"),
    pytest.param(
        course(module("m1", lesson("m1l1", 3, FIRST.lessons[0].questions))), "m1l1c3", id="new card"
    ),
    pytest.param(
        course(module("m1", lesson("m1l1", 2, (question("m1q1"),)), FIRST.lessons[1])),
        "m1l2c1",
        id="the open question gone",
    ),
]


@pytest.mark.parametrize(("edited", "item"), EDITS)
def test_an_edited_course_goes_on_with_the_first_thing_not_done(edited: Course, item: str) -> None:
    walker = in_the_middle()

    step = next_step(edited, walker.progress)

    assert isinstance(step, ReadCard)
    assert step.card.id == item


def test_a_module_that_was_closed_is_not_reopened_by_what_an_author_adds() -> None:
    walker = Walker()
    walker.goes_to(CloseModule)
    walker.reads()
    more = course(module("m1", *FIRST.lessons, lesson("m1l3")), SECOND)

    step = next_step(more, walker.progress)

    assert isinstance(step, ReadCard)
    assert step.card.id == "m2l1c1"


def test_feedback_that_names_an_option_which_is_gone_is_passed_over() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    walker.answers("c")
    assert isinstance(walker.step, SeeFeedback)
    shorter = question("m1q1", "a", "ab")
    edited = course(module("m1", lesson("m1l1", 2, (shorter, FIRST.lessons[0].questions[1]))))

    step = next_step(edited, walker.progress)

    assert isinstance(step, AnswerQuestion)
    assert step.question.id == "m1q2"


@given(
    st.lists(st.booleans(), max_size=60),
    st.sampled_from([each.values[0] for each in EDITS]),
    st.integers(0, 59),
)
def test_an_edit_at_any_moment_loses_nothing_passed_and_never_a_way_forward(
    verdicts: list[bool], edited: object, moment: int
) -> None:
    walker = Walker()
    for number, right in enumerate(verdicts):
        if number == moment:
            assert isinstance(edited, Course)
            walker.course = edited
        if isinstance(walker.step, Finished):
            break
        walker.goes_on(right=right)
    passed = {q.id for q in SMALL.questions() if walker.progress.has_passed(q.id)}

    walker.goes_to(Finished)

    assert all(walker.progress.has_passed(QuestionId(name)) for name in passed)
