"""What can be wanted at a place in a course's files: a text, a number, a list, keys.

`course.shapes` says what is wanted where.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from course.yamlnodes import Keyed, Listing, Node


@dataclass(frozen=True, slots=True)
class Text:
    """A text.

    Attributes:
        longest: in characters as a learner sees them; 0 for no limit of its own.
        one_line: whether it must not have line breaks.
        marked: whether `course.markup` is allowed in it.
        address: whether it is an address itself, so that it may look like one.
        pattern: a regular expression it must match as a whole, with `meaning` in words.
        choices: the words it must be one of; empty for any.
    """

    longest: int = 0
    one_line: bool = False
    marked: bool = False
    address: bool = False
    pattern: str = ""
    meaning: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between `least` and `most`, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list with `least` to `most` items; `most` of 0 for no limit."""

    item: "Wanted"
    least: int = 1
    most: int = 0
    called: str = "item"


@dataclass(frozen=True, slots=True)
class Keys:
    """Named keys, those in `needed` always, those in `optional` when the author wants.

    Attributes:
        called: what it is for a learner or an author, e.g. "card".
    """

    called: str
    needed: "Mapping[str, Wanted]"
    optional: "Mapping[str, Wanted]" = field(default_factory=dict)

    def wanted(self, key: str) -> "Wanted | None":
        """What stands behind `key`; `None` for an unknown key."""
        return self.needed.get(key) or self.optional.get(key)

    def names(self) -> tuple[str, ...]:
        """All keys, the needed ones first."""
        return (*self.needed, *self.optional)


@dataclass(frozen=True, slots=True)
class Named:
    """Keys that the author names, each by `pattern`, all with the same behind them."""

    item: "Wanted"
    pattern: str
    meaning: str
    called: str
    longest: int


Wanted: TypeAlias = Text | Whole | Truth | ListOf | Keys | Named


def visits(wanted: Wanted, node: Node, called: str) -> Iterator[tuple[Wanted, Node, str]]:
    """Every node below `node` that is where a shape wants one, itself first.

    Yields:
        What is wanted there, what stands there, and what it is called: its key or its kind.
    """
    yield wanted, node, called
    match wanted:
        case ListOf(item=item, called=each) if isinstance(node, Listing):
            for one in node.items:
                yield from visits(item, one, each)
        case Named(item=item, called=each) if isinstance(node, Keyed):
            for _, value in node.entries.values():
                yield from visits(item, value, each)
        case Keys() if isinstance(node, Keyed):
            for key, (_, value) in node.entries.items():
                if (inner := wanted.wanted(key)) is not None:
                    yield from visits(inner, value, key)
        case _:
            pass
