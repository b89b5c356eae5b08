"""The times at which unasked messages to a learner are allowed.

Applies quiet hours, rest days and the limit of one message a day; what is due is decided
elsewhere. Without a known time zone, the hours at which the learner was active replace local time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from course import local_time
from course.reminders.preferences import Wishes
from course.reminders.reasons import Reason

MINUTE = 60_000
HOUR = 60 * MINUTE
"""In milliseconds."""

_DAY = 24 * HOUR
_DAY_MINUTES = 24 * 60
_SETTLED = 30 * MINUTE  # longer than breaks between two presses: no reminder while learning
_APART = 12 * HOUR  # so that midnight, or a flight, does not allow two in one evening
_APART_UNKNOWN = 25 * HOUR  # the longest day there is: a day on which clocks are put back
_USUAL_WITHIN = 60
_EAST, _WEST = 14 * HOUR, 12 * HOUR  # largest offsets from UTC: Kiritimati, Baker Island

# One message a day, six rest days, quiet hours and a gap of the clock cannot exclude more days.
_TRIES = 21


@dataclass(frozen=True, slots=True)
class Moments:
    """The allowed times of one learner.

    Attributes:
        zone: time zone; `None` when it is not known: then times of day are UTC.
        hour: minute after midnight at which reminders are sent; not in quiet hours.
        active_at: last activity of the learner.
        proactive_at: when the last unasked message was sent; `None` for never.
        other_day: whether the day of the last activity is not allowed either.
    """

    wishes: Wishes
    zone: str | None
    hour: int
    active_at: int
    proactive_at: int | None
    other_day: bool = False

    def hindrance(self, at: int) -> Reason | None:
        """Why no message may be sent at `at`; `None` when it may."""
        if at < self._settled or (self.other_day and self._is_same_day(at, self.active_at)):
            return Reason.ACTIVE
        if self._came_that_day(at):
            return Reason.ONE_A_DAY
        if self._rests(at):
            return Reason.REST_DAY
        minute = local_time.minute(local_time.local(self._clock, at))
        if self.zone is None:
            return None if _distance(minute, self.hour) <= _USUAL_WITHIN else Reason.HOUR_UNKNOWN
        return Reason.QUIET if self.wishes.is_quiet(minute) else None

    def first_from(self, at: int, jitter: int = 0) -> int | None:
        """The first allowed time from `at` on: `at` itself, or else at the reminder minute.

        Adds `jitter` (milliseconds) where that is allowed too. `None` when no time is allowed. The
        last minute before a time that is not allowed is skipped, since ticks are a minute apart.
        """
        at = max(at, self._settled)
        for _ in range(_TRIES):
            if self._allows(at):
                return at + jitter if self._allows(at + jitter) else at
            at = local_time.next_time(self._clock, self.hour, at)
        return None

    def hour_on_day(self, of: int, days: int = 0) -> int:
        """The time of the reminder minute, `days` after the local date of the time `of`."""
        day = local_time.local(self._clock, of).date() + timedelta(days)
        return local_time.at_minute(self._clock, day, self.hour)

    def _allows(self, at: int) -> bool:
        """Whether a message may be sent at `at` and during the minute after it."""
        return self.hindrance(at) is None and self.hindrance(at + MINUTE - 1) is None

    @property
    def _clock(self) -> str:
        return self.zone or "UTC"

    @property
    def _apart(self) -> int:
        return _APART if self.zone else _APART_UNKNOWN

    @property
    def _settled(self) -> int:
        """When the learner counts as idle; a day later if that day is excluded without a zone."""
        is_day_unknown = self.other_day and self.zone is None
        return self.active_at + (_APART_UNKNOWN if is_day_unknown else _SETTLED)

    def _came_that_day(self, at: int) -> bool:
        """Whether an unasked message was sent on the same local day, or shortly before."""
        if self.proactive_at is None:
            return False
        return at < self.proactive_at + self._apart or self._is_same_day(at, self.proactive_at)

    def _is_same_day(self, at: int, other: int) -> bool:
        """Whether both are on the same local day; false without a zone."""
        return self.zone is not None and self._dates(at) == self._dates(other)

    def _rests(self, at: int) -> bool:
        """Whether it is a rest day; without a zone, whether it is one anywhere on earth.

        If that excludes every day of the week, the date in UTC is used instead.
        """
        if self.zone is None and all(self._may_rest(at + days * _DAY) for days in range(7)):
            return local_time.local(self._clock, at).weekday() in self.wishes.rest_days
        return self._may_rest(at)

    def _may_rest(self, at: int) -> bool:
        return any(day.weekday() in self.wishes.rest_days for day in self._dates(at))

    def _dates(self, at: int) -> frozenset[date]:
        """The local date; without a zone, all dates that it may be."""
        shifts = (0,) if self.zone else (-_WEST, 0, _EAST)
        return frozenset(local_time.local(self._clock, at + shift).date() for shift in shifts)


def usual_minute(moments: Iterable[int], zone: str | None) -> int:
    """The minute after midnight at which somebody is usually active, in `zone` or in UTC.

    The median minute of the hour with most days, where adjacent hours count half.

    Args:
        moments: times of activity; at least one.
        zone: `None` for UTC.
    """
    minutes: dict[int, list[int]] = defaultdict(list)
    days: dict[int, set[date]] = defaultdict(set)
    for at in moments:
        here = local_time.local(zone or "UTC", at)
        minutes[here.hour].append(local_time.minute(here))
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
