"""Flood control: a token bucket per person for incoming updates."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

# People remembered at once; a forgotten person starts again with a full bucket.
_MAX_PEOPLE = 10_000


class FloodVerdict(Enum):
    """What to do with an update."""

    ACCEPT = auto()
    WARN = auto()  # over the limit: warn the person, once per flood
    DROP = auto()  # over the limit, and they were warned


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """How many updates one person may send.

    Attributes:
        burst: size of the bucket, in updates.
        per_second: updates by which the bucket refills per second.
    """

    burst: float = 20
    per_second: float = 2


@dataclass(slots=True)
class _Bucket:
    """Token bucket of one person.

    Attributes:
        filled_at: when it was last filled, by the clock of `FloodControl.record_update`.
        filled_date: the same moment by Telegram's clock; `None` if unknown.
    """

    tokens: float
    filled_at: float
    filled_date: float | None = None
    is_warned: bool = False

    def advance(self, now: float, sent_at: float | None) -> float:
        """Advance to now; returns the seconds passed, by whichever clock advanced more.

        Updates sent over hours may arrive at once, so Telegram's dates count too; an update without
        a date advances them by the time between arrivals.
        """
        passed = now - self.filled_at
        if sent_at is None:
            sent_at = None if self.filled_date is None else self.filled_date + passed
        elif self.filled_date is not None:
            passed = max(passed, sent_at - self.filled_date)
            sent_at = max(sent_at, self.filled_date)
        self.filled_at, self.filled_date = now, sent_at
        return passed


class FloodControl:
    """Token buckets by person."""

    def __init__(self, limits: FloodLimits) -> None:
        self._limits = limits
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def record_update(self, person: int, now: float, sent_at: float | None = None) -> FloodVerdict:
        """Record one update of `person`, and decide what to do with it.

        Args:
            now: seconds of a monotonic clock.
            sent_at: when it was sent by Telegram's clock, in seconds; `None` if unknown.
        """
        bucket = self._buckets.pop(person, None) or _Bucket(self._limits.burst, now)
        self._buckets[person] = bucket
        if len(self._buckets) > _MAX_PEOPLE:
            self._buckets.popitem(last=False)
        filled = bucket.tokens + bucket.advance(now, sent_at) * self._limits.per_second
        bucket.tokens = min(self._limits.burst, filled)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            # One warning per flood: a new flood begins once half of the bucket has refilled.
            bucket.is_warned = bucket.is_warned and bucket.tokens < self._limits.burst / 2
            return FloodVerdict.ACCEPT
        if bucket.is_warned:
            return FloodVerdict.DROP
        bucket.is_warned = True
        return FloodVerdict.WARN
