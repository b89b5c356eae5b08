"""Conversion between UTC and local time, by the IANA time zone database.

The rules come from the pinned `tzdata` package, not from the machine, so that all machines agree.
Reads no clock. Instants are UTC milliseconds; local times are naive datetimes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""In milliseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@cache
def zone_names() -> frozenset[str]:
    """All names of the database, such as "Africa/Nairobi", old aliases included."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def is_known_zone(name: str) -> bool:
    """Whether the database contains `name`; case-sensitive."""
    return name in zone_names()


def to_local(zone: str, at: int) -> datetime:
    """Convert an instant to the local time in `zone`.

    Raises:
        KeyError: there is no such zone.
    """
    return (_EPOCH + at * _MILLISECOND).astimezone(_rules(zone)).replace(tzinfo=None, fold=0)


def clock_minute(when: datetime) -> int:
    """Minute after midnight of a local time, 0 to 1439."""
    return when.hour * 60 + when.minute


def utc_offset_minutes(zone: str, at: int) -> int:
    """Offset of `zone` from UTC in minutes; seconds of historic offsets are dropped."""
    return _utc_offset(zone, at) // timedelta(minutes=1)


def to_utc(zone: str, when: datetime) -> int:
    """Convert a local time in `zone` to an instant.

    The first of two where clocks are put back; the end of the gap where they are put forward.
    """
    return _possible_times(zone, when)[0]


def move_to_zone(at: int, old: str, new: str) -> int:
    """The instant at which clocks in `new` show what clocks in `old` show at `at`."""
    return to_utc(new, to_local(old, at))


def time_on_day(zone: str, day: date, minute_of_day: int) -> int:
    """The instant of a minute after midnight on `day` in `zone`; gaps as in `to_utc`."""
    return to_utc(zone, _datetime(day, minute_of_day))


def next_occurrence(zone: str, minute_of_day: int, after: int) -> int:
    """The first instant later than `after` at a minute after midnight in `zone`.

    Both count where clocks are put back; gaps as in `to_utc`.
    """
    today = to_local(zone, after).date()
    days = (today + timedelta(days) for days in range(-1, 3))
    instants = (at for day in days for at in _possible_times(zone, _datetime(day, minute_of_day)))
    return min(at for at in instants if at > after)


def _possible_times(zone: str, when: datetime) -> tuple[int, ...]:
    """The one or two instants of a local time, in order (PEP 495)."""
    early, late = (_instant(zone, when.replace(fold=fold)) for fold in (0, 1))
    if early > late:
        return (_gap_end(zone, late, early),)
    return (early,) if early == late else (early, late)


def _instant(zone: str, when: datetime) -> int:
    return (when.replace(tzinfo=_rules(zone)) - _EPOCH) // _MILLISECOND


def _gap_end(zone: str, before: int, after: int) -> int:
    """The instant between the two at which clocks in `zone` are put forward."""
    old = _utc_offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _utc_offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _utc_offset(zone: str, at: int) -> timedelta:
    return to_local(zone, at) - (_EPOCH + at * _MILLISECOND).replace(tzinfo=None)


def _datetime(day: date, minute_of_day: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute_of_day)  # noqa: DTZ001


@cache
def _rules(zone: str) -> ZoneInfo:
    if not is_known_zone(zone):
        raise KeyError(zone)
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, zone)
