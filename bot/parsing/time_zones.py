"""Finds time zones by the time on a clock, a city or a country. Pure: now is an argument.

Names come from CLDR (Babel) and the IANA database, plus a few big cities that neither has.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from babel.core import Locale, get_global
from babel.dates import get_timezone_location

from course import local_time

_MAX_LENGTH = 40
_MONTH_MILLISECONDS = 30 * 24 * 3_600_000
_MINUTES_A_DAY = 24 * 60  # minutes
_MANY_SPEAKERS_PERCENT = 20  # percent of a country's people

# The most populous zones: one for each of the larger countries, roughly by how many people live
# there or use the same time. The order only decides what is offered first.
LIKELY_ZONES = (
    "Asia/Kolkata", "Asia/Shanghai", "Africa/Nairobi", "Africa/Lagos", "America/New_York",
    "Asia/Jakarta", "Europe/Berlin", "Asia/Karachi", "America/Sao_Paulo", "Asia/Dhaka",
    "Europe/London", "Europe/Moscow", "America/Mexico_City", "Africa/Johannesburg", "Africa/Cairo",
    "Asia/Tokyo", "Africa/Addis_Ababa", "Asia/Manila", "Africa/Kinshasa", "Asia/Ho_Chi_Minh",
    "Asia/Tehran", "Europe/Istanbul", "Asia/Bangkok", "Africa/Dar_es_Salaam", "Europe/Paris",
    "Europe/Rome", "Asia/Yangon", "America/Bogota", "Asia/Seoul", "Africa/Khartoum",
    "Africa/Kampala", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Africa/Algiers",
    "Asia/Baghdad", "Asia/Kabul", "Europe/Warsaw", "America/Los_Angeles", "America/Chicago",
    "Africa/Casablanca", "Asia/Riyadh", "Asia/Tashkent", "America/Lima", "Africa/Accra",
    "Asia/Kathmandu", "America/Caracas", "Africa/Abidjan", "Europe/Kyiv", "Australia/Sydney",
    "Asia/Colombo", "America/Santiago", "Asia/Almaty", "Africa/Dakar", "America/Guatemala",
    "Asia/Dubai", "America/Toronto", "Europe/Athens", "Asia/Jerusalem", "Asia/Kuala_Lumpur",
    "America/Denver", "Asia/Beirut", "Asia/Amman", "Europe/Lisbon", "America/Halifax",
    "Pacific/Auckland", "Australia/Perth", "Pacific/Port_Moresby", "Pacific/Honolulu",
)  # fmt: skip

_OTHER_CITIES = {
    "Africa/Lagos": ("Abuja", "Ibadan", "Kano"), "Africa/Nairobi": ("Mombasa", "Kisumu", "Nakuru"),
    "Africa/Johannesburg": ("Cape Town", "Pretoria", "Durban"),
    "Africa/Cairo": ("Alexandria", "Giza"), "Africa/Casablanca": ("Rabat", "Marrakesh", "Fez"),
    "Africa/Accra": ("Kumasi",), "Africa/Dar_es_Salaam": ("Dodoma", "Arusha", "Mwanza"),
    "Africa/Kampala": ("Entebbe", "Gulu"),
    "America/New_York": ("Washington", "Boston", "Miami", "Atlanta", "Philadelphia"),
    "America/Chicago": ("Dallas", "Houston"),
    "America/Los_Angeles": ("San Francisco", "Seattle", "Las Vegas"),
    "America/Toronto": ("Ottawa", "Montreal"),
    "America/Sao_Paulo": ("Rio de Janeiro", "Brasilia"), "America/Bogota": ("Medellin",),
    "America/Guayaquil": ("Quito",),
    "Asia/Almaty": ("Astana",), "Asia/Dhaka": ("Chittagong", "Chattogram", "Sylhet"),
    "Asia/Dubai": ("Abu Dhabi", "Sharjah"), "Asia/Ho_Chi_Minh": ("Hanoi", "Saigon"),
    "Asia/Jakarta": ("Surabaya", "Bandung"), "Asia/Kabul": ("Kandahar", "Herat"),
    "Asia/Karachi": ("Islamabad", "Lahore", "Peshawar"),
    "Asia/Kolkata": (
        "Mumbai", "Bombay", "Delhi", "New Delhi", "Bangalore", "Bengaluru", "Chennai", "Hyderabad",
    ),
    "Asia/Manila": ("Cebu", "Davao"), "Asia/Riyadh": ("Jeddah", "Mecca", "Medina"),
    "Asia/Baghdad": ("Basra", "Mosul"), "Asia/Shanghai": ("Beijing", "Peking", "Shenzhen"),
    "Asia/Tehran": ("Mashhad", "Isfahan", "Shiraz"), "Asia/Tokyo": ("Osaka", "Kyoto"),
    "Asia/Seoul": ("Busan",), "Asia/Jerusalem": ("Tel Aviv", "Haifa"),
    "Asia/Yangon": ("Mandalay", "Naypyidaw"),
    "Europe/Berlin": ("Munich", "Hamburg", "Frankfurt", "Cologne"),
    "Europe/Zurich": ("Geneva", "Bern", "Basel"), "Europe/Paris": ("Lyon", "Marseille"),
    "Europe/London": ("Manchester", "Birmingham", "Edinburgh", "Glasgow"),
    "Europe/Amsterdam": ("The Hague", "Rotterdam"), "Europe/Madrid": ("Barcelona", "Seville"),
    "Europe/Rome": ("Milan", "Naples", "Turin"), "Europe/Warsaw": ("Krakow", "Gdansk"),
    "Europe/Kyiv": ("Lviv", "Odesa", "Kharkiv"), "Europe/Istanbul": ("Ankara", "Izmir"),
    "Europe/Moscow": ("Saint Petersburg",), "Europe/Lisbon": ("Porto",),
    "Europe/Athens": ("Thessaloniki",), "Australia/Sydney": ("Canberra",),
}  # fmt: skip


@cache
def list_offered() -> tuple[str, ...]:
    """List zones to offer: the likely ones, then one for each other set of clock rules."""
    table = (files("tzdata") / "zoneinfo" / "zonenow.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple(dict.fromkeys((*LIKELY_ZONES, *(row[2] for row in rows))))


def list_offsets(now: int, language: str | None = None) -> tuple[int, ...]:
    """List all offsets in use at `now`, in minutes ahead of UTC; the likely ones first.

    Args:
        language: of the person; zones where many speak it come first.
    """
    return tuple(
        dict.fromkeys(
            local_time.utc_offset_minutes(zone, now) for zone in _order_by_language(language)
        )
    )


def find_by_offset(minutes_ahead: int, now: int, language: str | None = None) -> tuple[str, ...]:
    """Find zones with the given offset from UTC at `now`.

    Offsets a whole day apart match too, since a clock shows no date. First one zone for each set of
    clock changes in the coming year, then the others.
    """
    found = [
        zone
        for zone in _order_by_language(language)
        if (local_time.utc_offset_minutes(zone, now) - minutes_ahead) % _MINUTES_A_DAY == 0
    ]
    return _distinct_first(found, now)


def find_by_name(text: str, locale: Locale, now: int) -> tuple[str, ...]:
    """Find zones by the name of a city or country, in English or the language of `locale`.

    Ignores case and accents. For a country, one zone for each set of clock changes; empty when the
    name is unknown.
    """
    if len(text) > _MAX_LENGTH:
        return ()
    if local_time.is_known_zone(text):
        return (_get_canonical_name(text),)
    wanted = _simplify(text)
    found = _build_index(locale).get(wanted) or _build_index(_ENGLISH).get(wanted) or ()
    groups = _group_by_clock(found, now)
    return tuple(zones_alike[0] for zones_alike in groups.values())


_ENGLISH = Locale("en")


@lru_cache(maxsize=256)
def _order_by_language(language: str | None) -> tuple[str, ...]:
    base = (language or "en").split("-")[0].lower()
    if base == "en":  # the default of many phones, so no hint
        return list_offered()
    return tuple(sorted(list_offered(), key=lambda zone: not _is_spoken(zone, base)))


def _is_spoken(zone: str, language: str) -> bool:
    territory = get_global("zone_territories").get(zone, "")
    spoken = get_global("territory_languages").get(territory, {}).get(language, {})
    return float(spoken.get("population_percent", 0)) >= _MANY_SPEAKERS_PERCENT


def _distinct_first(found: list[str], now: int) -> tuple[str, ...]:
    first = {zones_alike[0] for zones_alike in _group_by_clock(found, now).values()}
    return tuple(sorted(found, key=lambda zone: zone not in first))


def _group_by_clock(found: Iterable[str], now: int) -> dict[tuple[int, ...], list[str]]:
    """Group zones by their clock changes in the coming year."""
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for zone in found:
        groups[
            tuple(
                local_time.utc_offset_minutes(zone, now + n * _MONTH_MILLISECONDS)
                for n in range(13)
            )
        ].append(zone)
    return groups


@lru_cache(maxsize=32)
def _build_index(locale: Locale) -> dict[str, tuple[str, ...]]:
    """Zones by simplified name of a city or country."""
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    for name, zone in (*_list_cities(locale), *_list_countries(locale)):
        by_name[_simplify(name)][zone] = None
    by_name.pop("", None)
    return {name: tuple(found) for name, found in by_name.items()}


def _list_cities(locale: Locale) -> Iterator[tuple[str, str]]:
    yield from (("UTC", "UTC"), ("GMT", "UTC"))
    for zone, others in _OTHER_CITIES.items():
        yield from ((other, zone) for other in others)
    for name in sorted(local_time.zone_names()):
        zone = _get_canonical_name(name)
        if get_global("zone_territories").get(zone) in (None, "001"):
            continue
        yield name.rsplit("/", 1)[-1], zone
        shown = str(get_timezone_location(zone, locale=locale, return_city=True))
        yield shown.rsplit("/", 1)[-1], zone


def _list_countries(locale: Locale) -> Iterator[tuple[str, str]]:
    order = {zone: number for number, zone in enumerate(list_offered())}
    territories = get_global("zone_territories")
    known = sorted(
        (
            zone
            for zone in territories
            if local_time.is_known_zone(zone) and zone == _get_canonical_name(zone)
        ),
        key=lambda zone: (order.get(zone, len(order)), zone),
    )
    for zone in known:
        country = locale.territories.get(territories[zone])
        if country and territories[zone] != "001":
            yield country, zone


def _get_canonical_name(name: str) -> str:
    """Return the current name of a zone, or `name` itself if CLDR's alias is not known here."""
    known = str(get_global("zone_aliases").get(name, name))
    return known if local_time.is_known_zone(known) else name


def _simplify(name: str) -> str:
    """Reduce a name to letters and digits, in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", name.replace("_", " ").casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
