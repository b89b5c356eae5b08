"""When a facilitator's daily digest is due. Pure rules."""

from course import local_time
from course.local_time import HOUR

OFFERED_HOURS = (7, 8, 9, 12, 17)
"""Hours of the day offered for digests, in the cohort's time zone."""

_MAX_DELAY = 4 * HOUR
"""Longest delay of a digest in milliseconds; after that it waits for the next day."""


def is_digest_due(zone: str, hour: int, made_at: int | None, now: int) -> bool:
    """Whether today's digest is due at `now` (UTC milliseconds).

    Args:
        zone: IANA name of the time zone.
        hour: local hour from which on it may be sent, 0 to 23.
        made_at: when the last one was made; `None` for never.
    """
    today = digest_time(zone, hour, now)
    return (made_at is None or made_at < today) and today <= now < today + _MAX_DELAY


def digest_time(zone: str, hour: int, now: int) -> int:
    """When the digest of the local day of `now` is due; both in UTC milliseconds."""
    return local_time.time_on_day(zone, local_time.to_local(zone, now).date(), hour * 60)
