"""Ranges of days covered by figures, and which values may be shown together.

Source: docs/statistics.md. Days are counted back from today, which is 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from course.statistics.overview import Period
from course.statistics.suppression import are_apart, is_enough

WEEK = 7
"""For figures of all days: days ago of the value they are compared with."""


FAR = 9_999_999
"""A day in the far future."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `newest` to before `oldest`, both counted back from today."""

    newest: float
    oldest: float

    def is_within(self, other: "Stretch") -> bool:
        """Whether it is a part of `other`."""
        return other.newest <= self.newest and self.oldest <= other.oldest

    def without(self, other: "Stretch") -> "list[Stretch]":
        """What is left of it without `other`, a part of it: none, one or two ranges."""
        pieces = (Stretch(self.newest, other.newest), Stretch(other.oldest, self.oldest))
        return [piece for piece in pieces if piece.newest < piece.oldest]

    def days(self, today: int) -> tuple[int, int]:
        """Numbers of its first and last day; days after today count as today."""
        last = today - int(self.newest) if self.newest else FAR
        return (0 if self.oldest == inf else today - int(self.oldest) + 1), last


def now(period: Period) -> Stretch:
    """The day range of a period."""
    return Stretch(0, inf) if period is Period.ALL else Stretch(0, period.value)


def before(period: Period) -> Stretch:
    """The range of as many days before a period; for all days, those until a week ago."""
    if period is Period.ALL:
        return Stretch(WEEK, inf)
    return Stretch(period.value, 2 * period.value)


STRETCHES: tuple[Stretch, ...] = tuple(
    stretch
    for period in (Period.ALL, Period.QUARTER, Period.MONTH, Period.WEEK)
    for stretch in (now(period), before(period))
)
"""All day ranges, larger ones first: where two must not both be shown, the larger one is."""

_BOUNDS = (*sorted({s.newest for s in STRETCHES} | {s.oldest for s in STRETCHES}),)

_WITHIN = (
    *((0, 7), (7, 14), (0, 30), (30, 60), (0, 90), (90, 180)),
    *((7, 30), (14, 30), (7, 90), (14, 90), (30, 90), (60, 90)),
)
"""Ranges in which people are counted once each: day ranges, and parts between two of them."""

Sums = Mapping[Stretch, int]
"""Number of people in each day range, and in each part between two."""


def sums_of_once(counted: Sequence[int]) -> Sums:
    """Sum up events that happen to a person once, from counts between adjacent bounds."""
    found = {}
    for (begin, newest), (end, oldest) in combinations(enumerate(_BOUNDS), 2):
        found[Stretch(newest, oldest)] = sum(map(int, counted[begin:end]))
    return found


def sums_of_people(within: Sequence[int], since: Sequence[int]) -> Sums:
    """Sum up people who may have been active on many days, each counted once.

    Args:
        within: people in the ranges of the query `fetch_active_sums`.
        since: people active up to each bound, without the last one.
    """
    found = {Stretch(*days): int(number) for days, number in zip(_WITHIN, within, strict=True)}
    for newest, number in zip(_BOUNDS[:-1], since, strict=True):
        found[Stretch(newest, inf)] = int(number)
    return found


def shown(everybody: Sums, cohort: Sums | None = None) -> frozenset[Stretch]:
    """Day ranges for which a percentage or median may be shown: of everybody, or of one cohort.

    Each is compared with the ranges shown before it that contain it or that it contains: the
    difference of the two must be of nobody, or of at least `MIN_PEOPLE` people.

    Args:
        everybody: number of people behind each value of everybody.
        cohort: number of people behind each value of the cohort; `None` for values of everybody.
    """
    whole = _shown(everybody, {}, frozenset())
    return whole if cohort is None else _shown(cohort, everybody, whole)


def _shown(people: Sums, around: Sums, around_shown: frozenset[Stretch]) -> frozenset[Stretch]:
    found: list[Stretch] = []
    for stretch in STRETCHES:
        own = [_between(people, stretch, other) for other in found]
        others = [
            [around[other] - people[other], *_between(people, stretch, other)]
            for other in around_shown
            if stretch.is_within(other)
        ]
        if is_enough(people[stretch]) and all(map(are_apart, own + others)):
            found.append(stretch)
    return frozenset(found)


def _between(people: Sums, one: Stretch, other: Stretch) -> list[int]:
    """Number of people in each part of the larger range outside the smaller; empty if disjoint."""
    if other.is_within(one):
        return [people[piece] for piece in one.without(other)]
    if one.is_within(other):
        return [people[piece] for piece in other.without(one)]
    return []
