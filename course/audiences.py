"""Who a broadcast is for, who of them is left out and why, and when it may reach them. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from course import standings, zones
from course.model import Course, LearnerId
from course.moments import Moments
from course.progress import Progress
from course.reasons import Reason
from course.standings import DAY
from course.wishes import Wishes


class Narrowing(StrEnum):
    """What the people of an audience have in common; stored, so never renamed."""

    NOT_STARTED = "not-started"
    NOT_FINISHED = "not-finished"
    FINISHED = "finished"
    BEHIND = "behind"
    STUCK = "stuck"
    SILENT = "silent"


class LeftOut(StrEnum):
    """Why somebody of the audience gets nothing; stored, so never renamed."""

    STOPPED = "stopped"
    """They want to hear nothing unasked."""
    UNREACHABLE = "unreachable"
    """They have blocked the bot."""
    TOLD_TODAY = "told-today"
    """They heard from us unasked on the same day."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast is for.

    Attributes:
        cohorts: their ids; `None` for everybody.
        narrowed: all of these must hold.
        silent_days: of `Narrowing.SILENT`.
        language: only people with this two-letter code; `None` for all.
    """

    cohorts: frozenset[int] | None
    narrowed: frozenset[Narrowing] = frozenset()
    silent_days: int = standings.SILENT_DAYS
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """All that these rules look at about one learner. Times are UTC milliseconds.

    Attributes:
        language: the tag that Telegram told.
        active_at: when they last did something.
        proactive_at: when something was last sent to them unasked; `None` for never.
        began_at: when they joined their cohort or it started, whichever was later.
        deadline: of the cohort by which they belong to the audience.
        cohort_zone: the zone of that cohort's dates; stands in for their own.
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
        """The zone whose clock is theirs as far as we know."""
        told = self.wishes.zone or self.cohort_zone
        return told if told is not None and zones.is_zone(told) else None


def needs_progress(audience: Audience) -> bool:
    """Whether anybody's progress matters for who belongs to `audience`."""
    return bool(audience.narrowed)


def speaks(audience: Audience, person: Person) -> bool:
    """Whether the language fits."""
    return audience.language in (None, code(person.language))


def code(language: str | None) -> str:
    """The code of a language, two letters or three, from the tag Telegram told; "" for none."""
    return (language or "").casefold().replace("_", "-").split("-")[0]


def belongs(
    audience: Audience, person: Person, course: Course, progress: Progress, now: int
) -> bool:
    """Whether somebody of its cohorts fits everything else that `audience` asks for."""
    return speaks(audience, person) and all(
        _holds(narrowing, audience, person, course, progress, now)
        for narrowing in audience.narrowed
    )


def left_out(person: Person, now: int, *, urgent: bool = False) -> LeftOut | None:
    """Why somebody gets nothing at `now`; `None` when they do.

    What is urgent reaches also those who heard from us today, and nobody else besides.
    """
    if person.wishes.stopped:
        return LeftOut.STOPPED
    if person.wishes.unreachable:
        return LeftOut.UNREACHABLE
    if not urgent and _was_told_today(person, now):
        return LeftOut.TOLD_TODAY
    return None


def opens_at(person: Person, at: int, *, urgent: bool = False) -> int:
    """The first moment from `at` on that is not in their quiet hours; urgent is `at` itself.

    Where no zone is known, nobody knows when it is night: `at` itself, too.
    """
    zone, wishes = person.zone, person.wishes
    if urgent or zone is None or not wishes.is_quiet(zones.minute(zones.local(zone, at))):
        return at
    return zones.next_time(zone, wishes.quiet_to, at)


def own_hour(person: Person, hour: int, at: int) -> int:
    """The first moment from `at` on at which their clock shows `hour`, 0 to 23.

    Where no zone is known, `at` itself.
    """
    zone = person.zone
    return at if zone is None else zones.next_time(zone, hour * 60, at - 1)


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
            return not standings.has_finished(course, progress)
        case Narrowing.FINISHED:
            return standings.has_finished(course, progress)
        case Narrowing.BEHIND:
            return standings.is_behind(course, progress, person.began_at, person.deadline, now)
        case Narrowing.STUCK:
            return standings.is_stuck(course, progress)
        case Narrowing.SILENT:
            days = audience.silent_days
            return standings.is_silent(course, progress, person.active_at, now, days)


def _was_told_today(person: Person, now: int) -> bool:
    """The same rule as for reminders, at any hour of any day."""
    always = replace(person.wishes, rest_days=frozenset(), quiet_from=0, quiet_to=0)
    minute = zones.minute(zones.local("UTC", now))
    moments = Moments(always, person.zone, minute, now - DAY, person.proactive_at)
    return moments.hindrance(now) is Reason.ONE_A_DAY
