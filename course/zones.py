"""Local time and back, by the rules of the IANA time zone database.

The rules come from the `tzdata` package that is locked, not from the machine, so that every machine
has the same. Reads no clock. Instants are UTC milliseconds; local times are naive datetimes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@cache
def names() -> frozenset[str]:
    """Every name of the database, such as "Africa/Nairobi", older names of the same included."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def is_zone(name: str) -> bool:
    """Whether the database knows `name`; capital letters count."""
    return name in names()


def local(zone: str, at: int) -> datetime:
    """What a clock and a calendar show in `zone`.

    Raises:
        KeyError: there is no such zone.
    """
    return (_EPOCH + at * _MILLISECOND).astimezone(_rules(zone)).replace(tzinfo=None, fold=0)


def minute(when: datetime) -> int:
    """The minute after midnight that a clock shows, 0 to 1439."""
    return when.hour * 60 + when.minute


def offset(zone: str, at: int) -> int:
    """How many minutes clocks in `zone` are ahead of UTC; odd seconds of old times left out."""
    return _ahead(zone, at) // timedelta(minutes=1)


def instant(zone: str, when: datetime) -> int:
    """When clocks in `zone` show `when`.

    Where the clock is put back and shows it twice, the first time; where it is put forward and
    never shows it, the first moment after the gap.
    """
    return _shown(zone, when)[0]


def at_minute(zone: str, day: date, minute_of_day: int) -> int:
    """When clocks in `zone` show that minute after midnight on `day`; gaps as in `instant`."""
    return instant(zone, _datetime(day, minute_of_day))


def next_time(zone: str, minute_of_day: int, after: int) -> int:
    """The first moment later than `after` at which clocks in `zone` show that minute.

    Both times count where a clock shows it twice; gaps as in `instant`.
    """
    today = local(zone, after).date()
    days = (today + timedelta(days) for days in range(-1, 3))
    moments = (at for day in days for at in _shown(zone, _datetime(day, minute_of_day)))
    return min(at for at in moments if at > after)


def _shown(zone: str, when: datetime) -> tuple[int, ...]:
    """The one or two moments at which clocks show `when`, in order (PEP 495)."""
    early, late = (_instant(zone, when.replace(fold=fold)) for fold in (0, 1))
    if early > late:
        return (_change(zone, late, early),)
    return (early,) if early == late else (early, late)


def _instant(zone: str, when: datetime) -> int:
    return (when.replace(tzinfo=_rules(zone)) - _EPOCH) // _MILLISECOND


def _change(zone: str, before: int, after: int) -> int:
    """The moment between the two at which clocks in `zone` are put forward."""
    old = _ahead(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _ahead(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _ahead(zone: str, at: int) -> timedelta:
    return local(zone, at) - (_EPOCH + at * _MILLISECOND).replace(tzinfo=None)


def _datetime(day: date, minute_of_day: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute_of_day)  # noqa: DTZ001


@cache
def _rules(zone: str) -> ZoneInfo:
    if not is_zone(zone):
        raise KeyError(zone)
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, zone)
