"""Parses dates and times of day as people type them. Pure: today is an argument."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MAX_DAYS_AHEAD = 366
"""How far ahead a day can be that somebody types, in days."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_IN_WEEK, _MONTHS_IN_YEAR = 7, 12
_SMALL_NUMBERS = (
    "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
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
_WEEKDAY = re.compile(r"(?:(?:on|by|this) )?(next )?([a-z]+)\.?", re.ASCII)
_AHEAD = re.compile(r"in (\d{1,3}|[a-z]+) (day|week|month)s?'?(?: time)?", re.ASCII)


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


def find_days(text: str, today: date) -> tuple[date, ...]:
    """Find the days from `today` on that `text` may mean, in order: "3 April", "in 6 weeks".

    Two when it is ambiguous; empty when it is no date, or no day within `MAX_DAYS_AHEAD` days.
    """
    eve = today - timedelta(days=1)
    found = (*(resolve_date(each, eve) for each in parse_days(text)), _relative_day(text, today))
    return tuple(sorted({day for day in found if day is not None}))


def parse_iso_day(text: str) -> date | None:
    """Parse a day as it stands in a button, such as 2026-12-14; `None` when it is none."""
    found = _ISO.fullmatch(text)
    return (
        _make_date(int(found[1]), TypedDate(int(found[3]), int(found[2]), None)) if found else None
    )


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


def _relative_day(text: str, today: date) -> date | None:
    """The day that words such as "next monday" or "in 6 weeks" mean; `None` for other words.

    "monday" is the first one after today, "next monday" that of the week after this one.
    """
    typed = " ".join(text.casefold().split())
    if typed in ("today", "tomorrow"):
        return today + timedelta(days=typed == "tomorrow")
    if found := _WEEKDAY.fullmatch(typed):
        return _next_weekday(found[2], today, is_next_week=bool(found[1]))
    if found := _AHEAD.fullmatch(typed):
        return _day_ahead(_parse_count(found[1]), found[2], today)
    return None


def _next_weekday(name: str, today: date, *, is_next_week: bool) -> date | None:
    number = _find_by_beginning(name, _WEEKDAYS)
    if number is None:
        return None
    if is_next_week:
        return today + timedelta(days=number + _DAYS_IN_WEEK - today.weekday())
    return today + timedelta(days=(number - today.weekday() - 1) % _DAYS_IN_WEEK + 1)


def _day_ahead(count: int, unit: str, today: date) -> date | None:
    """The day so many days, weeks or months after today; in a shorter month, its last day."""
    if unit == "month":
        year, month = divmod(today.month - 1 + count, _MONTHS_IN_YEAR)
        first = date(today.year + year, month + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        day = min(last, first + timedelta(days=today.day - 1))
    else:
        day = today + timedelta(days=count * (_DAYS_IN_WEEK if unit == "week" else 1))
    return day if _is_near(day, today) else None


def _parse_count(typed: str) -> int:
    """A whole number in digits or words; 0 when it is none."""
    if typed.isdigit():
        return int(typed)
    return _SMALL_NUMBERS.index(typed) + 1 if typed in _SMALL_NUMBERS else int(typed == "one")


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
    found = _find_by_beginning(name, _MONTHS)
    return None if found is None else found + 1


def _find_by_beginning(name: str, names: tuple[str, ...]) -> int | None:
    """The index of the name that begins with these letters, three at least."""
    if len(name) < _MIN_LETTERS:
        return None
    return next((number for number, each in enumerate(names) if each.startswith(name)), None)


def _parse_year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _make_date(year: int, typed: TypedDate) -> date | None:
    try:
        return date(year, typed.month, typed.day)
    except ValueError:
        return None


def _is_near(day: date, today: date) -> bool:
    return 0 < (day - today).days <= MAX_DAYS_AHEAD
