"""Reasons why a reminder is sent, delayed or not sent; `bot.rendering` puts them into words."""

from enum import StrEnum


class ReminderReason(StrEnum):
    """Why a reminder is sent, delayed or not sent."""

    # Why one is sent.
    AWAY = "away"
    """No activity for the days of the rhythm."""
    QUESTION_LEFT = "question-left"
    DEADLINE_NEAR = "deadline-near"
    ASKED = "asked"
    """The learner snoozed until then."""
    # Why none is sent.
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    PACE_NONE = "pace-none"
    FINISHED = "finished"
    ALL_USED = "all-used"
    """The last one was sent or held out; none until the learner is active again."""
    NO_MOMENT = "no-moment"
    """No time is allowed, e.g. every day is a rest day."""
    # Why it is delayed.
    SNOOZED = "snoozed"
    ACTIVE = "active"
    """The learner was just active."""
    QUIET = "quiet"
    REST_DAY = "rest-day"
    ONE_A_DAY = "one-a-day"
    HOUR_UNKNOWN = "hour-unknown"
    """The time zone is not known, and the learner is not usually active at this hour."""
    DEADLINE_OVER = "deadline-over"

    @property
    def is_temporary(self) -> bool:
        """Whether it delays a reminder only for a time."""
        return self in (
            ReminderReason.QUIET,
            ReminderReason.REST_DAY,
            ReminderReason.ONE_A_DAY,
            ReminderReason.HOUR_UNKNOWN,
        )
