"""How somebody stands in the course as seen by whoever accompanies them. Pure rules."""

from course.model import Course, LearnerId
from course.progress import Attempt, Progress, is_feedback
from course.remaining import seconds_left
from course.steps import nothing_left

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
    """Whether nothing is left to read or to answer."""
    return nothing_left(course, progress)


def has_begun(progress: Progress) -> bool:
    """Whether they have read a card or answered a question; the welcome is neither."""
    return bool(progress.attempts) or not all(map(is_feedback, progress.read))


def stuck_on(course: Course, progress: Progress) -> tuple[Attempt, ...]:
    """Of each question they are stuck on, the miss by which they became so; the newest first."""
    missed = (
        askings[STUCK_AT - 1]
        for question, askings in progress.attempts.items()
        if len(askings) >= STUCK_AT
        and course.question(question) is not None
        and not any(attempt.correct for attempt in askings)
    )
    return tuple(sorted(missed, key=lambda attempt: (attempt.at, attempt.update), reverse=True))


def is_stuck(course: Course, progress: Progress) -> bool:
    """Whether there is a question that was missed `STUCK_AT` times and never passed."""
    return bool(stuck_on(course, progress))


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

    Args:
        began_at: when the time they have began, in UTC milliseconds like the others.
    """
    since = behind_since(course, progress, began_at, deadline)
    return since is not None and now >= since


_timed: list[tuple[Course, int]] = []  # the course that was asked about last, and its seconds


def _whole(course: Course) -> int:
    """The time of the whole course in seconds; a cohort is asked about one by one."""
    for known, seconds in _timed:
        if known is course:
            return seconds
    seconds = seconds_left(course, Progress(LearnerId(0)))
    _timed[:] = [(course, seconds)]
    return seconds


def behind_since(
    course: Course, progress: Progress, began_at: int, deadline: int | None
) -> int | None:
    """From when on they are behind if they do nothing more; `None` for never.

    Pace is counted in the time that the course takes, over the days since `began_at`. Nobody is
    behind in the first two days, and nobody without a deadline.
    """
    if deadline is None or has_finished(course, progress):
        return None
    whole = _whole(course)
    done = whole - seconds_left(course, progress)
    overtaken_at = began_at + done * (deadline - began_at) // whole + 1
    return max(began_at + _TOO_EARLY, min(overtaken_at, deadline))
