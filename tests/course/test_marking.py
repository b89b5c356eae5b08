"""What an answer means, from whatever button it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.marking import (
    AnsweredBefore,
    JustAnswered,
    Marked,
    NotOpenYet,
    Withdrawn,
    is_correct,
    mark_answer,
)
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    SeeFeedback,
)
from course.model import OptionId, QuestionId
from tests.course.examples import SMALL, Walker, question


@pytest.fixture
def asked() -> Walker:
    """Somebody before the first question."""
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    return walker


@pytest.mark.parametrize(
    ("chosen", "right"), [("ac", True), ("a", False), ("abc", False), ("b", False), ("", False)]
)
def test_only_exactly_what_is_right_is_right(chosen: str, right: bool) -> None:
    assert is_correct(question("q", "ac", "abcd"), frozenset(map(OptionId, chosen))) is right


def test_an_answer_is_marked_and_comes_back_when_it_is_wrong(asked: Walker) -> None:
    outcome = asked.answers("b")

    assert isinstance(outcome, Marked)
    assert not outcome.attempt.correct
    assert not outcome.progress.has_passed(outcome.question.id)
    assert isinstance(asked.step, SeeFeedback)


def test_a_right_answer_does_not_come_back(asked: Walker) -> None:
    outcome = asked.answers("a")

    assert isinstance(outcome, Marked)
    assert outcome.attempt.correct
    assert outcome.progress.has_passed(outcome.question.id)


def test_a_second_tap_while_the_feedback_shows_changes_nothing(asked: Walker) -> None:
    asked.answers("b")

    outcome = asked.chooses("m1q1", 1, "a")

    assert isinstance(outcome, JustAnswered)
    assert outcome.attempt.chosen == {"b"}
    assert len(asked.attempts) == 1


def test_the_same_update_again_means_what_it_meant(asked: Walker) -> None:
    first = asked.answers("b")

    again = mark_answer(
        SMALL, asked.progress, QuestionId("m1q1"), 1, frozenset("b"), asked.at, asked.update
    )

    assert isinstance(first, Marked)
    assert isinstance(again, Marked)
    assert again.attempt == first.attempt
    assert again.progress == asked.progress


def test_a_button_of_a_finished_asking_is_an_old_one(asked: Walker) -> None:
    asked.answers("b")
    asked.reads()

    outcome = asked.chooses("m1q1", 1, "a")

    assert isinstance(outcome, AnsweredBefore)
    assert outcome.step == asked.step


@pytest.mark.parametrize(
    ("name", "ordinal"), [("m1q2", 1), ("m2q1", 1), ("m1q1", 2), ("m1q1", 999)]
)
def test_a_question_that_is_not_open_cannot_be_answered(
    asked: Walker, name: str, ordinal: int
) -> None:
    outcome = asked.chooses(name, ordinal, "a")

    assert isinstance(outcome, NotOpenYet)
    assert not asked.attempts


@pytest.mark.parametrize(("name", "chosen"), [("gone", "a"), ("m1q1", "z"), ("m1q1", "az")])
def test_what_the_course_does_not_offer_is_withdrawn(asked: Walker, name: str, chosen: str) -> None:
    outcome = asked.chooses(name, 1, chosen)

    assert isinstance(outcome, Withdrawn)
    assert not asked.attempts


def test_not_knowing_is_no_option_and_brings_the_question_back(asked: Walker) -> None:
    outcome = asked.chooses("m1q1", 1, "")

    assert isinstance(outcome, Marked)
    assert (outcome.attempt.chosen, outcome.attempt.correct) == (frozenset(), False)
    assert isinstance(asked.step, SeeFeedback)
    asked.goes_to(CloseModule)
    assert asked.progress.times_answered(QuestionId("m1q1")) == 2


PRESSES = st.one_of(
    st.just("go on"),
    st.tuples(
        st.sampled_from([*(q.id for q in SMALL.questions()), "gone"]),
        st.integers(1, 4),
        st.sets(st.sampled_from("abcdz"), max_size=3),
    ),
)


@given(st.lists(PRESSES, max_size=60))
def test_no_sequence_of_presses_loses_a_passed_question_or_the_way_forward(
    presses: list[str | tuple[str, int, set[str]]],
) -> None:
    walker = Walker()
    passed: set[str] = set()
    firsts: dict[str, object] = {}
    for press in presses:
        if isinstance(press, tuple):
            walker.chooses(*press)
        elif not isinstance(walker.step, AnswerQuestion | Finished):
            walker.reads()
        now = {q.id for q in SMALL.questions() if walker.progress.has_passed(q.id)}
        assert now >= passed
        passed = set(now)
        for asked in SMALL.questions():
            first = walker.progress.first_attempt(asked.id)
            assert firsts.setdefault(asked.id, first) in (first, None)
            if first is not None:
                firsts[asked.id] = first

    walker.goes_to(Finished)

    assert all(walker.progress.has_passed(q.id) for q in SMALL.questions())


def test_the_module_ends_only_when_everything_in_it_is_passed() -> None:
    walker = Walker()

    walker.goes_to(CloseModule)

    assert all(walker.progress.has_passed(q.id) for q in SMALL.modules[0].questions())
