"""What a learner set about being reminded.

Values only; what follows from them is decided in `course.reminders`.
"""

from dataclasses import dataclass
from enum import StrEnum

QUIET_FROM, QUIET_TO = 20 * 60, 8 * 60
"""Quiet hours until a learner sets others: 20:00 to 08:00."""


class Pace(StrEnum):
    """How closely the reminders follow each other."""

    NORMAL = "normal"
    GENTLE = "gentle"
    """Twice as many days between them."""
    NONE = "none"
    """No reminder of any kind."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a learner set, or what holds until they do. Minutes are minutes after local midnight.

    Attributes:
        stopped: wants to hear nothing unasked.
        unreachable: has blocked the bot.
        zone: an IANA name such as "Africa/Nairobi"; `None` when it was never told. Then the local
            time is not known, and it is not taken to be UTC: see `course.reminders`.
        hour: the minute at which a reminder should come, 0 to 1439; `None` for the course's.
        usual: wants reminders at the hour at which they usually learn; goes before `hour`.
        quiet_from: the minute from which no reminder comes.
        quiet_to: the minute from which they may come again. Smaller than `quiet_from` when
            midnight lies between; equal for no quiet hours.
        rest_days: days without reminders; Monday is 0.
        snoozed_until: nothing before this moment, and a reminder then; in UTC milliseconds.
        paused: wants no reminders until they take that back.
    """

    stopped: bool = False
    unreachable: bool = False
    pace: Pace = Pace.NORMAL
    zone: str | None = None
    hour: int | None = None
    usual: bool = False
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    rest_days: frozenset[int] = frozenset()
    snoozed_until: int | None = None
    paused: bool = False

    def is_quiet(self, minute: int) -> bool:
        """Whether the minute after midnight lies in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to
