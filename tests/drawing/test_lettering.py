"""Lines are broken where they must be, and no word is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering import LABEL, SENTENCE, Paragraph, broken, column, measured

texts = st.lists(st.sampled_from(["a", "cup", "of", "water", "boils", "kettle"]), min_size=1).map(
    " ".join
)


@given(texts, st.integers(150, 900), st.booleans())
@settings(max_examples=50)
def test_every_line_fits_and_holds_its_words_in_order(text: str, width: int, even: bool) -> None:
    lines = broken(text, LABEL, width, even=even)

    assert " ".join(lines) == text
    assert all(measured(line, LABEL) <= width for line in lines)


def test_a_word_that_is_wider_than_the_column_stands_alone() -> None:
    assert broken("a teakettleholder", LABEL, 100) == ["a", "teakettleholder"]


def test_the_last_line_is_no_lost_word() -> None:
    text = "Water boils in the kettle, and then the tea is made with it"
    width = measured(text, SENTENCE) - 5

    first, last = broken(text, SENTENCE, width)

    assert measured(last, SENTENCE) >= 0.3 * width
    assert first.startswith("Water boils in the kettle")


def test_a_newline_ends_a_line_and_a_space_that_does_not_break_ends_none() -> None:
    assert broken("Tea.\nMilk.", LABEL, 900) == ["Tea.", "Milk."]
    assert broken("two\u00a0cups of\u00a0water", LABEL, 10) == ["two\u00a0cups", "of\u00a0water"]


def test_text_keeps_clear_of_its_sign_in_all_lines() -> None:
    text = "a cup of water that boils"

    sign, first, second = column((Paragraph(text, sign="•"),), 300).lines

    assert sign.text == "•"
    assert first.left == second.left > measured("•", LABEL)
