"""What a fact changes in the statistics: answer details, milestones and active days.

Source: docs/statistics.md. Days are numbered from 1970, in UTC.
"""

from dataclasses import dataclass
from enum import IntEnum

from course import local_time
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.learning.review import minutes_spent
from course.local_time import DAY
from course.model import Course, Lesson

JOINED = "#joined"
STARTED = "#started"
FINISHED = "#finished"
"""Names of these milestones; ids in a course have no "#"."""


# Seconds before an answer above which it was a break, not thinking (our judgement; the median
# hardly depends on it).
_MAX_THINKING_SECONDS = 10 * 60

# Fewest earlier answers for a prior score; with fewer it is chance (our judgement).
_MIN_EARLIER_ANSWERS = 5

_HOURS, _WEEK = 24, 7 * 24


class ActivityKind(IntEnum):
    """What made a day count as active; each implies those before it."""

    ANY = 0
    """A fact of any kind."""
    FIRST_ANSWER = 1
    """A first answer."""
    FIRST_ANSWER_WITH_HOUR = 2
    """A first answer with its local hour, i.e. the learner's time zone was known."""


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


ENROLMENT = Milestone(JOINED, 0)
"""What a learner reaches by their first interaction."""


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


def begun_activity(
    before: Progress, after: Progress, zone: str | None, at: int
) -> ActivityKind | None:
    """The kind of activity that begins on the day of a fact at `at`; `None` for one that had begun.

    Args:
        zone: the learner's time zone; `None` when it is not known.
    """
    day = day_of(at)
    if len(after.attempts) == len(before.attempts):
        last = before.last_fact_at()
        return None if last is not None and day_of(last) == day else ActivityKind.ANY
    is_known = zone is not None
    firsts = (askings[0] for askings in before.attempts.values())
    if any(day_of(one.at) == day and one.has_local_hour >= is_known for one in firsts):
        return None
    return ActivityKind.FIRST_ANSWER_WITH_HOUR if is_known else ActivityKind.FIRST_ANSWER


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
