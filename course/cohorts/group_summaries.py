"""The weekly summary of a cohort for its group: figures of many people, never of one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from course import local_time
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.local_time import DAY
from course.model import Course

DEFAULT_MINUTE = 9 * 60
"""When the summary is due on Mondays: minutes after midnight in the cohort's time zone."""

_MONDAYS = 8


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """Figures of a cohort.

    Attributes:
        members: number of members.
        started: members who have started.
        active: members who were active in the last seven days.
        finished: members who have finished.
        percent: percent of all lessons for all members that are done, rounded down.
    """

    members: int
    started: int
    active: int
    finished: int
    percent: int


def summarise_cohort(course: Course, everybody: Iterable[Progress], now: int) -> GroupSummary:
    """Sum up the progress of a cohort's members at `now` (UTC milliseconds)."""
    members = begun = learned = finished = done = 0
    lessons = sum(len(module.lessons) for module in course.modules)
    for progress in everybody:
        last = progress.last_fact_at()
        members += 1
        begun += last is not None
        learned += last is not None and now - last < 7 * DAY
        finished += has_finished_course(course, progress)
        done += progress.count_lessons_done(course)
    total = members * lessons
    return GroupSummary(members, begun, learned, finished, 100 * done // total if total else 0)


def next_summary_time(zone: str, after: int, minute: int = DEFAULT_MINUTE) -> int:
    """When the first summary after a time is due, both in UTC milliseconds.

    Args:
        minute: minutes after local midnight on Monday.
    """
    day = local_time.to_local(zone, after).date()
    days = (day + timedelta(days) for days in range(_MONDAYS))
    mondays = (local_time.time_on_day(zone, each, minute) for each in days if each.weekday() == 0)
    return next(at for at in mondays if at > after)
