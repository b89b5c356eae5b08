"""How somebody stands in the course as seen by whoever accompanies them. Pure rules."""

from course.model import Course, LearnerId
from course.progress import Progress
from course.remaining import seconds_left
from course.steps import Finished, next_step

HOUR = 3_600_000
DAY = 24 * HOUR
"""In milliseconds."""

STUCK_AT = 4
"""Misses of one question, none right, from which somebody is stuck: two rounds of retrying did not
help (our judgement)."""

SILENT_DAYS = 7
"""Days without a sign in the middle of the course from which somebody is silent."""

_TOO_EARLY = 2 * DAY  # a pace is measured over no less


def has_finished(course: Course, progress: Progress) -> bool:
    """Whether nothing is left to do."""
    return isinstance(next_step(course, progress), Finished)


def is_stuck(course: Course, progress: Progress) -> bool:
    """Whether there is a question that was missed `STUCK_AT` times and never passed."""
    return any(
        len(askings) >= STUCK_AT and not any(attempt.correct for attempt in askings)
        for question, askings in progress.attempts.items()
        if course.question(question) is not None
    )


def is_silent(
    course: Course, progress: Progress, active_at: int, now: int, days: int = SILENT_DAYS
) -> bool:
    """Whether they began, did not finish, and did nothing for so many days.

    Args:
        active_at: when they last did something, in UTC milliseconds like `now`.
    """
    away = now - active_at >= days * DAY
    return away and not progress.is_new and not has_finished(course, progress)


def is_behind(
    course: Course, progress: Progress, began_at: int, deadline: int | None, now: int
) -> bool:
    """Whether the deadline cannot be met if they go on at the pace they had so far.

    Pace is counted in the time that the course takes, over the days since `began_at`. Nobody is
    behind in the first two days, and nobody without a deadline.

    Args:
        began_at: when the time they have began, in UTC milliseconds like the others.
    """
    if deadline is None or now - began_at < _TOO_EARLY or has_finished(course, progress):
        return False
    if now >= deadline:
        return True
    whole = seconds_left(course, Progress(LearnerId(0)))
    done = whole - seconds_left(course, progress)
    return done * (deadline - began_at) < whole * (now - began_at)
