"""Lines are broken where they must be, and no word is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering import LABEL, SENTENCE, Paragraph, break_lines, lay_out_column, text_width

texts = st.lists(st.sampled_from(["a", "cup", "of", "water", "boils", "kettle"]), min_size=1).map(
    " ".join
)


@given(texts, st.integers(150, 900), st.booleans())
@settings(max_examples=50)
def test_every_line_fits_and_holds_its_words_in_order(text: str, width: int, even: bool) -> None:
    lines = break_lines(text, LABEL, width, even=even)

    assert " ".join(lines) == text
    assert all(text_width(line, LABEL) <= width for line in lines)


def test_a_word_that_is_wider_than_the_column_stands_alone() -> None:
    assert break_lines("a teakettleholder", LABEL, 100) == ["a", "teakettleholder"]


def test_the_last_line_is_no_lost_word() -> None:
    text = "Water boils in the kettle, and then the tea is made with it"
    width = text_width(text, SENTENCE) - 5

    first, last = break_lines(text, SENTENCE, width)

    assert text_width(last, SENTENCE) >= 0.3 * width
    assert first.startswith("Water boils in the kettle")


def test_a_newline_ends_a_line_and_a_space_that_does_not_break_ends_none() -> None:
    assert break_lines("Tea.\nMilk.", LABEL, 900) == ["Tea.", "Milk."]
    assert break_lines("two\u00a0cups of\u00a0water", LABEL, 10) == [
        "two\u00a0cups",
        "of\u00a0water",
    ]


def test_text_keeps_clear_of_its_sign_in_all_lines() -> None:
    text = "a cup of water that boils"

    sign, first, second = lay_out_column((Paragraph(text, sign="•"),), 300).lines

    assert sign.text == "•"
    assert first.left == second.left > text_width("•", LABEL)
