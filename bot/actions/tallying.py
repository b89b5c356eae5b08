"""What a fact means for statistics: statements that go with it in its transaction."""

from course import counting
from course.counting import Change
from course.model import Course, LearnerId
from course.progress import Progress
from storage import counters
from storage.statements import Statement


def after_fact(
    course: Course, learner: LearnerId, at: int, before: Progress, after: Progress, item: str
) -> tuple[Statement, ...]:
    """The learner read or answered `item`, a card, a question or the end of a module."""
    came = counting.changes(before, at)
    answered: tuple[Change, ...] = ()
    if len(after.attempts) > len(before.attempts):
        answered = counting.changes_of_answers(before, at)
    return (
        *counters.visits(learner, at, came, answered),
        *counters.reaches(learner, at, counting.milestones(course, before, after, item)),
    )
