"""Texts that speak of danger are noticed; ordinary ones of this course are not."""

# ruff: noqa: RUF001 - words of many scripts
import pytest

from course.danger_phrases import mentions_danger

IN_DANGER = {
    "English": "I want to kill myself",
    "English, with an apostrophe": "I don't want to live any more",
    "English, with a curly apostrophe": "she won’t wake up",
    "English, an overdose": "my friend OVERDOSED",
    "English, in words": "I think he took too much",
    "English, self-harm": "thinking about self-harm again",
    "English, in short": "guy in cell 4 not breathin",
    "English, of somebody else": "he will take his own life tonight",
    "English, of a second-language speaker": "my brother inject and now he is blue",
    "English, not to live": "I see no reason to continue living",
    "Spanish": "Creo que es una sobredosis",
    "Spanish, with accents": "quiero hacerme daño",
    "French": "J'ai envie de mourir",
    "Portuguese": "meu irmão não respira",
    "German": "Ich will sterben",
    "German, with an umlaut": "Ist das eine Überdosis?",
    "Russian": "Я не хочу жить",
    "Russian, an overdose": "у него передоз",
    "Ukrainian": "він не дихає",
    "Arabic": "أريد أن أموت",
    "Persian": "او اوردوز کرده",
    "Chinese": "我真的不想活了",
    "Swahili": "nataka kufa",
    "Indonesian": "saya ingin mati",
}

ORDINARY = (
    "next", "A", "a, c", "What is tolerance?", "The policy was killed in parliament",
    "How many people are in treatment?", "I am dying to know the answer", "muerte",
    "This is too much text", "The deadline is Friday", "I took the test", "diehard", "",
)  # fmt: skip


@pytest.mark.parametrize("text", IN_DANGER.values(), ids=IN_DANGER.keys())
def test_it_notices(text: str) -> None:
    assert mentions_danger(text)


@pytest.mark.parametrize("text", IN_DANGER.values(), ids=IN_DANGER.keys())
def test_it_notices_in_capitals_and_in_the_middle(text: str) -> None:
    assert mentions_danger(f"Hello. {text.upper()}! Please")


@pytest.mark.parametrize("text", ORDINARY)
def test_it_leaves_ordinary_words_alone(text: str) -> None:
    assert not mentions_danger(text)


def test_spaces_and_line_breaks_do_not_hide_it() -> None:
    assert mentions_danger("I want\n to   die")


def test_a_very_long_text_is_read_to_its_end() -> None:
    assert mentions_danger("word " * 1000 + "suicide")
