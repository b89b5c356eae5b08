"""When a facilitator's daily digest is due. Pure."""

from course import zones

HOUR = 3_600_000
"""In milliseconds."""

HOURS = (7, 8, 9, 12, 17)
"""Hours of the day that are offered, by the clock of the cohort."""

_LATE = 4 * HOUR
"""A digest that could not be made at its hour is made so long afterwards, else the next day."""


def is_due(zone: str, hour: int, made_at: int | None, now: int) -> bool:
    """Whether the digest of today is to be made at `now` (UTC milliseconds).

    Args:
        zone: whose clock counts, an IANA name.
        hour: from which on it may come, 0 to 23.
        made_at: when the last one was made; `None` for never.
    """
    today = zones.at_minute(zone, zones.local(zone, now).date(), hour * 60)
    return (made_at is None or made_at < today) and today <= now < today + _LATE
