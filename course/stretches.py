"""Stretches of days that figures are about, and which values may be shown beside each other.

Source: docs/statistics.md. A stretch is told in days before today, today being 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from course.overview import Period
from course.suppression import shows_value

WEEK = 7
"""Days after which the figures of all days are compared with what they were."""


FAR = 9_999_999
"""A day that never comes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `newest` to before `oldest`, both counted back from today."""

    newest: int
    oldest: float

    def is_within(self, other: "Stretch") -> bool:
        """Whether all its days are days of `other`."""
        return other.newest <= self.newest and self.oldest <= other.oldest

    def days(self, today: int) -> tuple[int, int]:
        """Its first and its last day, by number; what lies after today belongs to today."""
        last = today - self.newest if self.newest else FAR
        return (0 if self.oldest == inf else today - int(self.oldest) + 1), last


def now(period: Period) -> Stretch:
    """The days of a period."""
    return Stretch(0, inf) if period is Period.ALL else Stretch(0, period.value)


def before(period: Period) -> Stretch:
    """As many days before a period; of all days, those until a week ago."""
    if period is Period.ALL:
        return Stretch(WEEK, inf)
    return Stretch(period.value, 2 * period.value)


STRETCHES: tuple[Stretch, ...] = tuple(
    stretch
    for period in (Period.ALL, Period.QUARTER, Period.MONTH, Period.WEEK)
    for stretch in (now(period), before(period))
)
"""All there are. The larger come first: where two stand in each other's way, they are shown."""

Sums = Mapping[Stretch, int]
"""How many people in each stretch."""


def sums(counted: Sequence[int]) -> Sums:
    """Numbers of people in the order of `STRETCHES`."""
    return dict(zip(STRETCHES, map(int, counted), strict=True))


def shown(everybody: Sums, cohort: Sums | None = None) -> frozenset[Stretch]:
    """For which stretches a share or a median may be shown: of everybody, or of one cohort.

    Each is set against those shown before it that hold its people, or whose people it holds:
    what is shown must leave nobody, or five and more, between them.

    Args:
        everybody: people behind each value of everybody.
        cohort: people behind each value of the cohort; `None` when it is about everybody.
    """
    whole = _shown(everybody, {}, frozenset())
    return whole if cohort is None else _shown(cohort, everybody, whole)


def _shown(people: Sums, around: Sums, around_shown: frozenset[Stretch]) -> frozenset[Stretch]:
    found: list[Stretch] = []
    for stretch in STRETCHES:
        own = [people[other] for other in found if _are_nested(stretch, other)]
        others = [around[other] for other in around_shown if stretch.is_within(other)]
        if shows_value(people[stretch], own + others):
            found.append(stretch)
    return frozenset(found)


def _are_nested(one: Stretch, other: Stretch) -> bool:
    return one.is_within(other) or other.is_within(one)
