"""Types of values expected in a course's files: texts, numbers, lists and mappings.

`course.reading.course_format` has the keys that use them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from course.reading.yaml_nodes import Node, YamlMapping, YamlSequence


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """A text.

    Attributes:
        max_length: maximum length in visible characters; 0 for no limit.
        one_line: whether it must not have line breaks.
        allows_markup: whether `course.markup` is allowed in it.
        is_address: whether it is an address, so that it may look like a link.
        pattern: a regular expression for the whole text, described by `pattern_description`.
        choices: the allowed texts; empty for any.
    """

    max_length: int = 0
    one_line: bool = False
    allows_markup: bool = False
    is_address: bool = False
    pattern: str = ""
    pattern_description: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedInteger:
    """A whole number between `minimum` and `maximum`, both included."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class ExpectedBoolean:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """A list with `min_items` to `max_items` items; a `max_items` of 0 is no limit."""

    item: "Expected"
    min_items: int = 1
    max_items: int = 0
    name: str = "item"


@dataclass(frozen=True, slots=True)
class ExpectedMapping:
    """A mapping with required and optional keys.

    Attributes:
        name: name of the thing for authors, e.g. "card".
    """

    name: str
    required: "Mapping[str, Expected]"
    optional: "Mapping[str, Expected]" = field(default_factory=dict)

    def expected(self, key: str) -> "Expected | None":
        """The expected value of `key`; `None` for an unknown key."""
        return self.required.get(key) or self.optional.get(key)

    def names(self) -> tuple[str, ...]:
        """All keys, required ones first."""
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True)
class ExpectedNamedEntries:
    """A mapping with keys chosen by the author, matching `pattern`, and values of one type."""

    item: "Expected"
    pattern: str
    pattern_description: str
    name: str
    max_length: int


Expected: TypeAlias = (
    ExpectedText
    | ExpectedInteger
    | ExpectedBoolean
    | ExpectedList
    | ExpectedMapping
    | ExpectedNamedEntries
)


def walk_expected(
    expected: Expected, node: Node, called: str
) -> Iterator[tuple[Expected, Node, str]]:
    """Walk `node` and all nodes below it at places of the format.

    Yields:
        What is expected, the node, and its name: its key or kind.
    """
    yield expected, node, called
    match expected:
        case ExpectedList(item=item, name=each) if isinstance(node, YamlSequence):
            for one in node.items:
                yield from walk_expected(item, one, each)
        case ExpectedNamedEntries(item=item, name=each) if isinstance(node, YamlMapping):
            for _, value in node.entries.values():
                yield from walk_expected(item, value, each)
        case ExpectedMapping() if isinstance(node, YamlMapping):
            for key, (_, value) in node.entries.items():
                if (inner := expected.expected(key)) is not None:
                    yield from walk_expected(inner, value, key)
        case _:
            pass
