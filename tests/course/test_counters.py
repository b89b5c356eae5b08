"""Which kind of activity begins with a fact."""

from course.learning.next_step import AnswerQuestion
from course.statistics.counters import ActivityKind, begun_activity
from tests.course.examples import Walker

HOUR, DAY = 3_600_000, 24 * 3_600_000


def begins(amina: Walker, at: int, zone: str | None = None) -> ActivityKind | None:
    """What her next step at `at` begins."""
    before, amina.at = amina.progress, at
    amina.goes_on()
    return begun_activity(before, amina.progress, zone, amina.at)


def test_the_first_card_of_a_day_begins_it_and_the_next_does_not() -> None:
    amina = Walker()

    assert begins(amina, HOUR) is ActivityKind.ANY
    assert begins(amina, 2 * HOUR) is None
    while isinstance(amina.step, AnswerQuestion):
        amina.goes_on()
    assert begins(amina, DAY + HOUR) is ActivityKind.ANY


def test_the_first_answer_of_a_day_begins_more_than_a_card() -> None:
    amina = Walker()
    amina.goes_to(AnswerQuestion)

    assert begins(amina, HOUR) is ActivityKind.FIRST_ANSWER
    amina.goes_to(AnswerQuestion)
    assert begins(amina, 2 * HOUR) is None
    amina.goes_to(AnswerQuestion)
    assert begins(amina, DAY + HOUR) is ActivityKind.FIRST_ANSWER


def test_an_answer_with_its_hour_begins_what_one_without_did_not() -> None:
    amina = Walker()
    amina.goes_to(AnswerQuestion)
    begins(amina, HOUR)
    amina.goes_to(AnswerQuestion)

    assert begins(amina, 2 * HOUR, "Africa/Nairobi") is ActivityKind.FIRST_ANSWER_WITH_HOUR
