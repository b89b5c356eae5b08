"""Usual rest days by region, from CLDR's tables, which Babel includes."""

from babel.core import Locale, UnknownLocaleError, get_global

_DAYS_IN_WEEK = 7


def find_weekend(zone: str) -> frozenset[int]:
    """Find the weekend days of the region of the IANA zone `zone`; Monday is 0.

    Saturday and Sunday if CLDR has no region for the zone. Source: CLDR supplemental data,
    weekData.
    """
    territory = get_global("zone_territories").get(zone, "001")
    try:
        region = Locale.parse(f"und_{territory}")
    except (UnknownLocaleError, ValueError):
        region = Locale.parse("und_001")
    first, last = region.weekend_start, region.weekend_end
    return frozenset((first + n) % _DAYS_IN_WEEK for n in range((last - first) % _DAYS_IN_WEEK + 1))
