"""Flood control: a token bucket per person for incoming updates."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

# People remembered at once; a forgotten person starts again with a full bucket.
_REMEMBERED = 10_000


class Verdict(Enum):
    """What to do with an update."""

    TAKE = auto()
    TELL = auto()  # over the limit: warn the person, once per flood
    DROP = auto()  # over the limit, and they were warned


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many updates one person may send.

    Attributes:
        burst: size of the bucket, in updates.
        per_second: updates by which the bucket refills per second.
    """

    burst: float = 20
    a_second: float = 2


@dataclass(slots=True)
class _Bucket:
    """Token bucket of one person.

    Attributes:
        filled_at: when it was last filled, by the clock of `FloodControl.record_update`.
        filled_date: the same moment by Telegram's clock; `None` if unknown.
    """

    left: float
    at: float
    date: float | None = None
    told: bool = False

    def passes_to(self, now: float, date: float | None) -> float:
        """Advance to now; returns the seconds passed, by whichever clock advanced more.

        Updates sent over hours may arrive at once, so Telegram's dates count too; an update without
        a date advances them by the time between arrivals.
        """
        passed = now - self.at
        if date is None:
            date = None if self.date is None else self.date + passed
        elif self.date is not None:
            passed = max(passed, date - self.date)
            date = max(date, self.date)
        self.at, self.date = now, date
        return passed


class Flood:
    """Token buckets by person."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def judge(self, person: int, now: float, date: float | None = None) -> Verdict:
        """Record one update of `person`, and decide what to do with it.

        Args:
            now: seconds of a monotonic clock.
            sent_at: when it was sent by Telegram's clock, in seconds; `None` if unknown.
        """
        bucket = self._buckets.pop(person, None) or _Bucket(self._allowance.burst, now)
        self._buckets[person] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        filled = bucket.left + bucket.passes_to(now, date) * self._allowance.a_second
        bucket.left = min(self._allowance.burst, filled)
        if bucket.left >= 1:
            bucket.left -= 1
            # One warning per flood: a new flood begins once half of the bucket has refilled.
            bucket.told = bucket.told and bucket.left < self._allowance.burst / 2
            return Verdict.TAKE
        if bucket.told:
            return Verdict.DROP
        bucket.told = True
        return Verdict.TELL
