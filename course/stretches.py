"""Stretches of days that figures are about, and which values may be shown beside each other.

Source: docs/statistics.md. A stretch is told in days before today, today being 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from course.overview import Period
from course.suppression import are_apart, is_enough

WEEK = 7
"""Days after which the figures of all days are compared with what they were."""


FAR = 9_999_999
"""A day that never comes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `newest` to before `oldest`, both counted back from today."""

    newest: float
    oldest: float

    def is_within(self, other: "Stretch") -> bool:
        """Whether all its days are days of `other`."""
        return other.newest <= self.newest and self.oldest <= other.oldest

    def without(self, other: "Stretch") -> "list[Stretch]":
        """What is left of it without `other`, which is within it: nothing, one piece or two."""
        pieces = (Stretch(self.newest, other.newest), Stretch(other.oldest, self.oldest))
        return [piece for piece in pieces if piece.newest < piece.oldest]

    def days(self, today: int) -> tuple[int, int]:
        """Its first and its last day, by number; what lies after today belongs to today."""
        last = today - int(self.newest) if self.newest else FAR
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

_BOUNDS = (*sorted({s.newest for s in STRETCHES} | {s.oldest for s in STRETCHES}),)

_WITHIN = (
    *((0, 7), (7, 14), (0, 30), (30, 60), (0, 90), (90, 180)),
    *((7, 30), (14, 30), (7, 90), (14, 90), (30, 90), (60, 90)),
)
"""What people are counted in, each once: stretches, and what lies between two of them."""

Sums = Mapping[Stretch, int]
"""How many people in each stretch, and in each piece between two."""


def sums_of_once(counted: Sequence[int]) -> Sums:
    """The sums of what happens to somebody once, from those between one bound and the next."""
    found = {}
    for (begin, newest), (end, oldest) in combinations(enumerate(_BOUNDS), 2):
        found[Stretch(newest, oldest)] = sum(map(int, counted[begin:end]))
    return found


def sums_of_people(within: Sequence[int], since: Sequence[int]) -> Sums:
    """The sums of people who each may have come on many days.

    Args:
        within: people in what the query `visited_in` asks for.
        since: people who came before each bound or on it, but for the last bound.
    """
    found = {Stretch(*days): int(number) for days, number in zip(_WITHIN, within, strict=True)}
    for newest, number in zip(_BOUNDS[:-1], since, strict=True):
        found[Stretch(newest, inf)] = int(number)
    return found


def shown(everybody: Sums, cohort: Sums | None = None) -> frozenset[Stretch]:
    """For which stretches a share or a median may be shown: of everybody, or of one cohort.

    Each is set against those shown before it that hold its days, or whose days it holds: what only
    one of the two holds must tell of nobody, or of five and more.

    Args:
        everybody: people behind each value of everybody.
        cohort: people behind each value of the cohort; `None` when it is about everybody.
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
    """How many people are in each piece that only the larger holds; nothing for two apart."""
    if other.is_within(one):
        return [people[piece] for piece in one.without(other)]
    if one.is_within(other):
        return [people[piece] for piece in other.without(one)]
    return []
