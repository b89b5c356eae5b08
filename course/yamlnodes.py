"""YAML as authors mean it: a tree of texts, lists and keys, each with its line and column.

Nothing is guessed: `yes`, `1:30` and `012` stay the text that was written, and what kind of value
is wanted where is said by `course.shapes`. What YAML allows and authors do not mean (the same key
twice, aliases, tags, tabs) is a problem. Reading goes on after a problem as far as it can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from course.problems import Problem, Spot

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written.

    Attributes:
        text: what it says, without blanks around it.
        plain: written without quotes and not as a block, so it may be a number or a truth value.
        raw: the characters in the file, to find the line of a piece of `text`.
    """

    spot: Spot
    text: str
    plain: bool
    raw: str = ""

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return self.plain and self.text in {"", "~", "null"}

    @property
    def truth(self) -> bool | None:
        """`True` or `False` for plain `true` or `false`, otherwise `None`."""
        return {"true": True, "false": False}.get(self.text) if self.plain else None

    @property
    def whole(self) -> int | None:
        """The number for a plain decimal number without leading zeros, otherwise `None`."""
        return int(self.text) if self.plain and _WHOLE.fullmatch(self.text) else None

    def spot_at(self, position: int) -> Spot:
        """Where in the file the word stands that starts at `position` of `text`."""
        piece = self.text[position:].split(maxsplit=1)[0]
        start = -1
        for _ in range(self.text.count(piece, 0, position) + 1):
            start = self.raw.find(piece, start + 1)
            if start < 0:
                return self.spot
        line = self.raw.count("\n", 0, start)
        if not line:
            return Spot(self.spot.file, self.spot.line, self.spot.column + start)
        return Spot(self.spot.file, self.spot.line + line, start - self.raw.rfind("\n", 0, start))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `cut` when the file could not be read to its end."""

    spot: Spot
    items: "tuple[Node, ...]"
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys with their values, each key once.

    Attributes:
        entries: the key as written, and its value, by the key's text.
        flow: written with braces.
        cut: the file could not be read to the end of this, so that keys may be missing.
    """

    spot: Spot
    entries: "dict[str, tuple[Scalar, Node]]"
    flow: bool = False
    cut: bool = False

    def value(self, key: str) -> "Node | None":
        """What stands behind `key`; `None` without that key."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def scalar(self, key: str) -> Scalar | None:
        """The value of `key` when it is a single one and not empty, otherwise `None`."""
        value = self.value(key)
        return value if isinstance(value, Scalar) and value.text and not value.is_null else None

    def text(self, key: str) -> str:
        """The text of `key`; empty when there is none."""
        scalar = self.scalar(key)
        return scalar.text if scalar else ""

    def items(self, key: str) -> "tuple[Node, ...]":
        """The items of the list behind `key`; empty when there is no list."""
        value = self.value(key)
        return value.items if isinstance(value, Listing) else ()

    def scalars(self, key: str) -> Iterator[Scalar]:
        """Those items of the list behind `key` that are single values and not empty."""
        return (item for item in self.items(key) if isinstance(item, Scalar) and item.text)

    def keyed(self, key: str) -> "Iterator[Keyed]":
        """Those items of the list behind `key` that have keys."""
        return (item for item in self.items(key) if isinstance(item, Keyed))

    def spot_of(self, key: str) -> Spot:
        """Where `key` is written, or where this starts without that key."""
        entry = self.entries.get(key)
        return entry[0].spot if entry else self.spot


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands where something was refused and reported, so that it is not reported again."""

    spot: Spot


Node: TypeAlias = Scalar | Listing | Keyed | Broken


@dataclass(frozen=True, slots=True)
class Page:
    """One file as it was read.

    Attributes:
        top: the keys of the file; `None` when it has none or is not there.
        cut: it could not be read to its end.
        problems: what kept it from being read, or was refused while reading.
    """

    file: str
    top: Keyed | None
    cut: bool
    problems: tuple[Problem, ...]

    @property
    def start(self) -> Spot:
        """The first character of the file."""
        return Spot(self.file, 1, 1)
