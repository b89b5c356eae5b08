"""How sure a share or the difference of two shares is: 95 % intervals, and when not to say any.

Sources: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal
of the American Statistical Association 22 (1927) 209-212; R. G. Newcombe, Interval estimation for
the difference between independent proportions, Statistics in Medicine 17 (1998) 873-890, method 10.
"""

from dataclasses import dataclass
from math import hypot, sqrt

Z = 1.959963984540054
"""The point of the normal distribution that 2.5 % lie above."""

ENOUGH = 40
"""People, or times such as reminders, in each group before a difference is shown.

From 40 on the usual intervals agree with each other (L. D. Brown, T. T. Cai and A. DasGupta,
Interval estimation for a binomial proportion, Statistical Science 16 (2001) 101-133). With fewer,
the interval of a middling share reaches further to each side than about 14 points, the largest
effect of a reminder that we know of (O. Baelter and others, JMIR Formative Research 7 (2023)
e43977): it could not tell the best reminder from none.
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds between which the truth lies, 95 times in 100.

    Shares are between 0 and 1, differences between -1 and 1.
    """

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """Of so many people or times (`of`, never negative), how many did it (0 to `of`)."""

    did: int
    of: int


def wilson(group: Group) -> Interval | None:
    """The share with Wilson's interval, without correction for continuity; `None` for nobody."""
    if not group.of:
        return None
    share = group.did / group.of
    stretch = 1 + Z * Z / group.of
    middle = (share + Z * Z / (2 * group.of)) / stretch
    half = Z * sqrt(share * (1 - share) / group.of + (Z / (2 * group.of)) ** 2) / stretch
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def newcombe(one: Group, other: Group) -> Interval | None:
    """How much higher the share of `one` is, with Newcombe's interval; `None` if one is empty."""
    first, second = wilson(one), wilson(other)
    if first is None or second is None:
        return None
    difference = first.estimate - second.estimate
    below = hypot(first.estimate - first.low, second.high - second.estimate)
    above = hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(difference, difference - below, difference + above)


def is_enough(one: Group, other: Group) -> bool:
    """Whether there is enough to show how two groups differ; else say "not enough data yet"."""
    return min(one.of, other.of) >= ENOUGH
