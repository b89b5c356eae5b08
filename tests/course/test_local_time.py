"""Local time and back, where clocks are changed and where they are not."""

from datetime import date, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import local_time
from tests.course.reminded import DAY, moment, shown, there

MINUTE = 60_000
moments = st.integers(moment("1990-01-01 00:00"), moment("2040-01-01 00:00"))
every_zone = st.sampled_from(sorted(local_time.zone_names()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(every_zone, moments)
def test_local_time_is_what_pythons_own_zone_shows(zone: str, when: int) -> None:
    here = there(when, zone)

    assert local_time.to_local(zone, when) == here.replace(tzinfo=None)
    offset = here.utcoffset()
    assert offset is not None
    assert local_time.utc_offset_minutes(zone, when) == offset.total_seconds() // 60


@given(every_zone, moments)
def test_back_from_local_time_is_the_same_moment_or_the_earlier_of_two(
    zone: str, when: int
) -> None:
    back = local_time.to_utc(zone, local_time.to_local(zone, when))

    assert back <= when
    assert local_time.to_local(zone, back) == local_time.to_local(zone, when)


@given(every_zone, moments, st.integers(0, 1439))
def test_the_next_time_is_later_within_two_days_and_shows_the_minute_or_the_end_of_a_gap(
    zone: str, when: int, minute: int
) -> None:
    found = local_time.next_occurrence(zone, minute, when)

    assert when < found <= when + 2 * DAY + 60 * MINUTE
    if local_time.clock_minute(local_time.to_local(zone, found)) != minute:
        assert local_time.utc_offset_minutes(zone, found) > local_time.utc_offset_minutes(
            zone, found - 1
        )


@pytest.mark.parametrize(
    ("zone", "wanted", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 03:00", id="Berlin"),
        pytest.param(
            "Africa/Cairo", "2026-04-24 00:15", "2026-04-24 01:00", id="Cairo at midnight"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04 02:30", id="half an hour"
        ),
        pytest.param("Pacific/Apia", "2011-12-30 10:00", "2011-12-31 00:00", id="a whole day"),
    ],
)
def test_a_local_time_in_a_gap_is_the_first_moment_after_it(
    zone: str, wanted: str, expected: str
) -> None:
    found = local_time.to_utc(zone, at(wanted))

    assert local_time.to_local(zone, found) == at(expected)
    assert local_time.to_local(zone, found - 1) < at(wanted)


def test_a_local_time_that_comes_twice_is_the_first_of_the_two_and_next_finds_both() -> None:
    first = moment("2026-10-25 00:30")

    assert local_time.to_utc("Europe/Berlin", at("2026-10-25 02:30")) == first
    second = local_time.next_occurrence("Europe/Berlin", 150, first)
    assert second == first + 60 * MINUTE
    assert shown(local_time.next_occurrence("Europe/Berlin", 150, second)) == "Mon 2026-10-26 01:30"


def test_kathmandu_is_five_hours_and_three_quarters_ahead() -> None:
    assert local_time.utc_offset_minutes("Asia/Kathmandu", moment("2026-11-02 00:00")) == 345
    assert local_time.time_on_day("Asia/Kathmandu", date(2026, 11, 2), 0) == moment(
        "2026-11-01 18:15"
    )


def test_the_database_knows_old_names_and_no_made_up_ones() -> None:
    assert local_time.is_known_zone("Africa/Nairobi")
    assert local_time.is_known_zone("Asia/Calcutta")
    assert not any(
        map(local_time.is_known_zone, ("", "Nairobi", "africa/nairobi", "../tzdata", "/etc"))
    )
    with pytest.raises(KeyError):
        local_time.to_local("../zones", 0)


def test_the_rules_are_the_locked_packages_and_every_name_can_be_used() -> None:
    known = available_timezones() - {"localtime", "posixrules"}

    for name in local_time.zone_names():
        local_time.to_local(name, 0)
    assert len(local_time.zone_names() & known) > 0.95 * len(local_time.zone_names())
