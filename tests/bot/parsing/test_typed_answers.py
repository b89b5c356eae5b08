"""What typed text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.typed_answers import (
    AnswerLetters,
    AskCourse,
    CommandWord,
    Intent,
    Unclear,
    parse_whole_number,
    understand,
)
from tests.course.examples import SMALL, question

SIX = question("q", "a", "abcdef")


def meant(text: str) -> Intent:
    """What `text` means while a question with six options is open."""
    return understand(text, SMALL, SIX)


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
    assert meant(text) == AnswerLetters(letters)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("next", "next"), ("NEXT", "next"), (" Next. ", "next"), ("n", "next"), ("ok", "next"),
        ("Okay!", "next"), ("yes", "next"), ("continue", "continue"),
        ("back", "back"), ("Previous", "back"), ("start", "start"), ("Hello!", "hello"),
        ("stop", "stop"), ("STOP!!", "stop"), ("unsubscribe", "stop"), ("menu", "help"),
        ("help", "help"), ("progress", "progress"), ("settings", "settings"),
    ],
)  # fmt: skip
def test_words_stand_for_buttons(text: str, word: str) -> None:
    assert meant(text) == CommandWord(word)


@pytest.mark.parametrize(
    "text",
    ["", " ", "g", "7", "0", "and", "or", "abc def ghi", "nextnext", "no", "a" * 41, "/", "-", "?"],
)
def test_everything_else_is_unclear(text: str) -> None:
    assert meant(text) == Unclear()


@given(st.text())
def test_any_text_means_something(text: str) -> None:
    intent = meant(text)

    if isinstance(intent, AnswerLetters):
        assert intent.letters == "".join(sorted(set(intent.letters)))
        assert set(intent.letters) <= set("ABCDEF")


@given(st.sets(st.sampled_from("abcdef"), min_size=1), st.sampled_from([", ", " ", "", " and "]))
def test_letters_in_any_order_and_dress_are_the_same_answer(
    letters: set[str], between: str
) -> None:
    expected = AnswerLetters("".join(sorted(letters)).upper())

    assert meant(between.join(letters)) == expected
    assert meant(between.join(letters).upper()) == expected


def test_a_very_long_text_is_read_in_no_time() -> None:
    assert meant("a " * 100_000 + "!") == AnswerLetters("A")
    assert meant("a " * 19 + "?") == AskCourse()


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 9, 999_999_999), ("1" + "0" * 9, None), ("9" * 40, None),
     ("", None), ("-1", None), ("1.0", None), (" 1", None), ("\u0661", None), ("\u00b2", None)],
)  # fmt: skip
def test_a_whole_number_has_nine_digits_at_most(text: str, number: int | None) -> None:
    assert parse_whole_number(text) == number
