"""Places in a broadcast that are filled for each learner: {name}, {next_lesson} and others.

Works on Telegram's HTML as it makes it of a formatted message. Whatever is filled in is escaped,
keeps to one line, and cannot turn the direction of the text around it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape, unescape
from typing import TypeAlias
from unicodedata import bidirectional, category

from course.limits import units


class Placeholder(StrEnum):
    """What can be filled in, as it is written between braces."""

    NAME = "name"
    NEXT_LESSON = "next_lesson"
    MINUTES_LEFT = "minutes_left"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something in braces that nothing can be filled in for.

    Attributes:
        written: as a reader sees it, with its braces.
    """

    written: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A placeholder of which only a part is formatted, so that it cannot be found as one."""

    written: str


@dataclass(frozen=True, slots=True)
class InLink:
    """A placeholder in the address of a link: what we know of a learner goes to no other server."""

    written: str


Trouble: TypeAlias = Unknown | Parted | InLink

_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = frozenset(Placeholder)

# Marks that set the direction of what follows (Unicode Annex 9); those that only join letters stay.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATE, _END = "\u2068", "\u2069"


def used(html: str) -> frozenset[Placeholder]:
    """The placeholders that `html` has."""
    names = (_split(place[1])[0] for place in _PLACE.finditer(visible(html)))
    return frozenset(Placeholder(name) for name in names if name in _KNOWN)


def troubles(html: str) -> tuple[Trouble, ...]:
    """What keeps `html` from being sent, each once, in its order; empty for nothing."""
    return tuple(dict.fromkeys((*_unknown(html), *_parted(html), *_in_links(html))))


def filled(
    html: str, values: Mapping[Placeholder, str | None], instead: Mapping[Placeholder, str]
) -> str:
    """`html` with its places filled.

    Args:
        values: plain text of any kind; `None`, or nothing to be seen, where nothing is known.
        instead: what stands there then, unless the text itself says: `{name|dear colleague}`.
    """

    def fill(place: re.Match[str]) -> str:
        name, otherwise = _split(place[1])
        if name not in _KNOWN:
            return place[0]
        value = tame(values.get(Placeholder(name)) or "")
        if value:
            return escape(value)
        return otherwise or escape(instead[Placeholder(name)])

    return "".join(piece if is_tag else _PLACE.sub(fill, piece) for piece, is_tag in _pieces(html))


def tame(text: str) -> str:
    """`text` on one line, without marks that turn the direction of what stands beside it.

    Words that are written from right to left are kept apart from their surroundings.
    """
    shown = "".join(sign if _is_shown(sign) else " " for sign in text if sign not in _DIRECTIONS)
    line = " ".join(shown.split())
    turns = any(bidirectional(sign) in ("R", "AL", "AN") for sign in line)
    return f"{_ISOLATE}{line}{_END}" if turns else line


def visible(html: str) -> str:
    """What a reader sees of `html`."""
    return unescape(_TAG.sub("", html))


def length(html: str) -> int:
    """The length that Telegram counts: UTF-16 units of what is seen."""
    return units(visible(html))


def _unknown(html: str) -> Iterator[Trouble]:
    for place in _PLACE.finditer(visible(html)):
        if _split(place[1])[0] not in _KNOWN:
            yield Unknown(place[0])


def _parted(html: str) -> Iterator[Trouble]:
    whole = [place[0] for piece, is_tag in _pieces(html) if not is_tag
             for place in _PLACE.finditer(unescape(piece))]  # fmt: skip
    for place in _PLACE.finditer(visible(html)):
        if place[0] in whole:
            whole.remove(place[0])
        elif _split(place[1])[0] in _KNOWN:
            yield Parted(place[0])


def _in_links(html: str) -> Iterator[Trouble]:
    for piece, is_tag in _pieces(html):
        if is_tag:
            yield from (InLink(place[0]) for place in _PLACE.finditer(unescape(piece)))


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The text and the tags of `html` in their order; whether each is a tag."""
    end = 0
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()], False
        yield tag.group(), True
        end = tag.end()
    yield html[end:], False


def _split(inside: str) -> tuple[str, str]:
    """The name of a placeholder, and what its author wants where nothing is known."""
    name, _, otherwise = inside.partition("|")
    return name.strip().casefold(), otherwise.strip()


def _is_shown(sign: str) -> bool:
    """Whether it is more than a control sign; those that join letters are kept."""
    return category(sign) not in ("Cc", "Cs", "Zl", "Zp", "Cn", "Co")
