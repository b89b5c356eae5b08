"""Audiences of broadcasts: who belongs, who is excluded and why, and when to send. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from course import local_time
from course.cohorts import learner_status
from course.cohorts.learner_status import DAY
from course.learning.progress import Progress
from course.model import Course, LearnerId
from course.reminders.allowed_times import Moments
from course.reminders.preferences import Wishes
from course.reminders.reasons import Reason


class Narrowing(StrEnum):
    """A filter of an audience; values are stored, so never renamed."""

    NOT_STARTED = "not-started"
    NOT_FINISHED = "not-finished"
    FINISHED = "finished"
    BEHIND = "behind"
    STUCK = "stuck"
    SILENT = "silent"


class LeftOut(StrEnum):
    """Why a person in the audience gets no message; values are stored, so never renamed."""

    STOPPED = "stopped"
    """They stopped unasked messages."""
    UNREACHABLE = "unreachable"
    """They have blocked the bot."""
    TOLD_TODAY = "told-today"
    """They got an unasked message on the same day."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of a broadcast.

    Attributes:
        cohorts: ids of its cohorts; `None` for all learners.
        narrowed: filters, all of which must match.
        silent_days: days of `AudienceFilter.SILENT`.
        language: only learners with this two-letter code; `None` for all.
    """

    cohorts: frozenset[int] | None
    narrowed: frozenset[Narrowing] = frozenset()
    silent_days: int = learner_status.SILENT_DAYS
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A learner, as input of these rules. Times are UTC milliseconds.

    Attributes:
        language: language tag from Telegram.
        active_at: last activity.
        proactive_at: when the last unasked message was sent to them; `None` for never.
        began_at: when they joined their cohort or it started, whichever was later.
        deadline: of the cohort by which they belong to the audience.
        cohort_zone: time zone of that cohort, used when their own is not known.
    """

    learner: LearnerId
    wishes: Wishes
    language: str | None
    active_at: int
    proactive_at: int | None = None
    began_at: int = 0
    deadline: int | None = None
    cohort_zone: str | None = None

    @property
    def zone(self) -> str | None:
        """Their time zone, or else their cohort's; `None` when neither is known."""
        told = self.wishes.zone or self.cohort_zone
        return told if told is not None and local_time.is_zone(told) else None


def needs_progress(audience: Audience) -> bool:
    """Whether membership of `audience` depends on progress."""
    return bool(audience.narrowed)


def speaks(audience: Audience, person: Person) -> bool:
    """Whether the person's language matches the audience's."""
    return audience.language in (None, code(person.language))


def code(language: str | None) -> str:
    """The two- or three-letter code of a language tag; "" for none."""
    return (language or "").casefold().replace("_", "-").split("-")[0]


def belongs(
    audience: Audience, person: Person, course: Course, progress: Progress, now: int
) -> bool:
    """Whether a member of its cohorts matches language and filters of `audience`."""
    return speaks(audience, person) and all(
        _holds(narrowing, audience, person, course, progress, now)
        for narrowing in audience.narrowed
    )


def left_out(person: Person, now: int, *, urgent: bool = False) -> LeftOut | None:
    """Why a person gets no message at `now`; `None` when they get it.

    `urgent` ignores only that they got an unasked message today.
    """
    if person.wishes.stopped:
        return LeftOut.STOPPED
    if person.wishes.unreachable:
        return LeftOut.UNREACHABLE
    if not urgent and _was_told_today(person, now):
        return LeftOut.TOLD_TODAY
    return None


def opens_at(person: Person, at: int, *, urgent: bool = False) -> int:
    """The first time from `at` on outside the person's quiet hours.

    `at` itself if `urgent`, or if no time zone is known.
    """
    zone, wishes = person.zone, person.wishes
    if urgent or zone is None or not wishes.is_quiet(local_time.minute(local_time.local(zone, at))):
        return at
    return local_time.next_time(zone, wishes.quiet_to, at)


def own_hour(person: Person, hour: int, at: int) -> int:
    """The first time from `at` on at local `hour`, 0 to 23; `at` if no time zone is known."""
    zone = person.zone
    return at if zone is None else local_time.next_time(zone, hour * 60, at - 1)


def _holds(
    narrowing: Narrowing,
    audience: Audience,
    person: Person,
    course: Course,
    progress: Progress,
    now: int,
) -> bool:
    match narrowing:
        case Narrowing.NOT_STARTED:
            return progress.is_new
        case Narrowing.NOT_FINISHED:
            return not learner_status.has_finished(course, progress)
        case Narrowing.FINISHED:
            return learner_status.has_finished(course, progress)
        case Narrowing.BEHIND:
            return learner_status.is_behind(course, progress, person.began_at, person.deadline, now)
        case Narrowing.STUCK:
            return learner_status.is_stuck(course, progress)
        case Narrowing.SILENT:
            days = audience.silent_days
            return learner_status.is_silent(course, progress, person.active_at, now, days)


def _was_told_today(person: Person, now: int) -> bool:
    """Whether the reminders' rule of one message a day forbids one, at any hour of any day."""
    always = replace(person.wishes, rest_days=frozenset(), quiet_from=0, quiet_to=0)
    minute = local_time.minute(local_time.local("UTC", now))
    moments = Moments(always, person.zone, minute, now - DAY, person.proactive_at)
    return moments.hindrance(now) is Reason.ONE_A_DAY
