"""Figures and years in a text, and what is written with digits without being one.

A figure is a number in digits, such as 14,263 or 15.1, or a share in words, such as one in eleven.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from course.ranges import NUMBERS

Share: TypeAlias = tuple[int, int]
"""So many in so many."""

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
"""What is written with digits and is the name of something."""

_COUNTER = re.compile(r"(?:^|(?<=\n)|(?<=[.;:] ))(\d{1,2})[.,):](?=\s)")
"""A number that counts the parts of a text, as in "1, before trial. 2, at trial." """

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
        start: where in its text it stands.
        shown: as it is written.
        value: the number, or both numbers of a share.
    """

    start: int
    shown: str
    value: Decimal | Share


def figures(text: str) -> Iterator[Figure]:
    """The figures of `text`, in order; years and names are none."""
    rest = _without_names(text)
    found = [*_shares(rest)]
    taken = [range(figure.start, figure.start + len(figure.shown)) for figure in found]
    for match in _FIGURE.finditer(_YEAR.sub(_blank, rest)):
        if not any(match.start() in span for span in taken):
            value = Decimal(match.group().replace(",", ""))
            found.append(Figure(match.start(), match.group(), value))
    yield from sorted(found, key=lambda figure: figure.start)


def years(text: str) -> Iterator[tuple[int, int]]:
    """The years from 1900 to 2099 in `text`: where each stands, and which it is."""
    for found in _YEAR.finditer(_without_names(text)):
        yield found.start(), int(found.group())


def _shares(text: str) -> Iterator[Figure]:
    for found in _SHARE.finditer(text):
        part, whole = _meant(found["part"] or found["few"]), _meant(found["whole"] or found["many"])
        if part < whole:
            yield Figure(found.start(), found.group(), (part, whole))


def _meant(number: str) -> int:
    return int(number) if number.isdigit() else NUMBERS[number.lower()]


def _without_names(text: str) -> str:
    text = NAMES.sub(_blank, text)
    counters = list(_COUNTER.finditer(text))
    for number, found in enumerate(counters, 1):
        if int(found[1]) != number or len(counters) == 1:
            break
        text = text[: found.start()] + _blank(found) + text[found.end() :]
    return text


def _blank(found: re.Match[str]) -> str:
    """As many blanks as were found, so that what follows stays in its place."""
    return " " * len(found.group())
