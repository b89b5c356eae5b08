"""95 % confidence intervals of a share and of the difference of two shares.

Sources: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal
of the American Statistical Association 22 (1927) 209-212; R. G. Newcombe, Interval estimation for
the difference between independent proportions, Statistics in Medicine 17 (1998) 873-890, method 10.
"""

from dataclasses import dataclass
from math import hypot, sqrt

Z = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""

MIN_GROUP_SIZE = 40
"""Fewest people, or events such as reminders, in each group for a difference to be shown.

From 40 on the usual intervals agree with each other (L. D. Brown, T. T. Cai and A. DasGupta,
Interval estimation for a binomial proportion, Statistical Science 16 (2001) 101-133). With fewer,
the interval of a middling share reaches further to each side than about 14 points, the largest
effect of a reminder that we know of (O. Baelter and others, JMIR Formative Research 7 (2023)
e43977): it could not tell the best reminder from none.
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % confidence interval.

    Shares are between 0 and 1, differences between -1 and 1.
    """

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """A proportion: `successes` of `total` people or events."""

    successes: int
    total: int


def wilson_interval(group: Proportion) -> Interval | None:
    """Share with Wilson's interval, without continuity correction; `None` for an empty group."""
    if not group.total:
        return None
    share = group.successes / group.total
    scale = 1 + Z * Z / group.total
    middle = (share + Z * Z / (2 * group.total)) / scale
    half = Z * sqrt(share * (1 - share) / group.total + (Z / (2 * group.total)) ** 2) / scale
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def newcombe_interval(one: Proportion, other: Proportion) -> Interval | None:
    """Difference of the shares of two groups with Newcombe's interval; `None` if one is empty."""
    first, second = wilson_interval(one), wilson_interval(other)
    if first is None or second is None:
        return None
    difference = first.estimate - second.estimate
    below = hypot(first.estimate - first.low, second.high - second.estimate)
    above = hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(difference, difference - below, difference + above)


def are_large_enough(one: Proportion, other: Proportion) -> bool:
    """Whether both groups are large enough to show their difference."""
    return min(one.total, other.total) >= MIN_GROUP_SIZE
