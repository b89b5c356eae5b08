"""Parses dates and times of day as people type them. Pure: today is an argument."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MOST_DAYS = 366
"""How far ahead a reminder can be planned, in days."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_FEWEST_LETTERS = 3
_LONGEST = 40

_ISO = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](20\d\d)?)?", re.ASCII)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ?([a-z]+)\.?,?(?: (20\d\d))?", re.ASCII
)
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (20\d\d))?", re.ASCII)
_CLOCK = re.compile(r"(?:at )?([01]?\d|2[0-3])[:.h]([0-5]\d)", re.ASCII)
_HALVES = re.compile(r"(?:at )?(1[0-2]|0?[1-9])(?:[:.h]([0-5]\d))? ?([ap])\.?m\.?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as typed; it need not exist.

    Attributes:
        year: `None` when none was typed.
    """

    day: int
    month: int
    year: int | None


def days(text: str) -> tuple[Written, ...]:
    """Parse a date; two results when ambiguous, as 3/4 is; empty when it is no date."""
    typed = " ".join(text.casefold().split())
    if len(typed) > _LONGEST:
        return ()
    return tuple(dict.fromkeys(_read(typed)))


def minute(text: str) -> int | None:
    """Parse a time of day such as 18:30, 6:30 pm or 7pm into minutes after midnight, or `None`."""
    typed = " ".join(text.casefold().split())
    if len(text) > _LONGEST:
        return None
    if found := _CLOCK.fullmatch(typed):
        return int(found[1]) * 60 + int(found[2])
    if found := _HALVES.fullmatch(typed):
        hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0)
        return hour * 60 + int(found[2] or 0)
    return None


def coming(written: Written, today: date) -> date | None:
    """Resolve a typed date to a day after `today`; without a year, the next such day.

    `None` when there is no such day, or it is more than `MAX_DAYS_AHEAD` days ahead.
    """
    years = (today.year, today.year + 1) if written.year is None else (written.year,)
    possible = (_date(year, written) for year in years)
    return next((day for day in possible if day is not None and _is_near(day, today)), None)


def _read(typed: str) -> Iterator[Written]:
    if found := _ISO.fullmatch(typed):
        yield Written(int(found[3]), int(found[2]), int(found[1]))
    elif found := _NUMBERS.fullmatch(typed):
        one, other, year = int(found[1]), int(found[2]), _year(found[3])
        yield from (Written(one, other, year), Written(other, one, year))
    elif (found := _DAY_FIRST.fullmatch(typed)) and (month := _month(found[2])):
        yield Written(int(found[1]), month, _year(found[3]))
    elif (found := _MONTH_FIRST.fullmatch(typed)) and (month := _month(found[1])):
        yield Written(int(found[2]), month, _year(found[3]))


def _month(name: str) -> int | None:
    if len(name) < _FEWEST_LETTERS:
        return None
    return next((n for n, each in enumerate(_MONTHS, 1) if each.startswith(name)), None)


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _date(year: int, written: Written) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _is_near(day: date, today: date) -> bool:
    return 0 < (day - today).days <= MOST_DAYS
