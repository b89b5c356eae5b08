"""Days and times as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.dates import (
    MAX_DAYS_AHEAD,
    TypedDate,
    find_days,
    parse_days,
    parse_time_of_day,
    resolve_date,
)

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 March", date(2027, 3, 12)), ("12 mar", date(2027, 3, 12)),
        ("March 12", date(2027, 3, 12)), ("12th of March", date(2027, 3, 12)),
        ("march 12th, 2027", date(2027, 3, 12)), ("1 dec", date(2026, 12, 1)),
        ("  24  December ", date(2026, 12, 24)), ("2026-12-24", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)), ("24/12/2026", date(2026, 12, 24)),
        ("12/24", date(2026, 12, 24)), ("25 Nov", date(2027, 11, 25)),
    ],
)  # fmt: skip
def test_a_day_is_understood_in_many_spellings(text: str, day: date) -> None:
    meant = [resolve_date(one, TODAY) for one in parse_days(text)]

    assert [one for one in meant if one is not None] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY), ("Tomorrow", date(2026, 11, 26)), ("friday", date(2026, 11, 27)),
        ("on Fri", date(2026, 11, 27)), ("wednesday", date(2026, 12, 2)),
        ("next monday", date(2026, 11, 30)), ("Next  Friday", date(2026, 12, 4)),
        ("next wednesday", date(2026, 12, 2)), ("in 6 weeks", date(2027, 1, 6)),
        ("in six weeks", date(2027, 1, 6)), ("in a week", date(2026, 12, 2)),
        ("in 10 days", date(2026, 12, 5)), ("in one month", date(2026, 12, 25)),
        ("in 3 months' time", date(2027, 2, 25)), ("in 3 months time", date(2027, 2, 25)),
        ("in 0 weeks", None), ("in 99 weeks", None), ("in many weeks", None), ("next week", None),
        ("next", None), ("mo", None), ("3 March", date(2027, 3, 3)), ("25 November", TODAY),
    ],
)  # fmt: skip
def test_a_day_is_understood_from_words_that_count_from_today(text: str, day: date | None) -> None:
    assert find_days(text, TODAY) == (() if day is None else (day,))


def test_in_a_month_is_the_last_day_where_the_month_is_shorter() -> None:
    assert find_days("in a month", date(2027, 1, 31)) == (date(2027, 2, 28),)
    assert find_days("in two months", date(2026, 12, 31)) == (date(2027, 2, 28),)


def test_a_day_in_numbers_may_be_two_days_from_today_on_too() -> None:
    assert find_days("3/4", TODAY) == (date(2027, 3, 4), date(2027, 4, 3))


def test_a_day_in_numbers_may_be_two_days() -> None:
    assert parse_days("3/4") == (TypedDate(3, 4, None), TypedDate(4, 3, None))
    assert parse_days("3/3") == (TypedDate(3, 3, None),)


@pytest.mark.parametrize(
    "text",
    ["", "march", "12", "12 m", "12 marchers", "soon", "12 March or 13 March", "a" * 100,
     "\u0661\u0662 March", "0x12", "12 march 1999"],
)  # fmt: skip
def test_anything_else_is_no_day(text: str) -> None:
    assert parse_days(text) == ()


@pytest.mark.parametrize("text", ["31 February", "30.2.", "2026-11-25", "2026-11-24", "2028-01-01"])
def test_days_that_are_not_or_are_over_or_are_far_off_do_not_come(text: str) -> None:
    assert [resolve_date(one, TODAY) for one in parse_days(text) if resolve_date(one, TODAY)] == []


@given(st.integers(1, MAX_DAYS_AHEAD - 1), st.dates(date(2026, 1, 1), date(2090, 1, 1)))
def test_every_day_of_the_coming_year_can_be_typed(ahead: int, today: date) -> None:
    wanted = today + timedelta(ahead)

    assert resolve_date(TypedDate(wanted.day, wanted.month, wanted.year), today) == wanted
    assert resolve_date(TypedDate(wanted.day, wanted.month, None), today) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:30", 1110), ("7pm", 1140), ("6:30 pm", 1110), ("6.30 P.M.", 1110), ("12am", 0),
        ("at 12:05 pm", 725), ("8 a.m.", 480), ("13pm", None), ("0 am", None), ("7", None),
        ("22:00-07:00", None), ("6:60 pm", None),
    ],
)  # fmt: skip
def test_a_time_is_understood_with_the_half_of_the_day_too(text: str, expected: int | None) -> None:
    assert parse_time_of_day(text) == expected


@given(st.text(max_size=60))
def test_any_text_is_taken_calmly(text: str) -> None:
    assert all(isinstance(one, TypedDate) for one in parse_days(text))
    assert all(day >= TODAY for day in find_days(text, TODAY))
    assert parse_time_of_day(text) is None or 0 <= (parse_time_of_day(text) or 0) < 1440


@pytest.mark.parametrize(
    ("text", "expected"),
    [("18:30", 1110), ("7:05", 425), ("at 09.00", 540), ("23h59", 1439), ("0:00", 0),
     ("24:00", None), ("7", None), ("12:60", None), ("noon", None)],
)  # fmt: skip
def test_a_time_of_day_is_understood(text: str, expected: int | None) -> None:
    assert parse_time_of_day(text) == expected
