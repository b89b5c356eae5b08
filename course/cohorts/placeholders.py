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

from course.limits import utf16_units


class Placeholder(StrEnum):
    """Names of placeholders, as written between braces."""

    NAME = "name"
    NEXT_LESSON = "next_lesson"
    MINUTES_LEFT = "minutes_left"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class UnknownPlaceholder:
    """An unknown placeholder.

    Attributes:
        written: as shown to a reader, with its braces.
    """

    written: str


@dataclass(frozen=True, slots=True)
class SplitPlaceholder:
    """A placeholder that is split by formatting, so that it cannot be filled."""

    written: str


@dataclass(frozen=True, slots=True)
class PlaceholderInLink:
    """A placeholder in the address of a link, which would send a learner's data to that server."""

    written: str


PlaceholderProblem: TypeAlias = UnknownPlaceholder | SplitPlaceholder | PlaceholderInLink

_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = frozenset(Placeholder)

# Characters that set the direction of text (Unicode Annex 9); those that join letters are kept.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATE, _END = "\u2068", "\u2069"


def find_placeholders(html: str) -> frozenset[Placeholder]:
    """Find the known placeholders in `html`."""
    names = (_parse_placeholder(place[1])[0] for place in _PLACE.finditer(visible_text(html)))
    return frozenset(Placeholder(name) for name in names if name in _KNOWN)


def find_placeholder_problems(html: str) -> tuple[PlaceholderProblem, ...]:
    """Find the problems of placeholders in `html`, each once, in order."""
    return tuple(
        dict.fromkeys(
            (
                *_unknown_placeholders(html),
                *_split_placeholders(html),
                *_placeholders_in_links(html),
            )
        )
    )


def fill_placeholders(
    html: str, values: Mapping[Placeholder, str | None], fallbacks: Mapping[Placeholder, str]
) -> str:
    """Fill the placeholders in `html`.

    Args:
        values: plain text by placeholder; `None` or empty where nothing is known.
        fallbacks: used in that case, unless the text has its own: `{name|dear colleague}`.
    """
    written = {place: escape(clean_value(values.get(place) or "")) for place in Placeholder}

    def fill(place: re.Match[str]) -> str:
        name, otherwise = _parse_placeholder(place[1])
        if name not in _KNOWN:
            return place[0]
        return written[Placeholder(name)] or otherwise or escape(fallbacks[Placeholder(name)])

    return "".join(piece if is_tag else _PLACE.sub(fill, piece) for piece, is_tag in _pieces(html))


def clean_value(text: str) -> str:
    """Join `text` to one line, without characters that change the direction of other text.

    Right-to-left text is wrapped in an isolate.
    """
    shown = "".join(sign if _is_shown(sign) else " " for sign in text if sign not in _DIRECTIONS)
    line = " ".join(shown.split())
    turns = any(bidirectional(sign) in ("R", "AL", "AN") for sign in line)
    return f"{_ISOLATE}{line}{_END}" if turns else line


def visible_text(html: str) -> str:
    """The text of `html` without tags, as a reader sees it."""
    return unescape(_TAG.sub("", html))


def visible_length(html: str) -> int:
    """Length as Telegram counts it: UTF-16 units of the visible text."""
    return utf16_units(visible_text(html))


def _unknown_placeholders(html: str) -> Iterator[PlaceholderProblem]:
    for place in _PLACE.finditer(visible_text(html)):
        if _parse_placeholder(place[1])[0] not in _KNOWN:
            yield UnknownPlaceholder(place[0])


def _split_placeholders(html: str) -> Iterator[PlaceholderProblem]:
    whole = [place[0] for piece, is_tag in _pieces(html) if not is_tag
             for place in _PLACE.finditer(unescape(piece))]  # fmt: skip
    for place in _PLACE.finditer(visible_text(html)):
        if place[0] in whole:
            whole.remove(place[0])
        elif _parse_placeholder(place[1])[0] in _KNOWN:
            yield SplitPlaceholder(place[0])


def _placeholders_in_links(html: str) -> Iterator[PlaceholderProblem]:
    for piece, is_tag in _pieces(html):
        if is_tag:
            yield from (PlaceholderInLink(place[0]) for place in _PLACE.finditer(unescape(piece)))


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Split `html` into text and tags, in order; each with whether it is a tag."""
    end = 0
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()], False
        yield tag.group(), True
        end = tag.end()
    yield html[end:], False


def _parse_placeholder(inside: str) -> tuple[str, str]:
    """Split a placeholder into its name and its fallback."""
    name, _, otherwise = inside.partition("|")
    return name.strip().casefold(), otherwise.strip()


def _is_shown(sign: str) -> bool:
    """Whether it is no control character; those that join letters are kept."""
    return category(sign) not in ("Cc", "Cs", "Zl", "Zp", "Cn", "Co")
