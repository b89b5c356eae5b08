"""Audiences of broadcasts: who belongs, who is excluded and why, and when to send. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from course import local_time
from course.cohorts import learner_status
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.local_time import DAY
from course.model import Course, LearnerId
from course.reminders.allowed_times import AllowedTimes
from course.reminders.preferences import Preferences
from course.reminders.reasons import ReminderReason


class AudienceFilter(StrEnum):
    """A filter of an audience; values are stored, so never renamed."""

    NOT_STARTED = "not-started"
    NOT_FINISHED = "not-finished"
    FINISHED = "finished"
    BEHIND = "behind"
    STUCK = "stuck"
    SILENT = "silent"


class ExclusionReason(StrEnum):
    """Why a person in the audience gets no message; values are stored, so never renamed."""

    STOPPED = "stopped"
    """They stopped unasked messages."""
    UNREACHABLE = "unreachable"
    """They have blocked the bot."""
    CONTACTED_TODAY = "told-today"
    """They got an unasked message on the same day."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of a broadcast.

    Attributes:
        cohorts: ids of its cohorts; `None` for all learners.
        filters: filters, all of which must match.
        silent_days: days of `AudienceFilter.SILENT`.
        language: only learners with this two-letter code; `None` for all.
    """

    cohorts: frozenset[int] | None
    filters: frozenset[AudienceFilter] = frozenset()
    silent_days: int = learner_status.SILENT_DAYS
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A learner, as input of these rules. Times are UTC milliseconds.

    Attributes:
        language: language tag from Telegram.
        active_at: last activity.
        proactive_at: when the last unasked message was sent to them; `None` for never.
        started_at: when they joined their cohort or it started, whichever was later.
        deadline: of the cohort by which they belong to the audience.
        cohort_zone: time zone of that cohort, used when their own is not known.
    """

    learner: LearnerId
    preferences: Preferences
    language: str | None
    active_at: int
    proactive_at: int | None = None
    started_at: int = 0
    deadline: int | None = None
    cohort_zone: str | None = None

    @property
    def time_zone(self) -> str | None:
        """Their time zone, or else their cohort's; `None` when neither is known."""
        told = self.preferences.zone or self.cohort_zone
        return told if told is not None and local_time.is_known_zone(told) else None


def needs_progress(audience: Audience) -> bool:
    """Whether membership of `audience` depends on progress."""
    return bool(audience.filters)


def matches_language(audience: Audience, person: Person) -> bool:
    """Whether the person's language matches the audience's."""
    return audience.language in (None, language_code(person.language))


def language_code(language: str | None) -> str:
    """The two- or three-letter code of a language tag; "" for none."""
    return (language or "").casefold().replace("_", "-").split("-")[0]


def matches_audience(
    audience: Audience, person: Person, course: Course, progress: Progress, now: int
) -> bool:
    """Whether a member of its cohorts matches language and filters of `audience`."""
    return matches_language(audience, person) and all(
        _matches_filter(narrowing, audience, person, course, progress, now)
        for narrowing in audience.filters
    )


def exclusion_reason(person: Person, now: int, *, urgent: bool = False) -> ExclusionReason | None:
    """Why a person gets no message at `now`; `None` when they get it.

    `urgent` ignores only that they got an unasked message today.
    """
    if person.preferences.stopped:
        return ExclusionReason.STOPPED
    if person.preferences.unreachable:
        return ExclusionReason.UNREACHABLE
    if not urgent and _was_contacted_today(person, now):
        return ExclusionReason.CONTACTED_TODAY
    return None


def next_time_outside_quiet_hours(person: Person, at: int, *, urgent: bool = False) -> int:
    """The first time from `at` on outside the person's quiet hours.

    `at` itself if `urgent`, or if no time zone is known.
    """
    zone, wishes = person.time_zone, person.preferences
    if (
        urgent
        or zone is None
        or not wishes.is_quiet(local_time.clock_minute(local_time.to_local(zone, at)))
    ):
        return at
    return local_time.next_occurrence(zone, wishes.quiet_to, at)


def next_time_at_local_hour(person: Person, hour: int, at: int) -> int:
    """The first time from `at` on at local `hour`, 0 to 23; `at` if no time zone is known."""
    zone = person.time_zone
    return at if zone is None else local_time.next_occurrence(zone, hour * 60, at - 1)


def _matches_filter(
    narrowing: AudienceFilter,
    audience: Audience,
    person: Person,
    course: Course,
    progress: Progress,
    now: int,
) -> bool:
    match narrowing:
        case AudienceFilter.NOT_STARTED:
            return progress.is_new
        case AudienceFilter.NOT_FINISHED:
            return not has_finished_course(course, progress)
        case AudienceFilter.FINISHED:
            return has_finished_course(course, progress)
        case AudienceFilter.BEHIND:
            return learner_status.is_behind(
                course, progress, person.started_at, person.deadline, now
            )
        case AudienceFilter.STUCK:
            return learner_status.is_stuck(course, progress)
        case AudienceFilter.SILENT:
            days = audience.silent_days
            return learner_status.is_silent(course, progress, person.active_at, now, days)


def _was_contacted_today(person: Person, now: int) -> bool:
    """Whether the reminders' rule of one message a day forbids one, at any hour of any day."""
    always = replace(person.preferences, rest_days=frozenset(), quiet_from=0, quiet_to=0)
    minute = local_time.clock_minute(local_time.to_local("UTC", now))
    allowed = AllowedTimes(always, person.time_zone, minute, now - DAY, person.proactive_at)
    return allowed.reason_not_allowed(now) is ReminderReason.ONE_A_DAY
