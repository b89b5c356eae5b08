"""Parses dates and times of day as people type them. Pure: today is an argument."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MAX_DAYS_AHEAD = 366
"""How far ahead a day can be that somebody types, in days."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MIN_LETTERS = 3
_MAX_LENGTH = 40

_ISO = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](20\d\d)?)?", re.ASCII)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ?([a-z]+)\.?,?(?: (20\d\d))?", re.ASCII
)
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (20\d\d))?", re.ASCII)
_TWENTY_FOUR_HOUR_CLOCK = re.compile(r"(?:at )?([01]?\d|2[0-3])[:.h]([0-5]\d)", re.ASCII)
_TWELVE_HOUR_CLOCK = re.compile(
    r"(?:at )?(1[0-2]|0?[1-9])(?:[:.h]([0-5]\d))? ?([ap])\.?m\.?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as typed; it need not exist.

    Attributes:
        year: `None` when none was typed.
    """

    day: int
    month: int
    year: int | None


def parse_days(text: str) -> tuple[TypedDate, ...]:
    """Parse a date; two results when ambiguous, as 3/4 is; empty when it is no date."""
    typed = " ".join(text.casefold().split())
    if len(typed) > _MAX_LENGTH:
        return ()
    return tuple(dict.fromkeys(_match_formats(typed)))


def parse_time_of_day(text: str) -> int | None:
    """Parse a time of day such as 18:30, 6:30 pm or 7pm into minutes after midnight, or `None`."""
    typed = " ".join(text.casefold().split())
    if len(text) > _MAX_LENGTH:
        return None
    if found := _TWENTY_FOUR_HOUR_CLOCK.fullmatch(typed):
        return int(found[1]) * 60 + int(found[2])
    if found := _TWELVE_HOUR_CLOCK.fullmatch(typed):
        hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0)
        return hour * 60 + int(found[2] or 0)
    return None


def resolve_date(typed: TypedDate, today: date) -> date | None:
    """Resolve a typed date to a day after `today`; without a year, the next such day.

    `None` when there is no such day, or it is more than `MAX_DAYS_AHEAD` days ahead.
    """
    years = (today.year, today.year + 1) if typed.year is None else (typed.year,)
    possible = (_make_date(year, typed) for year in years)
    return next((day for day in possible if day is not None and _is_near(day, today)), None)


def _match_formats(typed: str) -> Iterator[TypedDate]:
    if found := _ISO.fullmatch(typed):
        yield TypedDate(int(found[3]), int(found[2]), int(found[1]))
    elif found := _NUMBERS.fullmatch(typed):
        one, other, year = int(found[1]), int(found[2]), _parse_year(found[3])
        yield from (TypedDate(one, other, year), TypedDate(other, one, year))
    elif (found := _DAY_FIRST.fullmatch(typed)) and (month := _parse_month(found[2])):
        yield TypedDate(int(found[1]), month, _parse_year(found[3]))
    elif (found := _MONTH_FIRST.fullmatch(typed)) and (month := _parse_month(found[1])):
        yield TypedDate(int(found[2]), month, _parse_year(found[3]))


def _parse_month(name: str) -> int | None:
    if len(name) < _MIN_LETTERS:
        return None
    return next((n for n, each in enumerate(_MONTHS, 1) if each.startswith(name)), None)


def _parse_year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _make_date(year: int, typed: TypedDate) -> date | None:
    try:
        return date(year, typed.month, typed.day)
    except ValueError:
        return None


def _is_near(day: date, today: date) -> bool:
    return 0 < (day - today).days <= MAX_DAYS_AHEAD
