"""Holds off one person who sends too much, before any work is done for it; others do not notice."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

# People remembered at once; who is forgotten starts with a full bucket, which harms nobody.
_REMEMBERED = 10_000


class Verdict(Enum):
    """What to do with an update."""

    TAKE = auto()
    TELL = auto()  # too much: tell the person once
    DROP = auto()  # too much, and they were told


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much one person may send.

    Attributes:
        burst: updates at once.
        a_second: updates a second in the long run.
    """

    burst: float = 20
    a_second: float = 2


@dataclass(slots=True)
class _Bucket:
    """What one person may still send.

    Attributes:
        at: when it was filled last, by the clock of `Flood.judge`.
        date: the same moment by Telegram's clock; `None` while that is not known.
    """

    left: float
    at: float
    date: float | None = None
    told: bool = False

    def passes_to(self, now: float, date: float | None) -> float:
        """Move on; gives the seconds that passed, by the clock by which more did.

        What was sent over a night may arrive at once. The dates are Telegram's, so nobody gets
        more than has passed there; what has none moves them on by the time between arrivals.
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
    """A bucket of updates for each person, filled by time."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def judge(self, person: int, now: float, date: float | None = None) -> Verdict:
        """Count one more update of `person`.

        Args:
            now: any clock in seconds that does not go back.
            date: when it was sent, as Telegram says, in seconds; `None` when it does not.
        """
        bucket = self._buckets.pop(person, None) or _Bucket(self._allowance.burst, now)
        self._buckets[person] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        filled = bucket.left + bucket.passes_to(now, date) * self._allowance.a_second
        bucket.left = min(self._allowance.burst, filled)
        if bucket.left >= 1:
            bucket.left -= 1
            # Told once a flood: a new one begins when half of the bucket has filled again.
            bucket.told = bucket.told and bucket.left < self._allowance.burst / 2
            return Verdict.TAKE
        if bucket.told:
            return Verdict.DROP
        bucket.told = True
        return Verdict.TELL
