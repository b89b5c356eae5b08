"""How a module went, and what was missed in it."""

from course.learning.next_step import AnswerQuestion, CloseModule
from course.learning.progress import Progress
from course.learning.review import missed_questions, module_result
from tests.course.examples import AMINA, FIRST, MINUTE, Walker


def test_the_end_of_a_module_counts_what_was_right_the_first_time() -> None:
    walker = Walker(pause=MINUTE // 2)
    walker.goes_to(AnswerQuestion)
    walker.answers(right=False)
    walker.goes_to(CloseModule)

    went = module_result(FIRST, walker.progress)

    assert (went.right_first, went.questions) == (2, 3)


def test_the_minutes_leave_breaks_out() -> None:
    steady, with_a_night = Walker(pause=MINUTE), Walker(pause=MINUTE)
    steady.goes_to(CloseModule)
    with_a_night.goes_to(AnswerQuestion)
    with_a_night.at += 12 * 60 * MINUTE
    with_a_night.goes_to(CloseModule)

    without, bounded = (
        module_result(FIRST, steady.progress),
        module_result(FIRST, with_a_night.progress),
    )

    assert without.minutes == steady.at // MINUTE - 1
    assert bounded.minutes == without.minutes + 2


def test_a_module_takes_at_least_a_minute() -> None:
    assert module_result(FIRST, Progress(AMINA)).minutes == 1


def test_missed_lists_what_was_wrong_first_even_when_it_was_right_later() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    walker.answers(right=False)
    walker.goes_to(CloseModule)

    assert [asked.id for asked in missed_questions(FIRST, walker.progress)] == ["m1q1"]


def test_nothing_is_missed_by_somebody_who_answered_nothing() -> None:
    assert missed_questions(FIRST, Progress(AMINA)) == ()
