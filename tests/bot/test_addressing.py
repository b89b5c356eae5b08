"""A broadcast in one line: whom it is for, whatever cohorts are called and however long it is."""

import pytest

from bot.parsing.broadcast_text import (
    MOST_COLONS,
    MOST_PARTS,
    TooManyParts,
    find_typed_stars,
    find_unknown_words,
    parse_line,
)
from course.cohorts.audiences import Audience, AudienceFilter
from storage.cohorts import Cohort, CohortState

NAMES = ("Lima", "Lima, Peru", "Group 1: Monday", "Group 1: Mondays, late", "Quito", "all, of us")
LIMA, PERU, MONDAY, MONDAYS, QUITO, OF_US = range(1, 7)
MINE = tuple(
    Cohort(number, name, None, None, "UTC", "", None, CohortState.OPEN, None, 0)
    for number, name in enumerate(NAMES, 1)
)


def to(*cohorts: int, narrowed: frozenset[AudienceFilter] = frozenset()) -> Audience:
    return Audience(frozenset(cohorts), narrowed)


@pytest.mark.parametrize(
    ("typed", "audience", "text"),
    [
        ("Lima: Hello", to(LIMA), "Hello"),
        ("lima , QUITO,: Hello", to(LIMA, QUITO), "Hello"),
        ("Lima, Peru: Hello", to(PERU), "Hello"),
        ("Quito, Lima,  peru, Lima: Hello", to(QUITO, PERU, LIMA), "Hello"),
        ("Group 1: Monday: Hello: you", to(MONDAY), "Hello: you"),
        ("Group 1: Mondays: Hello", to(MONDAYS), "Hello"),
        ("Group 1: Mondays, late, qui: Hello", to(MONDAYS, QUITO), "Hello"),
        ("all, of us: Hello", to(OF_US), "Hello"),
        ("all, stuck: Hello", Audience(None, frozenset({AudienceFilter.STUCK})), "Hello"),
        ("<b>Lima</b>, stuck: <i>9:30</i>", to(LIMA, narrowed=frozenset({AudienceFilter.STUCK})),
         "<i>9:30</i>"),
        ("Lima: 9:00" + " and 9:30" * 60, to(LIMA), "9:00" + " and 9:30" * 60),
        ("Lima: a" + ", b" * 60 + ": c", to(LIMA), "a" + ", b" * 60 + ": c"),
    ],
)  # fmt: skip
def test_the_last_colon_with_only_such_words_before_it_ends_the_audience(
    typed: str, audience: Audience, text: str
) -> None:
    assert parse_line(typed, MINE) == (audience, text)


@pytest.mark.parametrize(
    "typed", ["", "Lima", "Lima:", "L: Hello", "Group 1: Hello", "stuck: Hello", "Lima,,Quito: Hi"]
)
def test_what_names_nobody_for_sure_is_for_nobody(typed: str) -> None:
    assert parse_line(typed, MINE) is None


@pytest.mark.parametrize(
    "typed",
    [
        "all," * MOST_PARTS + "Lima: Hello",
        "nobody" + ":" * MOST_COLONS + "a: Hello",
        "all," * 330 + ":" * 660 + "x",
    ],
)
def test_more_than_is_read_is_told_apart_from_what_is_not_known(typed: str) -> None:
    assert parse_line(typed, MINE) == TooManyParts()


def test_as_much_as_is_read_is_understood() -> None:
    most = "lima," * (MOST_PARTS - 1) + "quito"

    assert parse_line(f"{most}: Hello", MINE) == (to(LIMA, QUITO), "Hello")


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("Lima, sleepy: Hello", "sleepy"),
        ("Kericho: Hello", "Kericho"),
        ("Lima, Peru, behnd, stuck: Hello", "behnd"),
        ("stuck: Hello", None),
        ("Hello", None),
    ],
)
def test_the_first_words_that_are_not_known_are_named(typed: str, unknown: str | None) -> None:
    assert find_unknown_words(typed, MINE) == unknown


@pytest.mark.parametrize(
    ("typed", "stars"),
    [
        ("Please come *on time* today", "*on time*"),
        ("**Please**", "**Please**"),
        ("2 * 3 * 4", None),
        ("See *) and *", None),
        ("<b>bold</b>", None),
    ],
)
def test_words_between_stars_are_found(typed: str, stars: str | None) -> None:
    assert find_typed_stars(typed) == stars
