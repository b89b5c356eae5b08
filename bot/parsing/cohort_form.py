"""Parsing of text typed about a cohort: one value at a time, or all in one line. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from babel.core import Locale

from bot.parsing import dates, time_zones
from course import local_time
from course.cohorts.names import clean_line, clean_name

STEPS: Final = ("name", "zone", "starts", "deadline", "welcome", "capacity")
"""The values of a cohort; a new one needs the first two."""

OPTIONAL_STEPS = ("deadline", "starts", "welcome", "capacity")
DATE_STEPS = ("starts", "deadline")

MAX_WELCOME_LENGTH = 500
MAX_CAPACITY = 10_000

FIELD_NAMES: Final = {"starts": "starts_at"}
"""The field of `CohortDescription` for each step whose name differs."""

ParsedValue: TypeAlias = str | int | tuple[str, ...] | None

_MOST_DIGITS = 9
_LAST_MINUTE = 24 * 60 - 1
_STEP_BY_WORD = {
    "zone": "zone", "city": "zone", "start": "starts", "starts": "starts", "from": "starts",
    "deadline": "deadline", "until": "deadline", "end": "deadline", "welcome": "welcome",
    "places": "capacity", "capacity": "capacity",
}  # fmt: skip
_PART = re.compile(r"([a-z]+)\s*[:=]?\s+(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class CohortDescription:
    """A cohort as described, before it is created. Times are UTC milliseconds."""

    name: str
    zone: str
    starts_at: int | None = None
    deadline: int | None = None
    welcome: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ParseContext:
    """Where and when something was typed.

    Attributes:
        now: in UTC milliseconds.
        zone: the IANA time zone of dates; `None` when it is not known yet.
        locale: the language in which cities may be named.
        starts_at: the cohort's start; its deadline must be later.
        deadline: the cohort's deadline; it must start before.
    """

    now: int
    locale: Locale
    zone: str | None = None
    starts_at: int | None = None
    deadline: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """The result of parsing a whole line.

    Attributes:
        description: the described cohort; `None` when any part of the line is wrong.
        wrong_steps: the steps whose values could not be parsed.
        unknown_parts: parts that begin with no known word.
    """

    description: CohortDescription | None
    wrong_steps: tuple[str, ...] = ()
    unknown_parts: tuple[str, ...] = ()


def parse_answer(step: str, typed: str, context: ParseContext) -> ParsedValue:
    """Parse the answer to `step`: a value, or for "zone" every time zone of that name.

    `None` when it is not valid. Times are UTC milliseconds: a start is midnight, a deadline without
    a time the last minute of its day.
    """
    match step:
        case "name":
            return clean_name(typed)
        case "zone":
            return time_zones.find_by_name(typed.strip(), context.locale, context.now) or None
        case "starts":
            return _parse_moment(typed, context, None)
        case "deadline":
            return _parse_moment(typed, context, _LAST_MINUTE)
        case "welcome":
            lines = [
                clean_line(line, MAX_WELCOME_LENGTH) or "" for line in typed.strip().splitlines()
            ]
            text = "\n".join(lines).strip()
            return text if text and len(text) <= MAX_WELCOME_LENGTH else None
        case _:
            number = typed.strip()
            fits = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
            return int(number) if fits and 1 <= int(number) <= MAX_CAPACITY else None


def parse_line(typed: str, context: ParseContext) -> ParsedLine:
    """Parse a cohort typed in one line: its name, then parts such as "deadline 31 March 18:00".

    Args:
        context: its zone is used when the line names none.
    """
    first, *rest = (part.strip() for part in re.split(r"[;\n]", typed))
    found, unknown = _split_parts(rest)
    said = {"name": first, **found}
    given = time_zones.find_by_name(found.get("zone", ""), context.locale, context.now)
    zone = given[0] if len(given) == 1 else context.zone or "UTC"
    values: dict[str, Any] = {"zone": zone}
    wrong = [] if "zone" not in found or len(given) == 1 else ["zone"]
    for step in (step for step in STEPS if step in said and step != "zone"):
        about = ParseContext(context.now, context.locale, zone, values.get("starts_at"))
        value = parse_answer(step, said[step], about)
        values[FIELD_NAMES.get(step, step)] = value
        if value is None:
            wrong.append(step)
    if wrong or unknown:
        return ParsedLine(None, tuple(wrong), unknown)
    return ParsedLine(build_description(values))


def build_description(values: Mapping[str, Any]) -> CohortDescription:
    """Build a description from `values`; missing ones get the defaults of `CohortDescription`."""
    names = (*CohortDescription.__dataclass_fields__,)
    return CohortDescription(
        **{name: values[name] for name in names if values.get(name) is not None}
    )


def empty_value(step: str) -> str | None:
    """The value of an optional step that is left out."""
    return "" if step == "welcome" else None


def with_answer(values: Mapping[str, Any], step: str, value: str | int | None) -> dict[str, Any]:
    """`values` with the answer to a step; in another city, dates stay what its calendar shows."""
    changed = {**values, FIELD_NAMES.get(step, step): value}
    old, new = values.get("zone"), changed.get("zone")
    if old and new and old != new:
        for name in ("starts_at", "deadline"):
            at = changed.get(name)
            changed[name] = None if at is None else local_time.move_to_zone(at, old, new)
    return changed


def find_zones_in_name(name: str, locale: Locale, now: int) -> tuple[str, ...]:
    """Find the time zones of a city that a cohort is named after: "Nairobi, March"."""
    parts = (part.strip() for part in re.split(r"[,;:/]| - ", name))
    found = (time_zones.find_by_name(part, locale, now) for part in parts if part)
    return next((zones for zones in found if zones), ())


def _split_parts(parts: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    unknown = []
    for part in filter(None, parts):
        key = _PART.fullmatch(part)
        step = _STEP_BY_WORD.get(key[1].lower()) if key else None
        if key is None or step is None:
            unknown.append(part)
        else:
            found[step] = key[2]
    return found, tuple(unknown)


def _parse_moment(typed: str, context: ParseContext, minute: int | None) -> int | None:
    """Parse a day, with or without a time; `None` if there is no single day, or it is out of range.

    Args:
        minute: the minute after midnight if no time is typed; `None` if times are not allowed.
    """
    assert context.zone is not None, "the place is asked before the dates"
    words = typed.split()
    time = dates.parse_time_of_day(words[-1]) if words and minute is not None else None
    if time is not None:
        words = words[:-2] if words[-2:-1] in (["at"], ["um"]) else words[:-1]
    today = local_time.to_local(context.zone, context.now).date()
    days = dates.find_days(" ".join(words), today)  # a cohort may start today
    if len(days) != 1:
        return None
    (day,) = days
    at = local_time.time_on_day(context.zone, day, time if time is not None else minute or 0)
    if minute is None:
        return at if context.deadline is None or at < context.deadline else None
    return at if at > max(context.now, context.starts_at or 0) else None
