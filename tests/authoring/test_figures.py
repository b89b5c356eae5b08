"""What counts as a figure, a share and a year in a text, and what is only a name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.figures import find_figures, find_years
from authoring.ranges import ranges_overlap


def shown(text: str) -> list[str]:
    return [figure.text for figure in find_figures(text)]


@pytest.mark.parametrize(
    "name",
    [
        *("article 36", "Article 36(1)(b)", "Rule 3.4", "Rules 57 and 58", "Rules 2.1, 2.3"),
        *("resolution 58/5", "58/5", "resolution 70/175", "A/HRC/47/40", "ICD-11", "DSM-5"),
        *("Module 3", "Law 30/2000", "Law 9161", "Decree 309/1990", "paragraph 33", "COVID-19"),
        *("Guideline 7", "Guideline 1.2", "Chapter 1", "article 77 bis", "section 108"),
    ],
)
def test_names_are_no_figures(name: str) -> None:
    assert shown(f"See {name}, and then some.") == []
    assert list(find_years(f"See {name}, and then some.")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("14,263 people", ["14,263"]),
        ("15.1 percent, 3 to 12 weeks", ["15.1", "3", "12"]),
        ("90-90-90", ["90", "90", "90"]),
        ("2,000 people in 2000", ["2,000"]),
        ("5mg, and 3g more", ["5", "3"]),
        ("about 2/3 of them", ["2", "3"]),
        ("One person in eleven, or 1 in 11", ["One person in eleven", "1 in 11"]),
        ("in one of three lessons", []),
        ("in rule 12 and 13 people", ["13"]),
        ("the 36 articles", ["36"]),
        ("aged 18-25", ["18", "25"]),
    ],
)
def test_figures_are_found_as_they_are_written(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


def test_figures_have_values_whatever_their_form() -> None:
    [large, share, words] = find_figures("In 2022 it was 14,263.0, so 1 in 11, so one in eleven")

    assert large.value == Decimal(14263)
    assert share.value == words.value == (1, 11)


def test_numbers_that_count_the_parts_of_a_text_are_no_figures() -> None:
    assert shown("Four stages. 1, before trial. 2, at trial. 3. After it.") == []
    assert shown("Two stages. 1, before trial. 5, at trial.") == ["5"]
    assert shown("It grew. 12, at last.") == ["12"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("from 2010 to 2014", [2010, 2014]),
        ("2010-2014, and in the 1990s", [2010, 2014, 1990]),
        ("58/5 of 2015", [2015]),
        ("the Rules 1990", [1990]),
        ("2,022 people and 20225 others", []),
        ("in 1899 and 2100", []),
    ],
)
def test_years_are_found(text: str, wanted: list[int]) -> None:
    assert [year for _, year in find_years(text)] == wanted


@given(st.integers(0, 10**6), st.sampled_from(["{} people", "of {}.", "({})", "{}, then"]))
def test_a_number_is_found_with_and_without_separators(number: int, frame: str) -> None:
    for form in (f"{number}", f"{number:,}"):
        text = frame.format(form)
        found = [(figure.start, figure.value) for figure in find_figures(text)]
        is_year = form == str(number) and 1900 <= number <= 2099
        assert found == ([] if is_year else [(text.index(form), Decimal(number))])


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))
def test_ranges_overlap_when_they_have_a_number_in_common(a: int, b: int, c: int, d: int) -> None:
    one, other = sorted((a, b)), sorted((c, d))
    common = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))

    said = ranges_overlap(f"{one[0]} to {one[1]} weeks", f"{other[0]} to {other[1]} weeks")

    assert said == bool(common)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("under 10 weeks", "10 weeks", False),
        ("up to ten weeks", "10 or more weeks", True),
        ("more than 12 weeks", "12 to 14 weeks", True),
        ("at least five weeks", "two to four weeks", False),
        ("2 to 4 weeks", "3 to 5 months", False),
        ("a week", "a month", False),
    ],
)
def test_open_ranges_and_number_words_count_too(one: str, other: str, *, wanted: bool) -> None:
    assert ranges_overlap(one, other) == ranges_overlap(other, one) == wanted
