"""Types of the statistics that admins and facilitators see.

Values only. docs/statistics.md defines what each figure counts and when it is hidden; every number
of people here is rounded by `course.statistics.suppression`.
"""

from dataclasses import dataclass
from enum import IntEnum

from course.model import LessonId, ModuleId
from course.reminders.rhythm import ReminderKind
from course.statistics.intervals import Interval, Proportion
from course.statistics.suppression import People


class Period(IntEnum):
    """Number of days covered by figures, up to and including today in UTC; 0 for all days."""

    ALL = 0
    WEEK = 7
    MONTH = 30
    QUARTER = 90


@dataclass(frozen=True, slots=True)
class Scope:
    """The people and days covered by figures.

    Attributes:
        cohort: `None` for everybody.
        today: number of the day since 1970 in UTC.
    """

    today: int
    period: Period = Period.ALL
    cohort: int | None = None


@dataclass(frozen=True, slots=True)
class PeopleTrend:
    """A number of people, now and before.

    Attributes:
        now: in the period.
        before: in the same number of days before it; for all days, until a week ago.
    """

    now: People
    before: People


@dataclass(frozen=True, slots=True)
class ValueTrend:
    """A percentage or a median, now and before; each `None` where it is suppressed.

    Suppressed are values of too few people, and those that would reveal few by comparison.
    """

    now: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures of the first screen.

    Attributes:
        enrolled: people who joined in the period.
        started: people with their first reading or answer in the period.
        active: people with a reading or answer in the period; for all days, in the last 7.
        finished: people who completed everything in the period.
        minutes: median minutes of learning of those who finished in the period.
        right: percent of first answers in the period that were right.
        is_empty: whether nobody has ever joined.
    """

    scope: Scope
    enrolled: PeopleTrend
    started: PeopleTrend
    active: PeopleTrend
    finished: PeopleTrend
    minutes: ValueTrend
    right: ValueTrend
    is_empty: bool


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One lesson of the funnel.

    Attributes:
        done: people who have done it.
        percent: of those who started; `None` when too few did.
        lost: people who did the lesson before it (or started) but not this one, by the numbers
            shown.
    """

    lesson: LessonId
    module: ModuleId
    done: People
    percent: int | None
    lost: People


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far people who joined in the period have come.

    Attributes:
        steps: every lesson in teaching order.
        finished: people who completed everything.
        worst: the lesson before which most people stop; `None` when none stands out.
    """

    scope: Scope
    enrolled: People
    started: People
    steps: tuple[FunnelStep, ...]
    finished: People
    worst: LessonId | None


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """Figures of one module.

    Attributes:
        closed: people who closed it in the period.
        minutes: their median minutes of learning in it; `None` where suppressed.
        right: percent of all first answers to its questions that were right; `None` likewise.
    """

    module: ModuleId
    closed: People
    minutes: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """Figures of one cohort in a comparison, as in `Overview`."""

    cohort: int
    enrolled: People
    started: People
    active: People
    finished: People
    minutes: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class CompletionCurve:
    """Number of people who have finished by the end of each day.

    Attributes:
        days: number of the day since 1970 in UTC, and people finished until then; rising.
    """

    cohort: int | None
    days: tuple[tuple[int, People], ...]


@dataclass(frozen=True, slots=True)
class ActivityPattern:
    """At what local weekday and hour people answer.

    Attributes:
        cells: hundredths of a percent of the answers of known local time; seven rows from Monday,
            24 hours each. Empty where suppressed, as are `days` and `hours`.
        days: percent of them on each weekday, and `hours` in each hour of the day.
        known: percent of all answers for which the learner's time zone was known.
    """

    scope: Scope
    cells: tuple[tuple[int, ...], ...]
    known: int | None
    days: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderFigures:
    """Effect of one kind of reminder, over all days and learners.

    Attributes:
        sent: due reminders at which it was sent, and those followed by a return within 72 hours;
            `held_out` is the same where it was held out.
        effect: difference of the two shares with its 95 % interval; `None` when there are too few.
        stopped: times that the learner stopped reminders within 72 hours of one sent; `blocked`
            and `snoozed` likewise.
    """

    kind: ReminderKind
    sent: Proportion
    held_out: Proportion
    effect: Interval | None
    stopped: int
    blocked: int
    snoozed: int
