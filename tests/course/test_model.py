"""Looking things up in a course, and saying where they stand."""

import pytest

from course.model import CardId, Course, LessonId, ModuleId, OptionId, QuestionId
from course.reading.loader import parse_course
from tests.course.seeded import ROOT, clean_texts


@pytest.fixture(scope="module")
def tea() -> Course:
    return parse_course(ROOT, clean_texts())


def test_everything_is_found_by_its_id(tea: Course) -> None:
    module = tea.module(ModuleId("m1"))
    lesson = tea.lesson(LessonId("m1l2"))
    card = tea.card(CardId("m1l1c2"))
    question = tea.question(QuestionId("m3l1q1"))

    assert module is tea.modules[0]
    assert lesson is tea.modules[0].lessons[1]
    assert card is tea.modules[0].lessons[0].cards[1]
    assert question is tea.modules[2].lessons[0].questions[0]


def test_an_id_of_another_kind_or_of_nothing_finds_nothing(tea: Course) -> None:
    assert tea.module(ModuleId("m1l1")) is None
    assert tea.module(ModuleId("m1l1c1")) is None
    assert tea.lesson(LessonId("m1")) is None
    assert tea.lesson(LessonId("m1l1q1")) is None
    assert tea.card(CardId("m1l1q1")) is None
    assert tea.question(QuestionId("m1l1c1")) is None
    assert tea.position_of("m1o1") is None
    assert tea.position_of("nothing") is None


def test_modules_that_are_coming_count_in_the_total(tea: Course) -> None:
    place = tea.position_of("m2")

    assert place is not None
    assert (place.module_number, place.modules_total) == (2, 4)
    assert (place.lesson, place.lesson_number, place.lessons_total) == (None, None, 1)
    assert (place.card_number, place.cards_total) == (None, 0)


def test_a_card_knows_its_number_within_its_lesson(tea: Course) -> None:
    place = tea.position_of("m1l1c2")

    assert place is not None
    assert place.lesson is tea.lesson(LessonId("m1l1"))
    assert (place.lesson_number, place.lessons_total) == (1, 2)
    assert (place.card_number, place.cards_total) == (2, 2)


@pytest.mark.parametrize("item", ["m1l2", "m1l2q1"])
def test_a_lesson_and_its_questions_stand_in_the_same_place(tea: Course, item: str) -> None:
    place = tea.position_of(item)

    assert place is not None
    assert place.lesson is tea.modules[0].lessons[1]
    assert (place.lesson_number, place.card_number, place.cards_total) == (2, None, 1)


def test_cards_and_questions_come_in_teaching_order(tea: Course) -> None:
    assert [card.id for card in tea.modules[0].cards()] == ["m1l1c1", "m1l1c2", "m1l2c1"]
    assert [each.id for each in tea.questions()] == [
        *("m1l1q1", "m1l1q2", "m1l2q1", "m2l1q1", "m2l1q2", "m3l1q1")
    ]


def test_letters_go_by_order_and_not_by_id(tea: Course) -> None:
    question = tea.question(QuestionId("m2l1q2"))

    assert question is not None
    assert [question.letter(option.id) for option in question.options] == ["A", "B"]
    assert question.option(OptionId("n")) is question.options[1]
    assert question.option(OptionId("a")) is None
    with pytest.raises(KeyError):
        question.letter(OptionId("a"))


def test_more_than_one_right_option_makes_it_a_question_of_several_answers(tea: Course) -> None:
    one = tea.question(QuestionId("m1l1q1"))
    two = tea.question(QuestionId("m1l2q1"))

    assert one is not None
    assert two is not None
    assert (one.has_several_answers, one.correct) == (False, {"a"})
    assert (two.has_several_answers, two.correct) == (True, {"a", "b"})


def test_cards_and_questions_carry_their_sources_in_the_order_named(tea: Course) -> None:
    card = tea.card(CardId("m1l1c2"))
    question = tea.question(QuestionId("m2l1q1"))

    assert card is not None
    assert question is not None
    assert [fact.id for fact in card.sources] == ["F1", "F3"]
    assert card.sources[0].data is None
    assert (question.sources[0].year, question.sources[0].data) == (2022, "2021")


def test_what_an_author_left_out_has_its_usual_value(tea: Course) -> None:
    without = tea.question(QuestionId("m1l2q1"))
    named = tea.question(QuestionId("m1l1q1"))

    assert without is not None
    assert named is not None
    assert (without.objective, without.kind) == (None, "teach")
    assert named.objective == "m1o1"


def test_two_courses_of_the_same_files_are_the_same(tea: Course) -> None:
    assert parse_course(ROOT, clean_texts()) == tea
    assert hash(parse_course(ROOT, clean_texts())) == hash(tea)
