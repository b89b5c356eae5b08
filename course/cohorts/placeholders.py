"""Placeholders in a broadcast, filled for each learner: {name}, {next_lesson} and others.

Works on the HTML of a formatted message. Values are escaped, kept on one line, and cannot change
the direction of the surrounding text.
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
    """Names of placeholders, as written between braces."""

    NAME = "name"
    NEXT_LESSON = "next_lesson"
    MINUTES_LEFT = "minutes_left"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Unknown:
    """An unknown placeholder.

    Attributes:
        written: as shown to a reader, with its braces.
    """

    written: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A placeholder that is split by formatting, so that it cannot be filled."""

    written: str


@dataclass(frozen=True, slots=True)
class InLink:
    """A placeholder in the address of a link, which would send a learner's data to that server."""

    written: str


Trouble: TypeAlias = Unknown | Parted | InLink

_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = frozenset(Placeholder)

# Characters that set the direction of text (Unicode Annex 9); those that join letters are kept.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATE, _END = "\u2068", "\u2069"


def used(html: str) -> frozenset[Placeholder]:
    """Find the known placeholders in `html`."""
    names = (_split(place[1])[0] for place in _PLACE.finditer(visible(html)))
    return frozenset(Placeholder(name) for name in names if name in _KNOWN)


def troubles(html: str) -> tuple[Trouble, ...]:
    """Find the problems of placeholders in `html`, each once, in order."""
    return tuple(dict.fromkeys((*_unknown(html), *_parted(html), *_in_links(html))))


def filled(
    html: str, values: Mapping[Placeholder, str | None], instead: Mapping[Placeholder, str]
) -> str:
    """Fill the placeholders in `html`.

    Args:
        values: plain text by placeholder; `None` or empty where nothing is known.
        instead: used in that case, unless the text has its own: `{name|dear colleague}`.
    """
    written = {place: escape(tame(values.get(place) or "")) for place in Placeholder}

    def fill(place: re.Match[str]) -> str:
        name, otherwise = _split(place[1])
        if name not in _KNOWN:
            return place[0]
        return written[Placeholder(name)] or otherwise or escape(instead[Placeholder(name)])

    return "".join(piece if is_tag else _PLACE.sub(fill, piece) for piece, is_tag in _pieces(html))


def tame(text: str) -> str:
    """Join `text` to one line, without characters that change the direction of other text.

    Right-to-left text is wrapped in an isolate.
    """
    shown = "".join(sign if _is_shown(sign) else " " for sign in text if sign not in _DIRECTIONS)
    line = " ".join(shown.split())
    turns = any(bidirectional(sign) in ("R", "AL", "AN") for sign in line)
    return f"{_ISOLATE}{line}{_END}" if turns else line


def visible(html: str) -> str:
    """The text of `html` without tags, as a reader sees it."""
    return unescape(_TAG.sub("", html))


def length(html: str) -> int:
    """Length as Telegram counts it: UTF-16 units of the visible text."""
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
    """Split `html` into text and tags, in order; each with whether it is a tag."""
    end = 0
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()], False
        yield tag.group(), True
        end = tag.end()
    yield html[end:], False


def _split(inside: str) -> tuple[str, str]:
    """Split a placeholder into its name and its fallback."""
    name, _, otherwise = inside.partition("|")
    return name.strip().casefold(), otherwise.strip()


def _is_shown(sign: str) -> bool:
    """Whether it is no control character; those that join letters are kept."""
    return category(sign) not in ("Cc", "Cs", "Zl", "Zp", "Cn", "Co")
