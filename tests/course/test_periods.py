"""Which stretches may be shown beside each other, attacked in thousands of small worlds."""

from collections.abc import Iterator
from itertools import combinations, product
from math import inf
from random import Random
from typing import TypeAlias

import pytest

from course.statistics import periods
from course.statistics.overview import Period
from course.statistics.periods import (
    DAY_RANGES,
    DayRange,
    SumsByRange,
    current_range,
    previous_range,
    showable_ranges,
    sum_single_events,
)

BOUNDS = (0, 7, 14, 30, 60, 90, 180, inf)

Days: TypeAlias = list[list[int]]
"""For each person, how many days ago they did something."""


def people(days: Days) -> SumsByRange:
    """How many did something in each stretch and piece."""
    return {
        DayRange(newest, oldest): sum(any(newest <= day < oldest for day in one) for one in days)
        for newest, oldest in combinations(BOUNDS, 2)
    }


def behind(days: Days, stretch: DayRange, first: int) -> set[tuple[int, int]]:
    """Who did something in a stretch, and when; people are numbered from `first` on."""
    return {
        (number, day)
        for number, one in enumerate(days, first)
        for day in one
        if stretch.newest <= day < stretch.oldest
    }


def told_of_few(members: Days, others: Days) -> Iterator[tuple[DayRange, DayRange]]:
    """Pairs of values that are shown and whose difference one to four people have made."""
    everybody = people(members + others)
    whole, own = showable_ranges(everybody), showable_ranges(everybody, people(members))
    facts = {(True, one): behind(members, one, 0) for one in own}
    for one in whole:
        facts[False, one] = behind(members + others, one, 0)
    for (large, more), (small, less) in product(facts.items(), repeat=2):
        if more > less and len({who for who, _ in more - less}) < 5:
            yield large[1], small[1]


def group(chance: Random) -> Days:
    """Up to 25 people with up to four days each, many of them lately."""
    return [
        [int(chance.random() ** 2 * 220) for _day in range(chance.randrange(5))]
        for _person in range(chance.randrange(26))
    ]


def worlds(number: int) -> Iterator[tuple[Days, Days]]:
    """A cohort and others, so many times."""
    chance = Random(number)  # noqa: S311 - seeded
    for _ in range(number):
        yield group(chance), group(chance)


def test_no_two_values_differ_by_what_few_people_did() -> None:
    for members, others in worlds(1_000):
        assert list(told_of_few(members, others)) == []


def test_something_is_shown_all_the_same() -> None:
    shares = [
        len(showable_ranges(people(members + others))) / len(DAY_RANGES)
        for members, others in worlds(200)
    ]

    assert sum(shares) / len(shares) > 0.3


def by_numbers(sums: SumsByRange, one: DayRange, other: DayRange) -> list[int]:
    """As if those who came on other days, too, could hide the few who came between."""
    if one.is_within(other) or other.is_within(one):
        return [abs(sums[one] - sums[other])]
    return []


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        pytest.param(
            "is_difference_showable", lambda _between: True, id="no difference is looked at"
        ),
        pytest.param("_sums_between", by_numbers, id="numbers are looked at in place of people"),
        pytest.param("_sums_between", lambda *_: [], id="days are not looked at"),
    ],
)
def test_the_attack_succeeds_where_the_rule_is_broken(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: object
) -> None:
    monkeypatch.setattr(periods, name, broken)

    assert any(list(told_of_few(*world)) for world in worlds(1_000))


def test_a_period_is_told_beside_as_many_days_before_it() -> None:
    assert (current_range(Period.MONTH), previous_range(Period.MONTH)) == (
        DayRange(0, 30),
        DayRange(30, 60),
    )
    assert (current_range(Period.ALL), previous_range(Period.ALL)) == (
        DayRange(0, inf),
        DayRange(7, inf),
    )


def test_what_happens_once_is_added_up_between_the_bounds() -> None:
    found = sum_single_events([1, 2, 4, 8, 16, 32, 64])

    assert len(found) == 28
    assert found[DayRange(0, inf)] == 127
    assert found[DayRange(7, 30)] == 6
    assert set(DAY_RANGES) <= found.keys()


def test_a_stretch_without_another_within_it_leaves_up_to_two_pieces() -> None:
    quarter = DayRange(0, 90)

    assert quarter.without(DayRange(0, 90)) == []
    assert quarter.without(DayRange(0, 7)) == [DayRange(7, 90)]
    assert quarter.without(DayRange(7, 14)) == [DayRange(0, 7), DayRange(14, 90)]
