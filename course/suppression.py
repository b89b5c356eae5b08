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


def is_enough(number: int) -> bool:
    """Whether a share or a median of so many people may be shown, taken by itself."""
    return number >= FEWEST


def are_apart(between: Sequence[int]) -> bool:
    """Whether two values may be shown of which one holds what is behind the other.

    Args:
        between: people in each part of what only the larger one holds; the parts may share people,
            so each is looked at by itself, which is on the safe side.
    """
    return not any(between) or max(between) >= FEWEST


def shows_value(number: int, nested: Sequence[int]) -> bool:
    """Whether a share or a median of so many people may be shown.

    Args:
        number: people behind it.
        nested: people behind each value that is shown and of whom these are a part, or who are a
            part of these; each of them is behind it once.
    """
    return is_enough(number) and all(are_apart((abs(number - other),)) for other in nested)
