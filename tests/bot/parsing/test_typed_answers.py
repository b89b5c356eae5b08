"""What typed text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.typed_answers import (
    AnswerLetters,
    CommandWord,
    FreeText,
    parse_typed_text,
    parse_whole_number,
)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("a", "A"), ("B", "B"), (" c ", "C"), ("d.", "D"), ("(e)", "E"), ("f)", "F"), ("A!", "A"),
        ("AC", "AC"), ("ca", "AC"), ("a, c", "AC"), ("a and c", "AC"), ("A & C", "AC"),
        ("a+c", "AC"), ("a/c", "AC"), ("a;c", "AC"), ("a\nc", "AC"), ("a, b, and d", "ABD"),
        ("1", "A"), ("1 3", "AC"), ("6", "F"), ("aa", "A"), ("A,A,C", "AC"), ("abcdef", "ABCDEF"),
    ],
)  # fmt: skip
def test_letters_are_an_answer(text: str, letters: str) -> None:
    assert parse_typed_text(text) == AnswerLetters(letters)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("next", "next"), ("NEXT", "next"), (" Next. ", "next"), ("n", "next"), ("ok", "next"),
        ("Okay!", "next"), ("go on", "next"), ("yes", "next"), ("continue", "continue"),
        ("back", "back"), ("Previous", "back"), ("start", "start"), ("Hello!", "start"),
        ("stop", "stop"), ("STOP!!", "stop"), ("unsubscribe", "stop"), ("menu", "help"),
        ("help", "help"), ("progress", "progress"), ("settings", "settings"),
    ],
)  # fmt: skip
def test_words_stand_for_buttons(text: str, word: str) -> None:
    assert parse_typed_text(text) == CommandWord(word)


@pytest.mark.parametrize(
    "text",
    ["", " ", "g", "7", "0", "and", "a and", "or", "I think a", "abc def ghi", "nextnext", "no",
     "a" * 41, "stop it now please", "\N{THUMBS UP SIGN}", "/", "-", "?", "answer a"],
)  # fmt: skip
def test_everything_else_is_free_text(text: str) -> None:
    assert parse_typed_text(text) == FreeText()


@given(st.text())
def test_any_text_means_something(text: str) -> None:
    meant = parse_typed_text(text)

    if isinstance(meant, AnswerLetters):
        assert meant.letters == "".join(sorted(set(meant.letters)))
        assert set(meant.letters) <= set("ABCDEF")


@given(st.sets(st.sampled_from("abcdef"), min_size=1), st.sampled_from([", ", " ", "", " and "]))
def test_letters_in_any_order_and_dress_are_the_same_answer(
    letters: set[str], between: str
) -> None:
    expected = AnswerLetters("".join(sorted(letters)).upper())

    assert parse_typed_text(between.join(letters)) == expected
    assert parse_typed_text(between.join(letters).upper()) == expected


def test_a_very_long_text_is_read_in_no_time() -> None:
    assert parse_typed_text("a " * 100_000 + "!") == FreeText()
    assert parse_typed_text("a " * 19 + "?") == FreeText()


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 9, 999_999_999), ("1" + "0" * 9, None), ("9" * 40, None),
     ("", None), ("-1", None), ("1.0", None), (" 1", None), ("\u0661", None), ("\u00b2", None)],
)  # fmt: skip
def test_a_whole_number_has_nine_digits_at_most(text: str, number: int | None) -> None:
    assert parse_whole_number(text) == number
