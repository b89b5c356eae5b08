"""Days and times as text, with the time zone that they are in."""

from datetime import datetime

from bot.i18n import Translator
from bot.rendering import parts
from course import local_time


def date_text(_: Translator, at: int, zone: str) -> str:
    """A day with its year, in the time zone `zone`."""
    day = local_time.to_local(zone, at).date()
    return _("{day} {year}", day=_.day(day), year=str(day.year))


def deadline_text(_: Translator, at: int, zone: str) -> str:
    """A deadline: day, time, and the city of its time zone."""
    return _(
        "{day}, {time} ({city})",
        day=date_text(_, at, zone),
        time=_.time(local_time.clock_minute(local_time.to_local(zone, at))),
        city=parts.plain_text(_.city(zone)),
    )


def moment_text(_: Translator, at: int, zone: str) -> str:
    """A day without its year, the time, and the city of the time zone."""
    there = local_time.to_local(zone, at)
    return _(
        "{day}, {time} ({city})",
        day=_.day(there.date()),
        time=_.time(local_time.clock_minute(there)),
        city=parts.plain_text(_.city(zone)),
    )


def date_and_time(_: Translator, at: datetime, *, knows_zone: bool, zone: str | None = None) -> str:
    """A day and a time, with the time zone: the learner's, that of a city, or UTC.

    Args:
        zone: names the city, if the learner's own zone is not known.
    """
    day, time = _.day(at.date()), _.time(at.hour * 60 + at.minute)
    if knows_zone:
        return _("{day}, {time} your time", day=day, time=time)
    if zone is not None:
        city = parts.plain_text(_.city(zone))
        return _("{day}, {time} in {city}", day=day, time=time, city=city)
    return _("{day}, {time} (UTC)", day=day, time=time)


def own_time_text(_: Translator, hour: int) -> str:
    """That something is sent at `hour` of each recipient's own day."""
    return _("At {time} of each person's own day.", time=_.time(60 * hour))
