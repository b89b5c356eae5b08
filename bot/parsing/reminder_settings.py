"""Changes to a learner's reminder preferences, as pressed or typed. Pure."""

from dataclasses import replace

from bot.parsing import rest_days
from course import local_time
from course.reminders.preferences import Pace, Wishes

_WEEK = 7
_LAST_MINUTE = 24 * 60 - 1


def changed(wished: Wishes, what: str, value: str) -> Wishes | None:
    """`preferences` with one setting changed; `None` if `value` is not valid for it.

    Args:
        value: for "hour" a minute after midnight, or "usual"; for "quiet" two minutes with a hyphen
            between; for "rest" the digits of days, where Monday is 0, or a hyphen for none; for
            "pace" one of `Pace`; for "zone" an IANA name.
    """
    match what:
        case "hour":
            return _with_hour(wished, value)
        case "quiet":
            return _with_quiet(wished, value.split("-"))
        case "rest":
            return _with_rest(wished, "" if value == "-" else value)
        case "pace" if value in set(Pace):
            return replace(wished, pace=Pace(value), paused=False)
        case "zone" if local_time.is_zone(value):
            first = wished.zone is None
            rest = rest_days.weekend(value) if first else wished.rest_days
            return replace(wished, zone=value, rest_days=rest)
        case _:
            return None


def _with_hour(wished: Wishes, value: str) -> Wishes | None:
    if value == "usual":
        return replace(wished, usual=True, hour=None)
    minute = _minute(value)
    return None if minute is None else replace(wished, usual=False, hour=minute)


def _with_quiet(wished: Wishes, values: list[str]) -> Wishes | None:
    minutes = [found for found in map(_minute, values) if found is not None]
    if len(minutes) != len(values) or len(minutes) != 2:  # noqa: PLR2004 - from and to
        return None
    return replace(wished, quiet_from=minutes[0], quiet_to=minutes[1])


def _with_rest(wished: Wishes, digits: str) -> Wishes | None:
    days = frozenset(int(digit) for digit in digits if digit in "0123456")
    if len(days) != len(digits) or len(days) == _WEEK:
        return None
    return replace(wished, rest_days=days)


def _minute(value: str) -> int | None:
    if not (value.isascii() and value.isdigit()) or int(value) > _LAST_MINUTE:
        return None
    return int(value)
