"""A YAML tree of scalars, sequences and mappings, each with line and column.

Values are not converted: `yes`, `1:30` and `012` stay the text that was written;
`course.reading.course_format` has the expected types. Valid YAML that authors do not intend
(duplicate keys, aliases, tags, tabs) is a problem. Parsing continues after a problem as far as
possible.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from course.problems import Problem, SourceLocation

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A scalar as it was written.

    Attributes:
        text: its text, without surrounding blanks.
        plain: written without quotes and not as a block, so it may be a number or a truth value.
        raw: its characters in the file, to locate a part of `text`.
    """

    location: SourceLocation
    text: str
    plain: bool
    raw: str = ""

    @property
    def is_null(self) -> bool:
        """Whether it is empty or YAML's null."""
        return self.plain and self.text in {"", "~", "null"}

    @property
    def as_bool(self) -> bool | None:
        """`True` or `False` for plain `true` or `false`, otherwise `None`."""
        return {"true": True, "false": False}.get(self.text) if self.plain else None

    @property
    def as_int(self) -> int | None:
        """The integer for a plain decimal number without leading zeros, otherwise `None`."""
        return int(self.text) if self.plain and _WHOLE.fullmatch(self.text) else None

    def location_at(self, position: int) -> SourceLocation:
        """Location in the file of the word at `position` of `text`."""
        piece = self.text[position:].split(maxsplit=1)[0]
        start = -1
        for _ in range(self.text.count(piece, 0, position) + 1):
            start = self.raw.find(piece, start + 1)
            if start < 0:
                return self.location
        line = self.raw.count("\n", 0, start)
        if not line:
            return SourceLocation(
                self.location.file, self.location.line, self.location.column + start
            )
        return SourceLocation(
            self.location.file, self.location.line + line, start - self.raw.rfind("\n", 0, start)
        )


@dataclass(frozen=True, slots=True)
class YamlSequence:
    """A sequence; `is_truncated` if the file could not be parsed to its end."""

    location: SourceLocation
    items: "tuple[Node, ...]"
    is_truncated: bool = False


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """A mapping, each key once.

    Attributes:
        entries: key node and value node, by the key's text.
        flow: written with braces.
        is_truncated: the file could not be parsed to its end, so that keys may be missing.
    """

    location: SourceLocation
    entries: "dict[str, tuple[YamlScalar, Node]]"
    flow: bool = False
    is_truncated: bool = False

    def value(self, key: str) -> "Node | None":
        """The value of `key`; `None` without that key."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def scalar(self, key: str) -> YamlScalar | None:
        """The value of `key` if it is a non-empty scalar, otherwise `None`."""
        value = self.value(key)
        return value if isinstance(value, YamlScalar) and value.text and not value.is_null else None

    def text(self, key: str) -> str:
        """The text of `key`; empty when there is none."""
        scalar = self.scalar(key)
        return scalar.text if scalar else ""

    def items(self, key: str) -> "tuple[Node, ...]":
        """The items of the sequence at `key`; empty when there is none."""
        value = self.value(key)
        return value.items if isinstance(value, YamlSequence) else ()

    def scalars(self, key: str) -> Iterator[YamlScalar]:
        """The items of the sequence at `key` that are non-empty scalars."""
        return (item for item in self.items(key) if isinstance(item, YamlScalar) and item.text)

    def mappings(self, key: str) -> "Iterator[YamlMapping]":
        """The items of the sequence at `key` that are mappings."""
        return (item for item in self.items(key) if isinstance(item, YamlMapping))

    def location_of(self, key: str) -> SourceLocation:
        """Location of `key`, or of the mapping without that key."""
        entry = self.entries.get(key)
        return entry[0].location if entry else self.location


@dataclass(frozen=True, slots=True)
class InvalidNode:
    """Placeholder for a node that was rejected and reported, so that it is reported once."""

    location: SourceLocation


Node: TypeAlias = YamlScalar | YamlSequence | YamlMapping | InvalidNode


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file.

    Attributes:
        top: its top-level mapping; `None` when it has none or does not exist.
        is_truncated: whether it could not be parsed to its end.
        problems: problems found while parsing.
    """

    file: str
    top: YamlMapping | None
    is_truncated: bool
    problems: tuple[Problem, ...]

    @property
    def start(self) -> SourceLocation:
        """Location of the first character of the file."""
        return SourceLocation(self.file, 1, 1)
