"""Changes to a learner's reminder preferences, as pressed or typed, and usual rest days. Pure."""

from dataclasses import replace

from babel.core import Locale, UnknownLocaleError, get_global

from course import local_time
from course.reminders.preferences import Pace, Preferences

_DAYS_IN_WEEK = 7
_LAST_MINUTE = 24 * 60 - 1


def change_preference(preferences: Preferences, setting: str, value: str) -> Preferences | None:
    """`preferences` with one setting changed; `None` if `value` is not valid for it.

    Args:
        value: for "hour" a minute after midnight, or "usual"; for "quiet" two minutes with a hyphen
            between; for "rest" the digits of days, where Monday is 0, or a hyphen for none; for
            "pace" one of `Pace`; for "zone" an IANA name.
    """
    match setting:
        case "hour":
            return _with_hour(preferences, value)
        case "quiet":
            return _with_quiet(preferences, value.split("-"))
        case "rest":
            return _with_rest(preferences, "" if value == "-" else value)
        case "pace" if value in set(Pace):
            return replace(preferences, pace=Pace(value), paused=False)
        case "zone" if local_time.is_known_zone(value):
            return _with_zone(preferences, value)
    return None


def _with_zone(preferences: Preferences, zone: str) -> Preferences:
    """With the zone; the first one brings the rest days of its region."""
    rest = find_weekend(zone) if preferences.zone is None else preferences.rest_days
    return replace(preferences, zone=zone, rest_days=rest)


def _with_hour(preferences: Preferences, value: str) -> Preferences | None:
    if value == "usual":
        return replace(preferences, at_usual_time=True, reminder_minute=None)
    minute = _minute(value)
    if minute is None:
        return None
    return replace(preferences, at_usual_time=False, reminder_minute=minute)


def _with_quiet(preferences: Preferences, values: list[str]) -> Preferences | None:
    minutes = [found for found in map(_minute, values) if found is not None]
    if len(minutes) != len(values) or len(minutes) != 2:  # noqa: PLR2004 - from and to
        return None
    return replace(preferences, quiet_from=minutes[0], quiet_to=minutes[1])


def _with_rest(preferences: Preferences, digits: str) -> Preferences | None:
    days = frozenset(int(digit) for digit in digits if digit in "0123456")
    if len(days) != len(digits) or len(days) == _DAYS_IN_WEEK:
        return None
    return replace(preferences, rest_days=days)


def _minute(value: str) -> int | None:
    if not (value.isascii() and value.isdigit()) or int(value) > _LAST_MINUTE:
        return None
    return int(value)


def find_weekend(zone: str) -> frozenset[int]:
    """Find the weekend days of the region of the IANA zone `zone`; Monday is 0.

    Saturday and Sunday if CLDR has no region for the zone. Source: CLDR supplemental data,
    weekData, which Babel includes.
    """
    territory = get_global("zone_territories").get(zone, "001")
    try:
        region = Locale.parse(f"und_{territory}")
    except (UnknownLocaleError, ValueError):
        region = Locale.parse("und_001")
    first, last = region.weekend_start, region.weekend_end
    return frozenset((first + n) % _DAYS_IN_WEEK for n in range((last - first) % _DAYS_IN_WEEK + 1))
