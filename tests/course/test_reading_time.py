"""How long things take, by their words and questions."""

from dataclasses import replace

import pytest

from course.learning.reading_time import (
    SECONDS_TO_THINK,
    WORDS_A_MINUTE,
    module_minutes,
    reading_seconds,
)
from course.model import Card, CardId
from course.reading.loader import parse_course
from tests.course.seeded import ROOT, clean_texts

TEA = parse_course(ROOT, clean_texts())
LESSON = TEA.modules[0].lessons[0]


def test_a_card_of_a_minute_s_words_takes_a_minute() -> None:
    card = Card(CardId("c"), "<b>Title</b>", "word " * (WORDS_A_MINUTE - 1), ())

    assert reading_seconds(card) == 60


def test_signs_are_not_words() -> None:
    card = Card(CardId("c"), "-", "- <b></b>\n- ...", ())

    assert reading_seconds(card) == 0


def test_a_question_takes_its_reading_and_some_thinking() -> None:
    question = TEA.modules[2].lessons[0].questions[0]

    read = 2 + 2 + 2  # question, two options
    assert reading_seconds(question) == -(-read * 60 // WORDS_A_MINUTE) + SECONDS_TO_THINK


def test_a_whole_takes_about_as_long_as_its_parts() -> None:
    for module in TEA.modules:
        parts = sum(map(reading_seconds, module.cards())) + sum(
            map(reading_seconds, module.questions())
        )
        count = len(list(module.cards())) + len(list(module.questions()))
        assert parts - count <= reading_seconds(module) <= parts
        assert sum(map(reading_seconds, module.lessons)) - len(module.lessons) <= reading_seconds(
            module
        )


@pytest.mark.parametrize(
    ("words", "shown"), [(1, 1), (207, 1), (210, 2), (347, 2), (350, 3)], ids=str
)
def test_minutes_are_the_nearest_and_never_none(words: int, shown: int) -> None:
    card = Card(CardId("c"), "", "word " * words, ())
    module = replace(TEA.modules[0], lessons=(replace(LESSON, cards=(card,), questions=()),))

    assert module_minutes(module) == shown
