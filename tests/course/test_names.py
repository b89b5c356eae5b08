"""Names that people type are one visible line."""

import pytest

from course.cohorts.names import MAX_NAME_LENGTH, clean_line, clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Amina \n W.\t", "Amina W."),
        ("Ami\u200bna", "Amina"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("e\u0301", "é"),
        ("9", "9"),
    ],
    ids=["spaces", "invisible", "a joiner of Persian", "composed", "a digit"],
)
def test_what_is_visible_stays_in_one_line(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", " \u200b ", "...", "🙂", "a" * (MAX_NAME_LENGTH + 1)])
def test_a_name_has_a_letter_or_a_digit_and_an_end(typed: str) -> None:
    assert clean_name(typed) is None


def test_a_line_may_be_without_letters_and_as_long_as_said() -> None:
    assert clean_line("...") == "..."
    assert clean_line("abc", 3) == "abc"
    assert clean_line("abcd", 3) is None
