"""The reasons of reminders: why one comes, why none does. `bot.rendering` puts them into words."""

from enum import StrEnum


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
