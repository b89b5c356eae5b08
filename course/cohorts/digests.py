"""When a facilitator's daily digest is due. Pure rules."""

from course import local_time

HOUR = 3_600_000
"""In milliseconds."""

HOURS = (7, 8, 9, 12, 17)
"""Hours of the day offered for digests, in the cohort's time zone."""

_LATE = 4 * HOUR
"""Longest delay of a digest in milliseconds; after that it waits for the next day."""


def is_due(zone: str, hour: int, made_at: int | None, now: int) -> bool:
    """Whether today's digest is due at `now` (UTC milliseconds).

    Args:
        zone: IANA name of the time zone.
        hour: local hour from which on it may be sent, 0 to 23.
        made_at: when the last one was made; `None` for never.
    """
    today = local_time.at_minute(zone, local_time.local(zone, now).date(), hour * 60)
    return (made_at is None or made_at < today) and today <= now < today + _LATE
