"""How long things take, by their words and questions, and how much of it is left."""

from dataclasses import replace

import pytest

from course.learning.next_step import AnswerQuestion, CloseModule, Finished
from course.learning.progress import Progress
from course.learning.reading_time import (
    SECONDS_TO_THINK,
    WORDS_A_MINUTE,
    minutes_left,
    minutes_left_in,
    module_minutes,
    reading_seconds,
    seconds_left,
)
from course.model import Card, CardId, Course
from course.reading.loader import parse_course
from tests.course.examples import AMINA, SMALL, Walker, course, module
from tests.course.seeded import ROOT, clean_texts
from tests.support.running import real_course

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


def test_a_whole_takes_as_long_as_its_parts() -> None:
    for whole in TEA.modules:
        parts = sum(map(reading_seconds, (*whole.cards(), *whole.questions())))
        assert reading_seconds(whole) == parts
        assert reading_seconds(whole) == sum(map(reading_seconds, whole.lessons))


@pytest.mark.parametrize(
    ("words", "shown"), [(1, 1), (207, 1), (210, 2), (347, 2), (350, 3)], ids=str
)
def test_minutes_are_the_nearest_and_never_none(words: int, shown: int) -> None:
    card = Card(CardId("c"), "", "word " * words, ())
    only = replace(TEA.modules[0], lessons=(replace(LESSON, cards=(card,), questions=()),))

    assert module_minutes(only) == shown


@pytest.mark.parametrize("taught", [SMALL, TEA, real_course()], ids=lambda c: c.id)
def test_a_newcomer_has_as_many_minutes_left_as_all_modules_take(taught: Course) -> None:
    in_all = sum(map(module_minutes, taught.modules))

    assert minutes_left(taught, Progress(AMINA)) == in_all
    assert sum(minutes_left_in(module, Progress(AMINA)) for module in taught.modules) == in_all


def test_it_never_grows_while_somebody_learns_and_ends_at_nothing() -> None:
    walker = Walker()
    left = [minutes_left(SMALL, walker.progress)]
    while not isinstance(walker.step, Finished):
        walker.goes_on(right=len(left) % 2 == 0)
        left.append(minutes_left(SMALL, walker.progress))

    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_a_missed_question_still_counts() -> None:
    right, wrong = Walker(), Walker()
    for walker, verdict in ((right, True), (wrong, False)):
        walker.goes_to(AnswerQuestion)
        while isinstance(walker.step, AnswerQuestion):
            walker.answers(right=verdict)
            walker.reads()

    assert seconds_left(SMALL, wrong.progress) > seconds_left(SMALL, right.progress)


def test_a_closed_module_counts_nothing_and_an_empty_one_neither() -> None:
    walker = Walker()
    walker.goes_to(CloseModule)
    walker.reads()

    assert minutes_left(course(SMALL.modules[0], module("empty")), walker.progress) == 0


def test_of_a_module_at_least_a_minute_is_left_until_it_is_closed() -> None:
    walker, first = Walker(), SMALL.modules[0]
    left = [minutes_left_in(first, walker.progress)]
    while not walker.progress.has_closed(first):
        walker.goes_on()
        left.append(minutes_left_in(first, walker.progress))

    assert left[0] == max(1, round(reading_seconds(first) / 60))
    assert left == sorted(left, reverse=True)
    assert left[-2:] == [1, 0]
