"""Minutes left: less with everything done, none at the end."""

from course.learning.next_step import AnswerQuestion, CloseModule, Finished
from course.learning.progress import Progress
from course.learning.reading_time import minutes_left, minutes_left_in, reading_seconds
from tests.course.examples import AMINA, SMALL, Walker, course, module


def test_a_newcomer_has_the_whole_course_before_them() -> None:
    whole = sum(map(reading_seconds, SMALL.modules))

    assert minutes_left(SMALL, Progress(AMINA)) == -(-whole // 60)


def test_it_never_grows_while_somebody_learns_and_ends_at_nothing() -> None:
    walker = Walker()
    left = [minutes_left(SMALL, walker.progress)]
    while not isinstance(walker.step, Finished):
        walker.goes_on(right=len(left) % 2 == 0)
        left.append(minutes_left(SMALL, walker.progress))

    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_a_missed_question_still_counts() -> None:
    right, wrong = Walker(), Walker()
    for walker, verdict in ((right, True), (wrong, False)):
        walker.goes_to(AnswerQuestion)
        while isinstance(walker.step, AnswerQuestion):
            walker.answers(right=verdict)
            walker.reads()

    assert minutes_left(SMALL, wrong.progress) > minutes_left(SMALL, right.progress)


def test_a_closed_module_counts_nothing_and_an_empty_one_neither() -> None:
    walker = Walker()
    walker.goes_to(CloseModule)
    walker.reads()

    assert minutes_left(course(SMALL.modules[0], module("empty")), walker.progress) == 0


def test_of_a_module_at_least_a_minute_is_left_until_it_is_closed() -> None:
    walker, first = Walker(), SMALL.modules[0]
    left = [minutes_left_in(first, walker.progress)]
    while not walker.progress.has_closed(first):
        walker.goes_on()
        left.append(minutes_left_in(first, walker.progress))

    assert left[0] == max(1, round(reading_seconds(first) / 60))
    assert left == sorted(left, reverse=True)
    assert left[-2:] == [1, 0]
