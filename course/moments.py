"""At which moments a learner may be sent something unasked.

Knows quiet hours, rest days and the day's one message; what is due is decided elsewhere. Where no
time zone was told, the hours at which the learner was active stand in for the local time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from course import zones
from course.reasons import Reason
from course.wishes import Wishes

MINUTE = 60_000
HOUR = 60 * MINUTE
"""In milliseconds."""

_DAY = 24 * HOUR
_DAY_MINUTES = 24 * 60
_SETTLED = 30 * MINUTE  # longer than the breaks between two taps: nobody is nudged while learning
_APART = 12 * HOUR  # a day that ends at midnight, or a flight, does not bring two in one evening
_APART_UNKNOWN = 25 * HOUR  # the longest day there is: a day on which clocks are put back
_USUAL_WITHIN = 60
_EAST, _WEST = 14 * HOUR, 12 * HOUR  # how far from UTC local time is: Kiritimati, Baker Island

# The day's one message, six rest days, quiet hours and a gap of the clock cannot use up more days.
_TRIES = 21


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments that are allowed to one learner.

    Attributes:
        zone: `None` when it was never told; then times of day are UTC, and mean nothing more.
        hour: the minute after midnight at which reminders come; not quiet.
        active_at: when the learner last did something.
        proactive_at: when something was last sent unasked; `None` for never.
        other_day: whether the day on which the learner was last active is left out, too.
    """

    wishes: Wishes
    zone: str | None
    hour: int
    active_at: int
    proactive_at: int | None
    other_day: bool = False

    def hindrance(self, at: int) -> Reason | None:
        """Why nothing may be sent at `at`; `None` when it may."""
        if at < self._settled or (self.other_day and self._is_same_day(at, self.active_at)):
            return Reason.ACTIVE
        if self._came_that_day(at):
            return Reason.ONE_A_DAY
        if self._rests(at):
            return Reason.REST_DAY
        minute = zones.minute(zones.local(self._clock, at))
        if self.zone is None:
            return None if _distance(minute, self.hour) <= _USUAL_WITHIN else Reason.HOUR_UNKNOWN
        return Reason.QUIET if self.wishes.is_quiet(minute) else None

    def first_from(self, at: int, jitter: int = 0) -> int | None:
        """The first allowed moment from `at` on: `at` itself, or else at the learner's hour.

        With `jitter` (milliseconds) added, where that is allowed too; `None` when no moment is. The
        last minute before nothing is allowed is none: whoever looks comes once a minute.
        """
        at = max(at, self._settled)
        for _ in range(_TRIES):
            if self._allows(at):
                return at + jitter if self._allows(at + jitter) else at
            at = zones.next_time(self._clock, self.hour, at)
        return None

    def hour_on_day(self, of: int, days: int = 0) -> int:
        """The learner's hour on the date that is `days` after the date of the moment `of`."""
        day = zones.local(self._clock, of).date() + timedelta(days)
        return zones.at_minute(self._clock, day, self.hour)

    def _allows(self, at: int) -> bool:
        """Whether one may be sent at `at`, and all through the minute from then on."""
        return self.hindrance(at) is None and self.hindrance(at + MINUTE - 1) is None

    @property
    def _clock(self) -> str:
        return self.zone or "UTC"

    @property
    def _apart(self) -> int:
        return _APART if self.zone else _APART_UNKNOWN

    @property
    def _settled(self) -> int:
        """From when on the learner is not here any more; a day later where that day is left out."""
        is_day_unknown = self.other_day and self.zone is None
        return self.active_at + (_APART_UNKNOWN if is_day_unknown else _SETTLED)

    def _came_that_day(self, at: int) -> bool:
        """Whether something was sent unasked on the same local day, or hours before."""
        if self.proactive_at is None:
            return False
        return at < self.proactive_at + self._apart or self._is_same_day(at, self.proactive_at)

    def _is_same_day(self, at: int, other: int) -> bool:
        """Whether both are on one local day; false where no zone was told."""
        return self.zone is not None and self._dates(at) == self._dates(other)

    def _rests(self, at: int) -> bool:
        """Whether it is a rest day; where no zone was told, wherever on earth they may be.

        Where that leaves no day of the week, the date is UTC's: else none would ever come.
        """
        if self.zone is None and all(self._may_rest(at + days * _DAY) for days in range(7)):
            return zones.local(self._clock, at).weekday() in self.wishes.rest_days
        return self._may_rest(at)

    def _may_rest(self, at: int) -> bool:
        return any(day.weekday() in self.wishes.rest_days for day in self._dates(at))

    def _dates(self, at: int) -> frozenset[date]:
        """The local date; where no zone was told, all dates that it may be."""
        shifts = (0,) if self.zone else (-_WEST, 0, _EAST)
        return frozenset(zones.local(self._clock, at + shift).date() for shift in shifts)


def usual_minute(moments: Iterable[int], zone: str | None) -> int:
    """The minute after midnight at which somebody usually does something, in `zone` or in UTC.

    The middle one of the minutes in the hour with most days, where the hours beside it count half.

    Args:
        moments: when they did something; at least one.
        zone: `None` for UTC.
    """
    minutes: dict[int, list[int]] = defaultdict(list)
    days: dict[int, set[date]] = defaultdict(set)
    for at in moments:
        here = zones.local(zone or "UTC", at)
        minutes[here.hour].append(zones.minute(here))
        days[here.hour].add(here.date())
    counts = {hour: len(dates) for hour, dates in days.items()}
    hour = max(sorted(counts), key=lambda hour: _weight(counts, hour))
    return sorted(minutes[hour])[(len(minutes[hour]) - 1) // 2]


def _weight(counts: dict[int, int], hour: int) -> int:
    beside = counts.get((hour - 1) % 24, 0) + counts.get((hour + 1) % 24, 0)
    return 2 * counts[hour] + beside


def _distance(minute: int, other: int) -> int:
    apart = abs(minute - other)
    return min(apart, _DAY_MINUTES - apart)
