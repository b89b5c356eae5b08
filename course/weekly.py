"""What a group hears of its cohort once a week: figures about many, never about one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from course import zones
from course.looking import last_fact
from course.model import Course
from course.progress import Progress
from course.steps import nothing_left

FEWEST = 5
"""Figures about fewer people are not told: in a small group everybody would know who is meant."""

HOUR = 9 * 60
"""When the summary comes, on a Monday: minutes after midnight by the cohort's clock."""

_WEEK = 7 * 24 * 3600 * 1000
_MONDAYS = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """How a cohort is doing.

    Attributes:
        members: how many belong to it.
        begun: how many have begun.
        learned: how many learned in the last seven days.
        finished: how many are done.
        percent: of all lessons for all members, how many are done; rounded down.
    """

    members: int
    begun: int
    learned: int
    finished: int
    percent: int


def summary(course: Course, everybody: Iterable[Progress], now: int) -> Summary:
    """Add up where the members of a cohort stand at `now` (UTC milliseconds)."""
    members = begun = learned = finished = done = 0
    lessons = sum(len(module.lessons) for module in course.modules)
    for progress in everybody:
        last = last_fact(progress)
        members += 1
        begun += last is not None
        learned += last is not None and now - last < _WEEK
        finished += nothing_left(course, progress)
        done += progress.lessons_done(course)
    total = members * lessons
    return Summary(members, begun, learned, finished, 100 * done // total if total else 0)


def next_summary(zone: str, after: int, minute: int = HOUR) -> int:
    """When the first summary after a moment is due, both in UTC milliseconds.

    Args:
        minute: of that Monday, after midnight by the clocks of `zone`.
    """
    day = zones.local(zone, after).date()
    days = (day + timedelta(days) for days in range(_MONDAYS))
    mondays = (zones.at_minute(zone, each, minute) for each in days if each.weekday() == 0)
    return next(at for at in mondays if at > after)
