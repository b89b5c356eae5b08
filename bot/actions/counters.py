"""Statistics counters: the statements that go with a fact in its transaction."""

from course.learning.progress import Progress
from course.model import Course, LearnerId
from course.statistics.counters import (
    active_day_changes,
    answer_day_changes,
    local_answer_day_changes,
    reached_milestones,
)
from storage import counters
from storage.counters import ActivityKind
from storage.statements import Statement


def count_fact(
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
    days = {ActivityKind.ANY: active_day_changes(before, at)}
    if len(after.attempts) > len(before.attempts):
        days[ActivityKind.FIRST_ANSWER] = answer_day_changes(before, at)
        days[ActivityKind.FIRST_ANSWER_WITH_HOUR] = local_answer_day_changes(before, zone, at)
    return (
        *counters.count_active_days(learner, at, days),
        *counters.add_milestones(learner, at, reached_milestones(course, before, after, item)),
    )
