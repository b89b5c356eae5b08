"""Ranges of days covered by figures, and which values may be shown together.

Source: docs/statistics.md. Days are counted back from today, which is 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from course.statistics.overview import Period
from course.statistics.suppression import has_enough_people, is_difference_showable

COMPARISON_DAYS = 7
"""For figures of all days: days ago of the value they are compared with."""


FAR_FUTURE_DAY = 9_999_999
"""A day in the far future."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from `newest` to before `oldest`, both counted back from today."""

    newest: float
    oldest: float

    def is_within(self, other: "DayRange") -> bool:
        """Whether it is a part of `other`."""
        return other.newest <= self.newest and self.oldest <= other.oldest

    def without(self, other: "DayRange") -> "list[DayRange]":
        """What is left of it without `other`, a part of it: none, one or two ranges."""
        pieces = (DayRange(self.newest, other.newest), DayRange(other.oldest, self.oldest))
        return [piece for piece in pieces if piece.newest < piece.oldest]

    def days(self, today: int) -> tuple[int, int]:
        """Numbers of its first and last day; days after today count as today."""
        last = today - int(self.newest) if self.newest else FAR_FUTURE_DAY
        return (0 if self.oldest == inf else today - int(self.oldest) + 1), last


def current_range(period: Period) -> DayRange:
    """The day range of a period."""
    return DayRange(0, inf) if period is Period.ALL else DayRange(0, period.value)


def previous_range(period: Period) -> DayRange:
    """The range of as many days before a period; for all days, those until a week ago."""
    if period is Period.ALL:
        return DayRange(COMPARISON_DAYS, inf)
    return DayRange(period.value, 2 * period.value)


DAY_RANGES: tuple[DayRange, ...] = tuple(
    day_range
    for period in (Period.ALL, Period.QUARTER, Period.MONTH, Period.WEEK)
    for day_range in (current_range(period), previous_range(period))
)
"""All day ranges, larger ones first: where two must not both be shown, the larger one is."""

_BOUNDS = (*sorted({s.newest for s in DAY_RANGES} | {s.oldest for s in DAY_RANGES}),)

_WITHIN = (
    *((0, 7), (7, 14), (0, 30), (30, 60), (0, 90), (90, 180)),
    *((7, 30), (14, 30), (7, 90), (14, 90), (30, 90), (60, 90)),
)
"""Ranges in which people are counted once each: day ranges, and parts between two of them."""

SumsByRange = Mapping[DayRange, int]
"""Number of people in each day range, and in each part between two."""


def sum_single_events(counts: Sequence[int]) -> SumsByRange:
    """Sum up events that happen to a person once, from counts between adjacent bounds."""
    found = {}
    for (begin, newest), (end, oldest) in combinations(enumerate(_BOUNDS), 2):
        found[DayRange(newest, oldest)] = sum(map(int, counts[begin:end]))
    return found


def sum_people(within: Sequence[int], since: Sequence[int]) -> SumsByRange:
    """Sum up people who may have been active on many days, each counted once.

    Args:
        within: people in the ranges of the query `fetch_active_sums`.
        since: people active up to each bound, without the last one.
    """
    found = {DayRange(*days): int(number) for days, number in zip(_WITHIN, within, strict=True)}
    for newest, number in zip(_BOUNDS[:-1], since, strict=True):
        found[DayRange(newest, inf)] = int(number)
    return found


def showable_ranges(
    everybody: SumsByRange, cohort: SumsByRange | None = None
) -> frozenset[DayRange]:
    """Day ranges for which a percentage or median may be shown: of everybody, or of one cohort.

    Each is compared with the ranges shown before it that contain it or that it contains: the
    difference of the two must be of nobody, or of at least `MIN_PEOPLE` people.

    Args:
        everybody: number of people behind each value of everybody.
        cohort: number of people behind each value of the cohort; `None` for values of everybody.
    """
    whole = _showable(everybody, {}, frozenset())
    return whole if cohort is None else _showable(cohort, everybody, whole)


def _showable(
    people: SumsByRange, around: SumsByRange, around_shown: frozenset[DayRange]
) -> frozenset[DayRange]:
    found: list[DayRange] = []
    for day_range in DAY_RANGES:
        own = [_sums_between(people, day_range, other) for other in found]
        others = [
            [around[other] - people[other], *_sums_between(people, day_range, other)]
            for other in around_shown
            if day_range.is_within(other)
        ]
        if has_enough_people(people[day_range]) and all(map(is_difference_showable, own + others)):
            found.append(day_range)
    return frozenset(found)


def _sums_between(people: SumsByRange, one: DayRange, other: DayRange) -> list[int]:
    """Number of people in each part of the larger range outside the smaller; empty if disjoint."""
    if other.is_within(one):
        return [people[piece] for piece in one.without(other)]
    if one.is_within(other):
        return [people[piece] for piece in other.without(one)]
    return []
