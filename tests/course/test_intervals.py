"""Intervals against published worked examples and statsmodels, and what must hold for all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.statistics.intervals import (
    MIN_GROUP_SIZE,
    Proportion,
    are_large_enough,
    newcombe_interval,
    wilson_interval,
)


@st.composite
def groups(draw: st.DrawFn) -> Proportion:
    of = draw(st.integers(1, 100_000))
    return Proportion(draw(st.integers(0, of)), of)


@pytest.mark.parametrize(
    ("did", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_bounds_of_newcombe_1998_two_sided_intervals_table_1(
    did: int, of: int, low: float, high: float
) -> None:
    found = wilson_interval(Proportion(did, of))

    assert found is not None
    assert found.estimate == did / of
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_gives_the_bounds_of_newcombe_1998_interval_estimation_table_2_method_10(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe_interval(Proportion(*one), Proportion(*other))

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("did", "of", "low", "high"),
    [
        (10, 40, 0.141871, 0.401940),
        (37, 41, 0.774523, 0.961403),
        (40, 40, 0.912378, 1.0),
        (195, 402, 0.436592, 0.533840),
        (3, 900, 0.001134, 0.009754),
    ],
)
def test_wilson_gives_the_bounds_of_statsmodels_proportion_confint(
    did: int, of: int, low: float, high: float
) -> None:
    # statsmodels 0.15.0, with method="wilson"; proportion_ci of scipy 1.17.1's binomtest agrees
    found = wilson_interval(Proportion(did, of))

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0000006)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.052431, 0.333873),
        ((37, 41), (20, 44), 0.254691, 0.597497),
        ((0, 40), (5, 60), -0.180689, 0.016199),
        ((900, 2600), (55, 280), 0.096088, 0.195888),
        ((40, 40), (40, 40), -0.087622, 0.087622),
    ],
)
def test_newcombe_gives_the_bounds_of_statsmodels_confint_proportions_2indep(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    # statsmodels 0.15.0, with method="newcomb" and compare="diff"
    found = newcombe_interval(Proportion(*one), Proportion(*other))

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0000006)


@given(groups())
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(group: Proportion) -> None:
    found = wilson_interval(group)

    assert found is not None
    assert 0 <= found.low <= found.estimate + 1e-12
    assert found.estimate - 1e-12 <= found.high <= 1


@given(groups(), groups())
def test_a_difference_turned_round_has_the_interval_turned_round(
    one: Proportion, other: Proportion
) -> None:
    there, back = newcombe_interval(one, other), newcombe_interval(other, one)

    assert there is not None
    assert back is not None
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert -1 - 1e-9 <= there.low <= there.high <= 1 + 1e-9


@given(groups())
def test_ten_times_as_many_people_make_the_interval_narrower(group: Proportion) -> None:
    assume(group.total > 1)
    few, many = (
        wilson_interval(group),
        wilson_interval(Proportion(group.successes * 10, group.total * 10)),
    )

    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_with_nobody_there_is_no_interval() -> None:
    assert wilson_interval(Proportion(0, 0)) is None
    assert newcombe_interval(Proportion(0, 0), Proportion(1, 2)) is None
    assert newcombe_interval(Proportion(1, 2), Proportion(0, 0)) is None


def test_it_is_enough_when_both_groups_have_forty() -> None:
    assert are_large_enough(Proportion(0, MIN_GROUP_SIZE), Proportion(3, 900))
    assert not are_large_enough(Proportion(0, MIN_GROUP_SIZE - 1), Proportion(3, 900))
    assert not are_large_enough(Proportion(3, 900), Proportion(0, MIN_GROUP_SIZE - 1))
