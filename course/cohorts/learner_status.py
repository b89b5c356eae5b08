"""Whether a learner is stuck, silent, behind or finished, for facilitators. Pure rules."""

from course.learning.next_step import has_finished_course
from course.learning.progress import Attempt, Progress, is_feedback
from course.learning.reading_time import seconds_left
from course.local_time import DAY
from course.model import Course, LearnerId

STUCK_AFTER_MISSES = 4
"""Misses of one question, none right, from which a learner is stuck: two rounds of retries did not
help (our judgement)."""

SILENT_DAYS = 7
"""Days of inactivity from which a learner who started and did not finish is silent."""

_MIN_PACE_PERIOD = 2 * DAY  # shortest time over which a pace is measured


def has_started(progress: Progress) -> bool:
    """Whether they have read a card or answered a question; the welcome is neither."""
    return bool(progress.attempts) or not all(map(is_feedback, progress.read))


def stuck_attempts(course: Course, progress: Progress) -> tuple[Attempt, ...]:
    """For each question they are stuck on, the miss that made them so; newest first."""
    missed = (
        askings[STUCK_AFTER_MISSES - 1]
        for question, askings in progress.attempts.items()
        if len(askings) >= STUCK_AFTER_MISSES
        and course.question(question) is not None
        and not any(attempt.correct for attempt in askings)
    )
    return tuple(sorted(missed, key=lambda attempt: (attempt.at, attempt.update), reverse=True))


def is_stuck(course: Course, progress: Progress) -> bool:
    """Whether a question was missed `STUCK_AFTER_MISSES` times and never passed."""
    return bool(stuck_attempts(course, progress))


def is_silent(
    course: Course, progress: Progress, active_at: int, now: int, days: int = SILENT_DAYS
) -> bool:
    """Whether they started, did not finish, and were inactive for so many days.

    Args:
        active_at: last activity, in UTC milliseconds like `now`.
    """
    away = now - active_at >= days * DAY
    return away and not progress.is_new and not has_finished_course(course, progress)


def is_behind(
    course: Course, progress: Progress, started_at: int, deadline: int | None, now: int
) -> bool:
    """Whether the deadline cannot be met at their pace so far.

    Args:
        started_at: start of their time, in UTC milliseconds like the others.
    """
    since = behind_since(course, progress, started_at, deadline)
    return since is not None and now >= since


_course_seconds_cache: list[tuple[Course, int]] = []  # cache: the latest course and its seconds


def _course_seconds(course: Course) -> int:
    """Seconds of the whole course; cached, since the members of a cohort are checked in a row."""
    for known, seconds in _course_seconds_cache:
        if known is course:
            return seconds
    seconds = seconds_left(course, Progress(LearnerId(0)))
    _course_seconds_cache[:] = [(course, seconds)]
    return seconds


def behind_since(
    course: Course, progress: Progress, started_at: int, deadline: int | None
) -> int | None:
    """From when on they are behind if they stay inactive; `None` for never.

    Pace is the share of the course's time done over the time since `started_at`. Nobody is behind
    in the first two days, or without a deadline.
    """
    if deadline is None or has_finished_course(course, progress):
        return None
    whole = _course_seconds(course)
    done = whole - seconds_left(course, progress)
    overtaken_at = started_at + done * (deadline - started_at) // whole + 1
    return max(started_at + _MIN_PACE_PERIOD, min(overtaken_at, deadline))
