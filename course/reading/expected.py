"""Types of values expected in a course's files: texts, numbers, lists and mappings.

`course.reading.course_format` has the keys that use them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from course.reading.yaml_nodes import Keyed, Listing, Node


@dataclass(frozen=True, slots=True)
class Text:
    """A text.

    Attributes:
        longest: maximum length in visible characters; 0 for no limit.
        one_line: whether it must not have line breaks.
        marked: whether `course.markup` is allowed in it.
        address: whether it is an address, so that it may look like a link.
        pattern: a regular expression for the whole text, described by `meaning`.
        choices: the allowed texts; empty for any.
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
    """A list with `least` to `most` items; a `most` of 0 is no limit."""

    item: "Wanted"
    least: int = 1
    most: int = 0
    called: str = "item"


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with required and optional keys.

    Attributes:
        called: name of the thing for authors, e.g. "card".
    """

    called: str
    needed: "Mapping[str, Wanted]"
    optional: "Mapping[str, Wanted]" = field(default_factory=dict)

    def wanted(self, key: str) -> "Wanted | None":
        """The expected value of `key`; `None` for an unknown key."""
        return self.needed.get(key) or self.optional.get(key)

    def names(self) -> tuple[str, ...]:
        """All keys, required ones first."""
        return (*self.needed, *self.optional)


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping with keys chosen by the author, matching `pattern`, and values of one type."""

    item: "Wanted"
    pattern: str
    meaning: str
    called: str
    longest: int


Wanted: TypeAlias = Text | Whole | Truth | ListOf | Keys | Named


def visits(wanted: Wanted, node: Node, called: str) -> Iterator[tuple[Wanted, Node, str]]:
    """Walk `node` and all nodes below it at places of the format.

    Yields:
        What is expected, the node, and its name: its key or kind.
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
