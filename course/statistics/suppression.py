"""Suppression of small numbers: numbers of people are rounded down to multiples of five.

docs/statistics.md has the rule and its proof; tests/course attacks it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_PEOPLE = 5
"""Smallest group of which a figure is shown: the minimum frequency rule of official statistics
(A. Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapters 4 and 5)."""


@dataclass(frozen=True, order=True, slots=True)
class People:
    """A number of people, rounded for display.

    Attributes:
        at_least: rounded down to a multiple of `MIN_PEOPLE`; 0 for fewer, which may be none.
    """

    at_least: int

    @classmethod
    def rounded(cls, number: int) -> "People":
        """Round `number` for display."""
        return cls(number - number % MIN_PEOPLE)

    @property
    def are_few(self) -> bool:
        """Whether only "fewer than 5" is shown."""
        return self.at_least < MIN_PEOPLE

    def minus(self, part: "People") -> "People":
        """Difference to `part`, by the numbers shown; at least 0."""
        return People(max(0, self.at_least - part.at_least))

    def percent_of(self, whole: "People") -> int | None:
        """Percentage of `whole`, by the numbers shown, at most 100; `None` when `whole` is few."""
        if whole.are_few:
            return None
        return min(100, round(100 * self.at_least / whole.at_least))


def has_enough_people(number: int) -> bool:
    """Whether a percentage or median of so many people may be shown, considered by itself."""
    return number >= MIN_PEOPLE


def is_difference_showable(between: Sequence[int]) -> bool:
    """Whether two values of nested groups may both be shown.

    Args:
        between: people in each part of the larger group outside the smaller; the parts may share
            people, so each is tested by itself, which is on the safe side.
    """
    return not any(between) or max(between) >= MIN_PEOPLE


def can_show_value(number: int, nested: Sequence[int]) -> bool:
    """Whether a percentage or median may be shown.

    Args:
        number: people behind it.
        nested: people behind each shown value of a group that contains this one or is contained in
            it; each person counts once.
    """
    return has_enough_people(number) and all(
        is_difference_showable((abs(number - other),)) for other in nested
    )
