"""Statistics counters: the statements that go with a fact in its transaction."""

from course.learning.progress import Progress
from course.model import Course, LearnerId
from course.statistics.counters import (
    changes,
    changes_of_answers,
    changes_of_placed,
    milestones,
)
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
    days = {Visited.ANY: changes(before, at)}
    if len(after.attempts) > len(before.attempts):
        days[Visited.FIRST] = changes_of_answers(before, at)
        days[Visited.PLACED] = changes_of_placed(before, zone, at)
    return (
        *counters.visits(learner, at, days),
        *counters.reaches(learner, at, milestones(course, before, after, item)),
    )
