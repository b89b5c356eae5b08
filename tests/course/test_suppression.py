"""Small numbers of people are never shown, and never follow from what is shown."""

from hypothesis import given
from hypothesis import strategies as st

from course.statistics.suppression import (
    People,
    can_show_value,
    has_enough_people,
    is_difference_showable,
)

numbers = st.integers(0, 200)


@given(numbers)
def test_people_are_rounded_down_to_fives(number: int) -> None:
    shown = People.rounded(number)

    assert shown.at_least % 5 == 0
    assert shown.at_least <= number < shown.at_least + 5
    assert shown.are_few == (number < 5)


@given(numbers, numbers)
def test_a_difference_and_a_percentage_follow_from_the_numbers_shown(one: int, other: int) -> None:
    part, whole = sorted((People.rounded(one), People.rounded(other)))

    assert whole.minus(part) == People(whole.at_least - part.at_least)
    assert part.minus(whole) == People(0)
    assert whole.percent_of(part) in ({100} if not part.are_few else {None})
    if not whole.are_few:
        assert part.percent_of(whole) == round(100 * part.at_least / whole.at_least)


def test_five_people_are_enough_and_four_are_not() -> None:
    assert [has_enough_people(number) for number in (0, 4, 5)] == [False, False, True]
    assert [is_difference_showable([number]) for number in (0, 1, 4, 5)] == [
        True,
        False,
        False,
        True,
    ]
    assert is_difference_showable([4, 5])
    assert is_difference_showable([])


@given(numbers, st.lists(numbers, max_size=3))
def test_a_value_is_shown_if_no_difference_to_a_nested_group_is_of_few(
    number: int, nested: list[int]
) -> None:
    is_safe = all(number == other or abs(number - other) >= 5 for other in nested)

    assert can_show_value(number, nested) == (number >= 5 and is_safe)
