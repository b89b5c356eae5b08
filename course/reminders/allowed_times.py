"""The times at which unasked messages to a learner are allowed.

Applies quiet hours, rest days and the limit of one message a day; what is due is decided
elsewhere. Without a known time zone, the hours at which the learner was active replace local time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from course import local_time
from course.local_time import DAY, HOUR, MINUTE
from course.reminders.preferences import Preferences
from course.reminders.reasons import ReminderReason

_DAY_MINUTES = 24 * 60
_IDLE_AFTER = 30 * MINUTE  # longer than breaks between two presses: no reminder while learning
_MIN_GAP = 12 * HOUR  # so that midnight, or a flight, does not allow two in one evening
_MIN_GAP_WITHOUT_ZONE = 25 * HOUR  # the longest day there is: a day on which clocks are put back
_USUAL_WITHIN = 60
_EAST, _WEST = 14 * HOUR, 12 * HOUR  # largest offsets from UTC: Kiritimati, Baker Island

# One message a day, six rest days, quiet hours and a gap of the clock cannot exclude more days.
_MAX_DAYS_TRIED = 21


@dataclass(frozen=True, slots=True)
class AllowedTimes:
    """The allowed times of one learner.

    Attributes:
        zone: time zone; `None` when it is not known: then times of day are UTC.
        reminder_minute: minute after midnight at which reminders are sent; not in quiet hours.
        active_at: last activity of the learner.
        proactive_at: when the last unasked message was sent; `None` for never.
        skips_last_active_day: whether the day of the last activity is not allowed either.
    """

    preferences: Preferences
    zone: str | None
    reminder_minute: int
    active_at: int
    proactive_at: int | None
    skips_last_active_day: bool = False

    def reason_not_allowed(self, at: int) -> ReminderReason | None:
        """Why no message may be sent at `at`; `None` when it may."""
        if at < self._idle_from or (
            self.skips_last_active_day and self._is_same_day(at, self.active_at)
        ):
            return ReminderReason.ACTIVE
        if self._was_sent_that_day(at):
            return ReminderReason.ONE_A_DAY
        if self._is_rest_day(at):
            return ReminderReason.REST_DAY
        minute = local_time.clock_minute(local_time.to_local(self._clock_zone, at))
        if self.zone is None:
            return (
                None
                if _minutes_apart(minute, self.reminder_minute) <= _USUAL_WITHIN
                else ReminderReason.HOUR_UNKNOWN
            )
        return ReminderReason.QUIET if self.preferences.is_quiet(minute) else None

    def next_allowed(self, at: int, jitter: int = 0) -> int | None:
        """The first allowed time from `at` on: `at` itself, or else at the reminder minute.

        Adds `jitter` (milliseconds) where that is allowed too. `None` when no time is allowed. The
        last minute before a time that is not allowed is skipped, since ticks are a minute apart.
        """
        at = max(at, self._idle_from)
        for _ in range(_MAX_DAYS_TRIED):
            if self._is_allowed(at):
                return at + jitter if self._is_allowed(at + jitter) else at
            at = local_time.next_occurrence(self._clock_zone, self.reminder_minute, at)
        return None

    def reminder_time_on_day(self, at: int, days: int = 0) -> int:
        """The time of the reminder minute, `days` after the local date of `at`."""
        day = local_time.to_local(self._clock_zone, at).date() + timedelta(days)
        return local_time.time_on_day(self._clock_zone, day, self.reminder_minute)

    def _is_allowed(self, at: int) -> bool:
        """Whether a message may be sent at `at` and during the minute after it."""
        return (
            self.reason_not_allowed(at) is None and self.reason_not_allowed(at + MINUTE - 1) is None
        )

    @property
    def _clock_zone(self) -> str:
        return self.zone or "UTC"

    @property
    def _min_gap(self) -> int:
        return _MIN_GAP if self.zone else _MIN_GAP_WITHOUT_ZONE

    @property
    def _idle_from(self) -> int:
        """When the learner counts as idle; a day later if that day is excluded without a zone."""
        is_day_unknown = self.skips_last_active_day and self.zone is None
        return self.active_at + (_MIN_GAP_WITHOUT_ZONE if is_day_unknown else _IDLE_AFTER)

    def _was_sent_that_day(self, at: int) -> bool:
        """Whether an unasked message was sent on the same local day, or shortly before."""
        if self.proactive_at is None:
            return False
        return at < self.proactive_at + self._min_gap or self._is_same_day(at, self.proactive_at)

    def _is_same_day(self, at: int, other: int) -> bool:
        """Whether both are on the same local day; false without a zone."""
        return self.zone is not None and self._dates(at) == self._dates(other)

    def _is_rest_day(self, at: int) -> bool:
        """Whether it is a rest day; without a zone, whether it is one anywhere on earth.

        If that excludes every day of the week, the date in UTC is used instead.
        """
        if self.zone is None and all(self._may_be_rest_day(at + days * DAY) for days in range(7)):
            return local_time.to_local(self._clock_zone, at).weekday() in self.preferences.rest_days
        return self._may_be_rest_day(at)

    def _may_be_rest_day(self, at: int) -> bool:
        return any(day.weekday() in self.preferences.rest_days for day in self._dates(at))

    def _dates(self, at: int) -> frozenset[date]:
        """The local date; without a zone, all dates that it may be."""
        shifts = (0,) if self.zone else (-_WEST, 0, _EAST)
        return frozenset(
            local_time.to_local(self._clock_zone, at + shift).date() for shift in shifts
        )


def usual_minute(times: Iterable[int], zone: str | None) -> int:
    """The minute after midnight at which a learner is usually active, in `zone` or in UTC.

    The median minute of the hour with most days, where adjacent hours count half.

    Args:
        times: times of activity; at least one.
        zone: `None` for UTC.
    """
    minutes: dict[int, list[int]] = defaultdict(list)
    days: dict[int, set[date]] = defaultdict(set)
    for at in times:
        here = local_time.to_local(zone or "UTC", at)
        minutes[here.hour].append(local_time.clock_minute(here))
        days[here.hour].add(here.date())
    counts = {hour: len(dates) for hour, dates in days.items()}
    hour = max(sorted(counts), key=lambda hour: _weight(counts, hour))
    return sorted(minutes[hour])[(len(minutes[hour]) - 1) // 2]


def _weight(counts: dict[int, int], hour: int) -> int:
    beside = counts.get((hour - 1) % 24, 0) + counts.get((hour + 1) % 24, 0)
    return 2 * counts[hour] + beside


def _minutes_apart(minute: int, other: int) -> int:
    apart = abs(minute - other)
    return min(apart, _DAY_MINUTES - apart)
