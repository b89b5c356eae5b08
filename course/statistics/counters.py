"""What a fact changes in the statistics: answer details, milestones and active days.

Source: docs/statistics.md. Days are numbered from 1970, in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from course import local_time
from course.learning.next_step import nothing_left
from course.learning.progress import Progress
from course.learning.review import minutes_of, moments_of
from course.model import Course, Lesson
from course.reminders.check_times import last_fact

JOINED = "#joined"
STARTED = "#started"
FINISHED = "#finished"
"""Names of these milestones; ids in a course have no "#"."""

DAY = 24 * 3_600_000
"""In milliseconds."""

LONGEST_GAP = 99
"""Largest gap between active days in days; longer ones count as this. Periods are shorter."""

# Seconds before an answer above which it was a break, not thinking (our judgement; the median
# hardly depends on it).
_LONGEST = 10 * 60

# Fewest earlier answers for a prior score; with fewer it is chance (our judgement).
_ANSWERS_BEFORE = 5

_HOURS, _WEEK = 24, 7 * 24


@dataclass(frozen=True, slots=True)
class Moment:
    """Details of an answer; each is `None` when it is not known.

    Attributes:
        hour: local hour of the week, from 0 on Monday at midnight.
        took: seconds since the learner's last press, in tens from a minute on; `None` after a
            break.
        standing: tenths (rounded down) of earlier first answers that were right.
    """

    hour: int | None = None
    took: int | None = None
    standing: int | None = None


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
class Change:
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


def moment(before: Progress, zone: str | None, at: int) -> Moment:
    """Details of a first answer at `at`, given the learner's progress before it."""
    return Moment(_hour(zone, at), _took(last_fact(before), at), _standing(before))


def milestones(course: Course, before: Progress, after: Progress, item: str) -> list[Milestone]:
    """Milestones reached by a fact about `item`: a card, a question or a module."""
    reached = [Milestone(STARTED, 0)] if before.is_new else []
    place = course.place_of(item)
    if place is None:
        return reached
    if place.lesson is not None and _has_just_done(place.lesson, course, before, after):
        reached.append(Milestone(place.lesson.id, None))
    if place.module.id == item and not before.has_closed(place.module):
        reached.append(Milestone(item, minutes_of(place.module, after)))
    if nothing_left(course, after) and not nothing_left(course, before):
        reached.append(Milestone(FINISHED, minutes_of(None, after)))
    return reached


def changes(before: Progress, at: int) -> tuple[Change, ...]:
    """Changes of the learner's active days by a fact at `at`."""
    last = last_fact(before)
    if last is not None and day_of(last) == day_of(at):
        return ()
    return _changes(moments_of(before), at)


def changes_of_answers(before: Progress, at: int) -> tuple[Change, ...]:
    """Changes of the learner's days with first answers by one at `at`."""
    return _changes((askings[0].at for askings in before.attempts.values()), at)


def changes_of_placed(before: Progress, zone: str | None, at: int) -> tuple[Change, ...]:
    """Changes of the learner's days with first answers of known local hour by one at `at`.

    Args:
        zone: the learner's time zone; no changes when it is not known.
    """
    if zone is None:
        return ()
    firsts = (askings[0] for askings in before.attempts.values())
    return _changes((one.at for one in firsts if one.is_placed), at)


def _changes(moments: Iterable[int], at: int) -> tuple[Change, ...]:
    days, day = {day_of(moment) for moment in moments}, day_of(at)
    if day in days:
        return ()
    earlier = max((other for other in days if other < day), default=None)
    later = min((other for other in days if other > day), default=None)
    new = Change(day, _gap(earlier, day), 1)
    if later is None:
        return (new,)
    return new, Change(later, _gap(earlier, later), -1), Change(later, _gap(day, later), 1)


def _gap(earlier: int | None, day: int) -> int:
    return 0 if earlier is None else min(day - earlier, LONGEST_GAP)


def _hour(zone: str | None, at: int) -> int | None:
    if zone is None:
        return None
    there = local_time.local(zone, at)
    return there.weekday() * _HOURS + there.hour


def _took(last: int | None, at: int) -> int | None:
    if last is None or not 0 <= at - last <= _LONGEST * 1000:
        return None
    seconds = (at - last) // 1000
    return seconds if seconds < 60 else seconds - seconds % 10  # noqa: PLR2004


def _standing(before: Progress) -> int | None:
    if len(before.attempts) < _ANSWERS_BEFORE:
        return None
    right = sum(askings[0].correct for askings in before.attempts.values())
    return 10 * right // len(before.attempts)


def _has_just_done(lesson: Lesson, course: Course, before: Progress, after: Progress) -> bool:
    return after.has_done(lesson, course) and not before.has_done(lesson, course)
