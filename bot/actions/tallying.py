"""Statistics counters: the statements that go with a fact in its transaction."""

from course import counting
from course.model import Course, LearnerId
from course.progress import Progress
from storage import counters
from storage.counters import Visited
from storage.statements import Statement


def after_fact(
    course: Course,
    learner: LearnerId,
    at: int,
    before: Progress,
    after: Progress,
    item: str,
    zone: str | None,
) -> tuple[Statement, ...]:
    """Count that the learner read or answered `item`: a card, a question or the end of a module.

    Args:
        zone: their time zone; `None` when it is not known.
    """
    days = {Visited.ANY: counting.changes(before, at)}
    if len(after.attempts) > len(before.attempts):
        days[Visited.FIRST] = counting.changes_of_answers(before, at)
        days[Visited.PLACED] = counting.changes_of_placed(before, zone, at)
    return (
        *counters.visits(learner, at, days),
        *counters.reaches(learner, at, counting.milestones(course, before, after, item)),
    )
