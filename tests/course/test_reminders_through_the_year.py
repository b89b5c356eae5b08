"""Reminders where clocks are changed, days are skipped, and learners move. All cases are dates that
were or will be."""

import pytest

from course.reminders.next_reminder import Reminder, reason_not_to_send
from course.reminders.preferences import Preferences
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind
from tests.course.reminded import PROMPT, Person, moment, shown


def first(zone: str, active: str, **wishes: object) -> str:
    """When the first reminder comes to somebody who learned then, in local time and in UTC."""
    nudge = Person(moment(active, zone), Preferences(zone=zone, **wishes)).next()  # type: ignore[arg-type]
    assert isinstance(nudge, Reminder)
    return f"{shown(nudge.at, zone)} = {shown(nudge.at)[4:]}"


@pytest.mark.parametrize(
    ("zone", "active", "expected"),
    [
        pytest.param(
            "Europe/Berlin",
            "2026-03-27 18:00",
            "Mon 2026-03-30 10:00 = 2026-03-30 08:00",
            id="over the change to summer time",
        ),
        pytest.param(
            "Europe/Berlin",
            "2026-10-23 18:00",
            "Mon 2026-10-26 10:00 = 2026-10-26 09:00",
            id="over the change to winter time",
        ),
        pytest.param(
            "Asia/Kathmandu",
            "2026-11-02 18:00",
            "Thu 2026-11-05 10:00 = 2026-11-05 04:15",
            id="Kathmandu, 5 hours 45 minutes ahead",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2026-10-01 18:00",
            "Sun 2026-10-04 10:00 = 2026-10-03 23:00",
            id="Lord Howe, on the day it goes forward by 30 minutes",
        ),
        pytest.param(
            "Pacific/Apia",
            "2011-12-27 18:00",
            "Sat 2011-12-31 10:00 = 2011-12-30 20:00",
            id="Samoa, where 30 December 2011 was skipped",
        ),
        pytest.param(
            "Africa/Casablanca",
            "2026-03-19 18:00",
            "Sun 2026-03-22 10:00 = 2026-03-22 09:00",
            id="Morocco, where Ramadan ends on that day and the clock goes forward",
        ),
    ],
)
def test_it_comes_at_ten_by_the_learners_clock(zone: str, active: str, expected: str) -> None:
    assert first(zone, active) == expected


@pytest.mark.parametrize(
    ("zone", "active", "hour", "expected"),
    [
        pytest.param(
            "Europe/Berlin",
            "2026-03-26 18:00",
            2 * 60 + 30,
            "Sun 2026-03-29 03:00 = 2026-03-29 01:00",
            id="2:30 does not exist in spring",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2026-10-01 18:00",
            2 * 60 + 15,
            "Sun 2026-10-04 02:30 = 2026-10-03 15:30",
            id="2:15 does not exist on Lord Howe in spring",
        ),
        pytest.param(
            "Africa/Cairo",
            "2026-04-21 18:00",
            15,
            "Fri 2026-04-24 01:00 = 2026-04-23 22:00",
            id="the day starts at 1:00 in Cairo",
        ),
        pytest.param(
            "Europe/Berlin",
            "2026-10-22 18:00",
            2 * 60 + 30,
            "Sun 2026-10-25 02:30 = 2026-10-25 00:30",
            id="2:30 comes twice in autumn, and the first one counts",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2026-04-02 18:00",
            1 * 60 + 45,
            "Sun 2026-04-05 01:45 = 2026-04-04 14:45",
            id="1:45 comes twice on Lord Howe in autumn",
        ),
    ],
)
def test_an_hour_that_is_skipped_comes_after_the_gap_and_one_that_repeats_comes_once(
    zone: str, active: str, hour: int, expected: str
) -> None:
    assert first(zone, active, reminder_minute=hour, quiet_from=0, quiet_to=0) == expected


def test_of_an_hour_that_comes_twice_the_second_time_has_no_second_reminder() -> None:
    berlin = Preferences(zone="Europe/Berlin", reminder_minute=150, quiet_from=0, quiet_to=0)
    amina = Person(moment("2026-10-22 18:00", "Europe/Berlin"), berlin)
    nudge = amina.next()
    assert isinstance(nudge, Reminder)
    amina.takes(nudge)

    again = reason_not_to_send(
        amina.course, PROMPT, amina.situation, ReminderKind.SECOND, nudge.at + 60 * 60_000
    )

    assert again is ReminderReason.ONE_A_DAY


def test_quiet_hours_that_end_within_a_repeated_hour_end_at_its_second_time() -> None:
    wishes = Preferences(zone="Europe/Berlin", reminder_minute=120, quiet_from=0, quiet_to=150)
    amina = Person(moment("2026-10-22 18:00", "Europe/Berlin"), wishes)

    def quiet(utc: str) -> bool:
        found = reason_not_to_send(
            amina.course, PROMPT, amina.situation, ReminderKind.FIRST, moment(utc)
        )
        return found is ReminderReason.QUIET

    assert quiet("2026-10-25 00:29")
    assert not quiet("2026-10-25 00:45")  # 2:45, the first time
    assert quiet("2026-10-25 01:15")  # 2:15, the second time
    assert not quiet("2026-10-25 01:30")


def test_the_date_that_samoa_skipped_does_not_bring_two_in_a_day() -> None:
    apia = Preferences(zone="Pacific/Apia")
    amina = Person(moment("2011-12-26 18:00", "Pacific/Apia"), apia)
    sent = moment("2011-12-29 08:00", "Pacific/Apia")
    amina.takes(Reminder(ReminderKind.FIRST, sent, ReminderReason.AWAY))

    nudge = amina.next(sent)

    assert isinstance(nudge, Reminder)
    assert shown(nudge.at, "Pacific/Apia") == "Thu 2012-01-05 10:00"
    next_day = moment("2011-12-31 10:00", "Pacific/Apia")
    assert next_day - sent == 26 * 60 * 60_000
    assert (
        reason_not_to_send(amina.course, PROMPT, amina.situation, ReminderKind.SECOND, next_day)
        is None
    )


def test_the_hour_goes_with_a_learner_who_moves() -> None:
    amina = Person(moment("2026-11-02 18:00", "Africa/Nairobi"))

    amina.wants(zone="America/Bogota")

    assert amina.coming()[0] == (ReminderKind.FIRST, "Thu 2026-11-05 10:00")


def test_flying_east_into_the_next_day_does_not_bring_two_within_hours() -> None:
    amina = Person(moment("2026-10-30 18:00", "America/Los_Angeles"))
    amina.wants(zone="America/Los_Angeles")
    monday = moment("2026-11-02 10:00", "America/Los_Angeles")
    amina.takes(Reminder(ReminderKind.FIRST, monday, ReminderReason.AWAY))

    amina.wants(zone="Pacific/Auckland")

    four_hours_on = moment("2026-11-03 11:00", "Pacific/Auckland")
    assert four_hours_on - monday == 4 * 60 * 60_000
    found = reason_not_to_send(
        amina.course, PROMPT, amina.situation, ReminderKind.SECOND, four_hours_on
    )
    assert found is ReminderReason.ONE_A_DAY


def test_flying_west_the_day_that_lasts_longer_has_one_reminder() -> None:
    amina = Person(moment("2026-10-31 18:00", "Pacific/Auckland"))
    amina.wants(zone="Pacific/Auckland")
    tuesday = moment("2026-11-03 10:00", "Pacific/Auckland")
    amina.takes(Reminder(ReminderKind.FIRST, tuesday, ReminderReason.AWAY))

    amina.wants(zone="America/Los_Angeles")

    monday_there = shown(tuesday, "America/Los_Angeles")
    assert monday_there == "Mon 2026-11-02 13:00"
    evening = moment("2026-11-02 19:59", "America/Los_Angeles")
    next_day = moment("2026-11-03 10:00", "America/Los_Angeles")
    assert [
        reason_not_to_send(amina.course, PROMPT, amina.situation, ReminderKind.SECOND, at)
        for at in (evening, next_day)
    ] == [ReminderReason.ONE_A_DAY, None]
