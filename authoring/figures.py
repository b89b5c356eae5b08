"""Finds figures and years in a text, and excludes names with digits.

A figure is a number in digits, such as 14,263 or 15.1, or a share in words, such as one in eleven.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from authoring.ranges import NUMBERS

Share: TypeAlias = tuple[int, int]
"""Part and whole, e.g. one in eleven."""

_CALLED = (
    *("article", "rule", "resolution", "module", "lesson", "law", "decree", "paragraph"),
    *("guideline", "chapter", "section", "principle", "annex", "volume"),
)
_NUMBER = r"(?!(?:19|20)\d\d\b(?![./]\d))\d+(?:[./]\d+)*(?:\s?bis)?(?:\([0-9a-z]{1,4}\))*"

NAMES = re.compile(
    # article 36, Rule 3.4, Law 30/2000; with several, Rules 57 and 58
    rf"\b(?i:{'|'.join(_CALLED)})\s+(?:no\.?\s*)?{_NUMBER}"
    rf"|\b(?i:{'|'.join(_CALLED)})s\s+{_NUMBER}(?:(?:,\s*|\s+and\s+|\s+to\s+|\s*[-\u2013]\s*){_NUMBER})*"
    # resolution 58/5 or 70/175 without the word
    r"|\b\d{2,3}/\d{1,3}\b|\b[A-Z]+/(?:[A-Z]+/)*[\d/]+"
    # ICD-11, DSM-5, COVID-19
    r"|\b[A-Z]{2,}[A-Za-z]*-\d+\b",
)
"""Names that contain digits."""

_COUNTER = re.compile(r"(?:^|(?<=\n)|(?<=[.;:] ))(\d{1,2})[.,):](?=\s)")
"""A number that enumerates parts of a text, as in "1, before trial. 2, at trial." """

_YEAR = re.compile(r"(?<![\w.,/])(?:19|20)\d\d(?![.,]?\d)(?=s?\b)")
_FIGURE = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)")
_WORD = "|".join(NUMBERS)
_SHARE = re.compile(
    rf"\b(?P<part>{_WORD})\s+(?:(?:person|people|man|men|woman|women|patients?)\s+)?"
    rf"(?:in|out\s+of)\s+(?:every\s+|an?\s+)?(?P<whole>{_WORD}|\d+)\b"
    r"|(?<![\w.,])(?P<few>\d+)\s+(?:in|out\s+of)\s+(?P<many>\d+)(?![\w.,]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        start: its position in the text.
        text: the figure as written.
        value: the number, or both numbers of a share.
    """

    start: int
    text: str
    value: Decimal | Share


def find_figures(text: str) -> Iterator[Figure]:
    """Find the figures of `text`, in order, without years and names."""
    rest = _without_names(text)
    found = [*_shares(rest)]
    taken = [range(figure.start, figure.start + len(figure.text)) for figure in found]
    for match in _FIGURE.finditer(_YEAR.sub(_blank_out, rest)):
        if not any(match.start() in span for span in taken):
            value = Decimal(match.group().replace(",", ""))
            found.append(Figure(match.start(), match.group(), value))
    yield from sorted(found, key=lambda figure: figure.start)


def find_years(text: str) -> Iterator[tuple[int, int]]:
    """Find the years from 1900 to 2099 in `text`: position and year of each."""
    for found in _YEAR.finditer(_without_names(text)):
        yield found.start(), int(found.group())


def _shares(text: str) -> Iterator[Figure]:
    for found in _SHARE.finditer(text):
        part, whole = (
            _parse_number(found["part"] or found["few"]),
            _parse_number(found["whole"] or found["many"]),
        )
        if part < whole:
            yield Figure(found.start(), found.group(), (part, whole))


def _parse_number(number: str) -> int:
    return int(number) if number.isdigit() else NUMBERS[number.lower()]


def _without_names(text: str) -> str:
    text = NAMES.sub(_blank_out, text)
    counters = list(_COUNTER.finditer(text))
    for number, found in enumerate(counters, 1):
        if int(found[1]) != number or len(counters) == 1:
            break
        text = text[: found.start()] + _blank_out(found) + text[found.end() :]
    return text


def _blank_out(found: re.Match[str]) -> str:
    """Blanks of the same length, so that later positions stay valid."""
    return " " * len(found.group())
