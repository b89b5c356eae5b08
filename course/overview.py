"""What admins and facilitators see of a course at work: the shape of every figure.

Values only. What each figure counts and when it is hidden is told in docs/statistics.md; every
number of people here has been through `course.suppression`.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from course.intervals import Group, Interval
from course.model import LessonId, ModuleId, OptionId, QuestionId
from course.rhythm import Kind
from course.suppression import People


class Period(IntEnum):
    """The days that figures look back on, today's (by UTC) among them; 0 for all there were."""

    ALL = 0
    WEEK = 7
    MONTH = 30
    QUARTER = 90


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom and of which days figures tell.

    Attributes:
        cohort: `None` for everybody.
        today: the number of the day since 1970 by UTC.
    """

    today: int
    period: Period = Period.ALL
    cohort: int | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """A number of people, and what it was before.

    Attributes:
        now: in the period.
        before: in as many days before it; of all days, as it was a week ago.
    """

    now: People
    before: People


@dataclass(frozen=True, slots=True)
class Measure:
    """A share or a median, and what it was before; each `None` where it is not shown.

    Either too few people stand behind it, or it could be set against another to learn of a few.
    """

    now: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen.

    Attributes:
        enrolled: people who joined in the period.
        started: people who read or answered their first thing in the period.
        active: people who read or answered something in the period; of all days, in the last 7.
        finished: people who had read and passed everything, in the period.
        minutes: median minutes of learning to the end, of those who finished in the period.
        right: percent of first answers in the period that were right.
        is_empty: nobody has ever joined.
    """

    scope: Scope
    enrolled: Crowd
    started: Crowd
    active: Crowd
    finished: Crowd
    minutes: Measure
    right: Measure
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson of the funnel.

    Attributes:
        done: people who have done it.
        percent: of those who started; `None` when too few did.
        lost: fewer people than have done the lesson before it (or have started), by the numbers
            shown.
    """

    lesson: LessonId
    module: ModuleId
    done: People
    percent: int | None
    lost: People


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far people come who joined in the period.

    Attributes:
        steps: every lesson in teaching order.
        finished: people who have read and passed everything.
        worst: the lesson before which most people stop; `None` when none stands out.
    """

    scope: Scope
    enrolled: People
    started: People
    steps: tuple[Step, ...]
    finished: People
    worst: LessonId | None


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """One module.

    Attributes:
        closed: people who closed it in the period.
        minutes: median minutes of learning in it, of these; `None` where it is not shown.
        right: percent of all first answers to its questions that were right; `None` likewise.
    """

    module: ModuleId
    closed: People
    minutes: int | None
    right: int | None


class Finding(StrEnum):
    """What a question's figures say; docs/statistics.md has the thresholds and their sources."""

    TOO_FEW = "too-few"
    """Too few first answers to say anything."""
    KEY_DOUBTFUL = "key-doubtful"
    """Those who do well choose another option, and more often than those who do not."""
    MISLEADING = "misleading"
    """Those who do well are right less often than those who do not."""
    WEAK = "weak"
    """It hardly tells those who do well from those who do not."""
    HARD = "hard"
    EASY = "easy"
    DEAD_OPTION = "dead-option"
    """Hardly anybody chooses this option."""
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing to know about a question.

    Attributes:
        option: which option it is about; `None` when it is about the whole question.
    """

    finding: Finding
    option: OptionId | None = None


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """How often an option was chosen in first answers, alone or with others, in percent.

    Attributes:
        upper: of the third of learners who had done best before.
        lower: of the third who had done worst; both `None` when too few had answered before.
    """

    option: OptionId
    is_right: bool
    share: int
    upper: int | None
    lower: int | None


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question, by first answers of all days.

    Attributes:
        kind: as in `course.model.Question`.
        answered: people who answered it; each has one first answer.
        facility: percent of first answers that were right, by today's key; `None` where hidden.
        discrimination: point-biserial correlation with how the learner had done before, -1 to 1;
            `None` when too few had done enough before, or where hidden.
        options: in the course's order; empty where hidden.
        seconds: median seconds from the learner's last tap to the answer, breaks left out; of
            everybody, whatever the cohort; `None` with fewer than 30 such times.
        verdicts: the most pressing first; never empty.
    """

    question: QuestionId
    kind: str
    answered: People
    facility: int | None
    discrimination: float | None
    options: tuple[OptionFigures, ...]
    seconds: int | None
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """One cohort among others; the same figures as in `Overview`, of the period."""

    cohort: int
    enrolled: People
    started: People
    active: People
    finished: People
    minutes: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Finishing:
    """How many of a cohort have finished by the end of each day.

    Attributes:
        days: the day's number since 1970 by UTC, and people finished until then; rising.
    """

    cohort: int | None
    days: tuple[tuple[int, People], ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """When people answer, by the weekday and the hour where they are.

    Attributes:
        cells: hundredths of a percent of the answers whose local time is known; seven rows from
            Monday, 24 hours each. Empty where it is not shown, as are `days` and `hours`.
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
    """What one kind of reminder does, of all days and everybody.

    Attributes:
        sent: opportunities at which one was sent, and after how many the learner came back within
            72 hours; `held` the same where it was held out.
        effect: difference of the two shares with its 95 % interval; `None` when there is not
            enough.
        stopped: times that the learner stopped reminders within 72 hours of one sent; `blocked`
            and `snoozed` likewise.
    """

    kind: Kind
    sent: Group
    held: Group
    effect: Interval | None
    stopped: int
    blocked: int
    snoozed: int
