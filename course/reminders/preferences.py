"""A learner's preferences about reminders.

Values only; `course.reminders.next_reminder` applies them.
"""

from dataclasses import dataclass
from enum import StrEnum

QUIET_FROM, QUIET_TO = 20 * 60, 8 * 60
"""Default quiet hours: 20:00 to 08:00."""


class Pace(StrEnum):
    """Pace of the reminders."""

    NORMAL = "normal"
    GENTLE = "gentle"
    """Twice as many days between reminders."""
    NONE = "none"
    """No reminders."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """A learner's preferences, or the defaults. Minutes are minutes after local midnight.

    Attributes:
        stopped: whether they stopped all unasked messages.
        unreachable: whether they blocked the bot.
        zone: an IANA name such as "Africa/Nairobi"; `None` when it is not known. Then local time is
            not taken to be UTC: see `course.reminders.allowed_times`.
        reminder_minute: the minute at which to send reminders, 0 to 1439; `None` for the course's.
        at_usual_time: whether to remind when they are usually active, not at `reminder_minute`.
        quiet_from: start of the quiet hours.
        quiet_to: end of the quiet hours. Smaller than `quiet_from` across midnight; equal for no
            quiet hours.
        rest_days: weekdays without reminders; Monday is 0.
        snoozed_until: no reminder before this time, and one then; in UTC milliseconds.
        paused: whether reminders are paused until they resume them.
    """

    stopped: bool = False
    unreachable: bool = False
    pace: Pace = Pace.NORMAL
    zone: str | None = None
    reminder_minute: int | None = None
    at_usual_time: bool = False
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    rest_days: frozenset[int] = frozenset()
    snoozed_until: int | None = None
    paused: bool = False

    @property
    def switched_off(self) -> bool:
        """Whether no reminders are wanted."""
        return self.stopped or self.paused or self.pace is Pace.NONE

    def is_quiet(self, minute: int) -> bool:
        """Whether the minute after midnight is in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to
