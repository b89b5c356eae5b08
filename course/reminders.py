"""When a learner is reminded next, of what, and why; or why not. One rule, pure.

Sends nothing and stores nothing. Times are UTC milliseconds. Source:
docs/decisions/0012-reminders.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from course.progress import Progress
from course.rhythm import Kind, Rhythm
from course.wishes import Wishes

__all__ = ["Kind", "Nudge", "Reason", "Rhythm", "Silence", "Situation"]


class Reason(StrEnum):
    """Why a nudge comes, why it comes later, or why none comes."""

    # Why one comes.
    AWAY = "away"
    """Nothing was done for the days of the rhythm."""
    QUESTION_LEFT = "question-left"
    DEADLINE_NEAR = "deadline-near"
    ASKED = "asked"
    """The learner snoozed until then."""
    # Why none comes.
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    PACE_NONE = "pace-none"
    FINISHED = "finished"
    ALL_USED = "all-used"
    """The last one was sent or held out; silence until the learner comes back."""
    NO_MOMENT = "no-moment"
    """No moment is allowed, e.g. every day is a rest day."""
    # Why not now, or later than it was due.
    SNOOZED = "snoozed"
    ACTIVE = "active"
    """The learner did something a moment ago."""
    QUIET = "quiet"
    REST_DAY = "rest-day"
    ONE_A_DAY = "one-a-day"
    HOUR_UNKNOWN = "hour-unknown"
    """No time zone is told, and it is not an hour at which the learner was active."""
    DEADLINE_OVER = "deadline-over"


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rule looks at about one learner.

    Attributes:
        active_at: when they last did anything at all, a press on Snooze included.
        used: opportunities of the kinds first, second and last that were taken since then.
        deadline: their cohort's; `None` when there is none.
        deadline_used: the deadline for which the opportunity was taken.
        proactive_at: when we last sent them anything unasked, of whatever kind.
        nudged_at: when the last opportunity of any kind was taken, sent or held out.
    """

    progress: Progress
    wishes: Wishes
    joined_at: int
    active_at: int
    used: int = 0
    deadline: int | None = None
    deadline_used: int | None = None
    proactive_at: int | None = None
    nudged_at: int | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """The next opportunity.

    Attributes:
        at: when, all rules kept and the jitter included; not before the `now` it was asked for.
        moved: why it comes later than the rhythm or the learner's snooze says; `None` when not.
    """

    kind: Kind
    at: int
    because: Reason
    moved: Reason | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing will come as things stand."""

    because: Reason
