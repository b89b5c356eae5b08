"""Parses ranges of numbers in options, such as "10 to 20 percent", and tests for overlap."""

import re
from dataclasses import dataclass
from math import inf

_NAMES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
NUMBERS = dict(zip(_NAMES, range(len(_NAMES)), strict=True)) | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
}
"""Values of numbers written as one word."""

_ANY = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(NUMBERS)})\b)"
_FROM_TO = re.compile(
    rf"(?:\b(?:from|between)\s+)?(?P<low>{_ANY})\s*(?:to|and|or|-|\u2013)\s*(?P<high>{_ANY})",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?P<word>less than|fewer than|under|below|up to|at most|more than|over|above|at least)\s+"
    rf"(?P<number>{_ANY})"
    rf"|(?P<base>{_ANY})\s+(?P<after>or more|or less|or fewer)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(_ANY, re.IGNORECASE)
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class _Range:
    """A range from `low` to `high`, both included, and the rest of the text."""

    low: float
    high: float
    rest: str


def ranges_overlap(one: str, other: str) -> bool:
    """Whether both texts have overlapping ranges and are otherwise the same.

    Texts that differ in more than their numbers are not comparable, so they do not overlap.
    """
    first, second = _range(one), _range(other)
    if first is None or second is None or first.rest != second.rest:
        return False
    return first.low <= second.high and second.low <= first.high


def _range(text: str) -> _Range | None:
    if (both := _FROM_TO.search(text)) is not None:
        low, high = _number(both["low"]), _number(both["high"])
        return _Range(min(low, high), max(low, high), _rest(text, both))
    if (limit := _LIMIT.search(text)) is not None:
        low, high = _open(limit)
        return _Range(low, high, _rest(text, limit))
    if (alone := _ALONE.search(text)) is not None:
        return _Range(_number(alone.group()), _number(alone.group()), _rest(text, alone))
    return None


def _open(limit: re.Match[str]) -> tuple[float, float]:
    number = _number(limit["number"] or limit["base"])
    match (limit["word"] or limit["after"]).lower():
        case "less than" | "fewer than" | "under" | "below":
            return -inf, number - _EPSILON
        case "up to" | "at most" | "or less" | "or fewer":
            return -inf, number
        case "more than" | "over" | "above":
            return number + _EPSILON, inf
        case _:
            return number, inf


def _number(written: str) -> float:
    name = written.lower()
    return float(NUMBERS[name] if name in NUMBERS else name.replace(",", "").rstrip("."))


def _rest(text: str, found: re.Match[str]) -> str:
    """The text without the range; further numbers count as text."""
    return " ".join(re.findall(r"\w+", f"{text[: found.start()]} # {text[found.end() :]}".lower()))
