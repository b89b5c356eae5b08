"""Time zones by what people know: the time on their clock, a city, a country."""

import pytest
from babel.core import Locale

from bot.callback_data import MAX_BYTES, SetPreference, pack
from bot.parsing import time_zones
from course import local_time

ENGLISH = Locale("en")
NOVEMBER = 1_794_830_400_000
JULY = NOVEMBER - 120 * 24 * 3_600_000


@pytest.mark.parametrize("now", [NOVEMBER, JULY], ids=["winter", "summer"])
def test_whatever_a_clock_shows_a_zone_with_it_is_offered(now: int) -> None:
    anywhere = {
        local_time.utc_offset_minutes(zone, now)
        for zone in local_time.zone_names()
        if zone.count("/") and not zone.startswith("Etc/")
    }

    assert set(time_zones.list_offsets(now)) >= anywhere
    for ahead in time_zones.list_offsets(now):
        found = time_zones.find_by_offset(ahead, now)
        assert found
        assert all(
            (local_time.utc_offset_minutes(zone, now) - ahead) % (24 * 60) == 0 for zone in found
        )


def test_zones_whose_clocks_part_later_in_the_year_both_stand_among_the_first() -> None:
    in_summer = time_zones.find_by_offset(180, JULY)[:6]

    assert {"Africa/Nairobi", "Europe/Kyiv", "Africa/Cairo"} <= set(in_summer)


@pytest.mark.parametrize("ahead", [780, 780 - 24 * 60])
def test_where_a_time_is_that_of_two_days_places_of_both_stand_among_the_first(ahead: int) -> None:
    found = time_zones.find_by_offset(ahead, NOVEMBER)[:6]

    assert {"Pacific/Auckland", "Pacific/Tongatapu", "Pacific/Pago_Pago"} <= set(found)


def test_a_language_brings_the_places_where_it_is_spoken_to_the_front() -> None:
    assert time_zones.list_offsets(NOVEMBER, "sw")[0] == 180
    assert time_zones.find_by_offset(180, NOVEMBER, "ru")[0] == "Europe/Moscow"
    assert time_zones.list_offsets(NOVEMBER, "xx-yy") == time_zones.list_offsets(NOVEMBER, "en")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Nairobi", "Africa/Nairobi"), ("nairobi ", "Africa/Nairobi"),
        ("São Paulo", "America/Sao_Paulo"), ("sao paulo", "America/Sao_Paulo"),
        ("Kiev", "Europe/Kyiv"), ("Kyiv", "Europe/Kyiv"), ("Calcutta", "Asia/Kolkata"),
        ("Katmandu", "Asia/Kathmandu"), ("New Delhi", "Asia/Kolkata"),
        ("Saigon", "Asia/Ho_Chi_Minh"), ("Beijing", "Asia/Shanghai"), ("Kenya", "Africa/Nairobi"),
        ("côte d'ivoire", "Africa/Abidjan"), ("africa/nairobi".title(), "Africa/Nairobi"),
        ("UTC", "Etc/UTC"), ("Lord Howe", "Australia/Lord_Howe"), ("Apia", "Pacific/Apia"),
    ],
)  # fmt: skip
def test_a_city_or_country_is_found_in_any_spelling(typed: str, zone: str) -> None:
    assert time_zones.find_by_name(typed, ENGLISH, NOVEMBER) == (zone,)


def test_a_city_is_found_in_the_persons_own_language_too() -> None:
    assert time_zones.find_by_name("Le Caire", Locale("fr"), NOVEMBER) == ("Africa/Cairo",)
    assert time_zones.find_by_name("Cairo", Locale("fr"), NOVEMBER) == ("Africa/Cairo",)


def test_of_a_large_country_one_city_is_offered_for_each_time() -> None:
    found = time_zones.find_by_name("Brazil", ENGLISH, NOVEMBER)

    assert found[0] == "America/Sao_Paulo"
    assert len({local_time.utc_offset_minutes(zone, NOVEMBER) for zone in found}) == len(found)


@pytest.mark.parametrize(
    "typed", ["", "next", "I think A", "what?", "!", "Etc", "x" * 500, "\u2603"]
)
def test_other_words_are_no_place(typed: str) -> None:
    assert time_zones.find_by_name(typed, ENGLISH, NOVEMBER) == ()


def test_every_zone_that_is_offered_is_one_and_fits_on_a_button() -> None:
    for zone in time_zones.list_offered():
        assert local_time.is_known_zone(zone)
        assert len(pack(SetPreference("zone", zone))) <= MAX_BYTES
