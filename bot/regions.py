"""What is usual where a learner lives, by CLDR's tables, which Babel carries."""

from babel.core import Locale, UnknownLocaleError, get_global

_DAYS = 7


def weekend(zone: str) -> frozenset[int]:
    """The days of rest where clocks go by the IANA zone `zone`; Monday is 0.

    Saturday and Sunday where CLDR knows no region for the zone. Source: CLDR supplemental data,
    weekData.
    """
    territory = get_global("zone_territories").get(zone, "001")
    try:
        region = Locale.parse(f"und_{territory}")
    except (UnknownLocaleError, ValueError):
        region = Locale.parse("und_001")
    first, last = region.weekend_start, region.weekend_end
    return frozenset((first + n) % _DAYS for n in range((last - first) % _DAYS + 1))
