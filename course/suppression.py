"""How few people a figure may tell of: numbers of people are shown in fives, rounded down.

The rule and what can be proven of it stand in docs/statistics.md; tests/course attacks it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""A group of fewer people is not told of: the minimum frequency rule of official statistics
(A. Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapters 4 and 5)."""


@dataclass(frozen=True, order=True, slots=True)
class People:
    """A number of people, as far as it is shown.

    Attributes:
        at_least: the number rounded down to a multiple of `FEWEST`; 0 for fewer than five, which
            may be none.
    """

    at_least: int

    @classmethod
    def of(cls, number: int) -> "People":
        """What is shown of `number`."""
        return cls(number - number % FEWEST)

    @property
    def are_few(self) -> bool:
        """Whether nothing but "fewer than 5" is shown."""
        return self.at_least < FEWEST

    def without(self, part: "People") -> "People":
        """How many more these are than `part`, by the numbers shown; never below none."""
        return People(max(0, self.at_least - part.at_least))

    def percent_of(self, whole: "People") -> int | None:
        """The share that the two numbers shown make, at most 100; `None` when `whole` is few."""
        if whole.are_few:
            return None
        return min(100, round(100 * self.at_least / whole.at_least))


def shows_value(number: int, nested: Sequence[int]) -> bool:
    """Whether a share or a median of so many people may be shown.

    Args:
        number: people behind it.
        nested: people behind each value that is shown and of whom these are a part, or who are a
            part of these.
    """
    return number >= FEWEST and all(_is_far(number, other) for other in nested)


def _is_far(number: int, other: int) -> bool:
    difference = abs(number - other)
    return difference == 0 or difference >= FEWEST
