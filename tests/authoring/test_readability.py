"""Flesch's reading ease: published examples, and words whose syllables a dictionary tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.readability import reading_ease, syllables

ONE = """the judge health used asked looked makes courts drugs those there were through year rule
eight while files lives homes changed freed agreed tried goes does true be she eye pie toe tree
league tongue UNODC WHO ICD-11 14,263 don't DSM-5"""
TWO = """treatment justice offence police defence prison person people needed wanted places measures
sentence release relapse screening social special patient client diet quiet trial prior going trying
seeing table tables safely placement changes agencies' minor nature women million worried review
guidelines creature boxes watches wishes houses causes colleague create studies woman's"""
THREE = """conviction punishment criminal disorder offences probation medicine dependence cannabis
overdose tolerance assessment heroin gradual society's violent period serious various behaviour
agreement created services offices evidence well-being stimulus radius media decision commission
legally element's"""
FOUR = """alternative alternatives prosecutor prosecuted opioid diagnosis situation experience
society community material mediation responsible voluntary information criticism mechanism
confidential priority"""
SPOKEN = {1: ONE, 2: TWO, 3: THREE, 4: FOUR}

MARY = (
    "Even though John is not normally given to a display of his deeper emotions, he allegedly has"
    " developed a profound affection for Mary, as compared to the more equable feelings he seems to"
    " have for Lucy, Fran and, to a lesser extent, Sue."
)


@pytest.mark.parametrize(
    ("text", "published", "within"),
    [
        # Flesch's own, How to Write Plain English, chapter 2, read off a chart and rounded.
        ("John loves Mary.", 92, 1.1),
        ("John has a profound affection for Mary.", 67, 1),
        (MARY, 32, 1),
        # Wikipedia, Flesch-Kincaid readability tests: 13 words with 24 syllables; 6 with 6.
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            37.5,
            0.1,
        ),
        ("The cat sat on the mat.", 116, 0.2),
    ],
    ids=["three words", "seven words", "a long sentence", "a platypus", "a cat"],
)
def test_published_examples_come_out_as_published(
    text: str, published: float, within: float
) -> None:
    assert reading_ease(text) == pytest.approx(published, abs=within)


def test_nearly_every_word_has_the_syllables_that_a_dictionary_tells() -> None:
    told = [(word, count) for count, words in SPOKEN.items() for word in words.split()]

    mistaken = [word for word, count in told if syllables(word) != count]

    assert len(told) > 120
    assert len(mistaken) <= len(told) * 0.05, mistaken


def test_lines_of_a_list_and_paragraphs_are_sentences() -> None:
    assert reading_ease("Look for:\n- a cat\n- a mat") > reading_ease("Look for a cat a mat")
    assert reading_ease("A cat sat\n\nOn a mat") == reading_ease("A cat sat. On a mat.")
    assert reading_ease("A cat sat\non a mat.") == reading_ease("A cat sat on a mat.")


def test_a_decimal_point_ends_no_sentence() -> None:
    assert reading_ease("It was 15.1 percent of it.") == reading_ease("It was 15 percent of it.")


@given(st.text())
def test_every_text_has_a_reading_ease(text: str) -> None:
    assert reading_ease(text) <= 206.835


@given(st.text(min_size=1))
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1
