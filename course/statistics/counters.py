"""What a fact changes in the statistics: answer details, milestones and active days.

Source: docs/statistics.md. Days are numbered from 1970, in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from course import local_time
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.learning.review import activity_times, minutes_spent
from course.local_time import DAY
from course.model import Course, Lesson

JOINED = "#joined"
STARTED = "#started"
FINISHED = "#finished"
"""Names of these milestones; ids in a course have no "#"."""

MAX_GAP = 99
"""Largest gap between active days in days; longer ones count as this. Periods are shorter."""

# Seconds before an answer above which it was a break, not thinking (our judgement; the median
# hardly depends on it).
_MAX_THINKING_SECONDS = 10 * 60

# Fewest earlier answers for a prior score; with fewer it is chance (our judgement).
_MIN_EARLIER_ANSWERS = 5

_HOURS, _WEEK = 24, 7 * 24


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """Details of an answer; each is `None` when it is not known.

    Attributes:
        hour: local hour of the week, from 0 on Monday at midnight.
        seconds: seconds since the learner's last press, in tens from a minute on; `None` after a
            break.
        prior_score: tenths (rounded down) of earlier first answers that were right.
    """

    hour: int | None = None
    seconds: int | None = None
    prior_score: int | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone that a learner reached.

    Attributes:
        item: `STARTED`, a lesson's id (done), a module's id (closed) or `FINISHED`.
        minutes: minutes of learning in the module or the course; 0 for the start; `None` for a
            lesson.
    """

    item: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class DayChange:
    """A change by 1 or -1 of the number of people active on `day`, `gap` days after the last time.

    Attributes:
        gap: days since their previous active day, at most `MAX_GAP`; 0 for the first one.
    """

    day: int
    gap: int
    by: int


def day_of(at: int) -> int:
    """Number of the day of a time in UTC milliseconds."""
    return at // DAY


def answer_details(before: Progress, zone: str | None, at: int) -> AnswerDetails:
    """Details of a first answer at `at`, given the learner's progress before it."""
    return AnswerDetails(
        _hour(zone, at), _seconds_since(before.last_fact_at(), at), _prior_score(before)
    )


def reached_milestones(
    course: Course, before: Progress, after: Progress, item: str
) -> list[Milestone]:
    """Milestones reached by a fact about `item`: a card, a question or a module."""
    reached = [Milestone(STARTED, 0)] if before.is_new else []
    place = course.position_of(item)
    if place is None:
        return reached
    if place.lesson is not None and _has_just_done(place.lesson, course, before, after):
        reached.append(Milestone(place.lesson.id, None))
    if place.module.id == item and not before.has_closed(place.module):
        reached.append(Milestone(item, minutes_spent(place.module, after)))
    if has_finished_course(course, after) and not has_finished_course(course, before):
        reached.append(Milestone(FINISHED, minutes_spent(None, after)))
    return reached


def active_day_changes(before: Progress, at: int) -> tuple[DayChange, ...]:
    """Changes of the learner's active days by a fact at `at`."""
    last = before.last_fact_at()
    if last is not None and day_of(last) == day_of(at):
        return ()
    return _day_changes(activity_times(before), at)


def answer_day_changes(before: Progress, at: int) -> tuple[DayChange, ...]:
    """Changes of the learner's days with first answers by one at `at`."""
    return _day_changes((askings[0].at for askings in before.attempts.values()), at)


def local_answer_day_changes(before: Progress, zone: str | None, at: int) -> tuple[DayChange, ...]:
    """Changes of the learner's days with first answers of known local hour by one at `at`.

    Args:
        zone: the learner's time zone; no changes when it is not known.
    """
    if zone is None:
        return ()
    firsts = (askings[0] for askings in before.attempts.values())
    return _day_changes((one.at for one in firsts if one.has_local_hour), at)


def _day_changes(times: Iterable[int], at: int) -> tuple[DayChange, ...]:
    days, day = {day_of(each) for each in times}, day_of(at)
    if day in days:
        return ()
    earlier = max((other for other in days if other < day), default=None)
    later = min((other for other in days if other > day), default=None)
    new = DayChange(day, _gap(earlier, day), 1)
    if later is None:
        return (new,)
    return new, DayChange(later, _gap(earlier, later), -1), DayChange(later, _gap(day, later), 1)


def _gap(earlier: int | None, day: int) -> int:
    return 0 if earlier is None else min(day - earlier, MAX_GAP)


def _hour(zone: str | None, at: int) -> int | None:
    if zone is None:
        return None
    there = local_time.to_local(zone, at)
    return there.weekday() * _HOURS + there.hour


def _seconds_since(last: int | None, at: int) -> int | None:
    if last is None or not 0 <= at - last <= _MAX_THINKING_SECONDS * 1000:
        return None
    seconds = (at - last) // 1000
    return seconds if seconds < 60 else seconds - seconds % 10  # noqa: PLR2004


def _prior_score(before: Progress) -> int | None:
    if len(before.attempts) < _MIN_EARLIER_ANSWERS:
        return None
    right = sum(askings[0].correct for askings in before.attempts.values())
    return 10 * right // len(before.attempts)


def _has_just_done(lesson: Lesson, course: Course, before: Progress, after: Progress) -> bool:
    return after.has_done(lesson, course) and not before.has_done(lesson, course)
