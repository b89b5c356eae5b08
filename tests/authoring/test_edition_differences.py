"""What an author is told about a new edition."""

from dataclasses import replace

import pytest

from authoring.edition_differences import compare_editions
from course.model import CardId, Course
from course.reminders.rhythm import Rhythm
from tests.course.examples import FIRST, SECOND, SMALL, course, lesson, module, question

ONE, TWO = FIRST.lessons
Q1, Q2 = ONE.questions
CARD, OTHER = ONE.cards


def said(new: Course) -> list[tuple[str, str]]:
    return [
        (each.item_id, each.change) for each in compare_editions(SMALL, replace(new, version="2"))
    ][1:]


def with_one(**changes: object) -> Course:
    """The course with another first lesson."""
    return course(replace(FIRST, lessons=(replace(ONE, **changes), TWO)), SECOND)


def test_the_same_edition_differs_in_nothing() -> None:
    assert compare_editions(SMALL, SMALL) == []


def test_a_change_without_a_number_of_its_own_is_told() -> None:
    [first, *_] = compare_editions(SMALL, with_one(cards=(CARD,)))

    assert first.change.startswith("the version is still 1")


EDITIONS = {
    "a new card": (
        with_one(cards=(CARD, OTHER, replace(CARD, id=CardId("m1l1c3")))),
        [("m1l1c3", "this card is new")],
    ),
    "another text": (
        with_one(cards=(replace(CARD, text="Other."), OTHER)),
        [("m1l1c1", "this card has another text")],
    ),
    "another source": (
        with_one(cards=(replace(CARD, sources=()), OTHER)),
        [("m1l1c1", "this card has other sources or another picture")],
    ),
    "other reminders": (
        replace(SMALL, rhythm=Rhythm(reminder_minute=540)),
        [("c", "reminders come at other times or in other words")],
    ),
    "a card taken out": (with_one(cards=(CARD,)), [("m1l1c2", "this card is taken out")]),
    "another key": (
        with_one(questions=(question("m1q1", "b"), Q2)),
        [("m1q1", "another answer is right: b, not a")],
    ),
    "an option taken out": (
        with_one(questions=(question("m1q1", "a", "ab"), Q2)),
        [("m1q1", "option c is taken out"), ("m1q1", "this question has other words")],
    ),
    "other words": (
        with_one(questions=(replace(Q1, idea="Another."), Q2)),
        [("m1q1", "this question has other words")],
    ),
    "another objective": (
        with_one(questions=(replace(Q1, kind="bank"), Q2)),
        [("m1q1", "this question has other sources, objective or kind")],
    ),
    "a module more": (
        course(FIRST, SECOND, module("m3", lesson("m3l1"))),
        [("m3", 'the module "Module m3" is new')],
    ),
    "a module less": (
        course(FIRST),
        [
            ("m2", 'the module "Module m2" is taken out'),
            ("m2l1c1", "this card is taken out"),
            ("m2q1", "this question is taken out"),
        ],
    ),
    "another order": (course(SECOND, FIRST), [("c", "modules stand in another order")]),
    "a lesson moved": (
        course(replace(FIRST, lessons=(ONE,)), replace(SECOND, lessons=(TWO, *SECOND.lessons))),
        [
            ("m1l2c1", "it moves from module m1 to m2"),
            ("m1q3", "it moves from module m1 to m2"),
        ],
    ),
    "a question for tests": (
        course(replace(FIRST, bank=(replace(question("m1b1"), kind="bank"),)), SECOND),
        [("m1b1", "a question of the kind bank is new")],
    ),
    "the id of a card given to a question": (
        with_one(cards=(CARD,), questions=(question("m1l1c2"), Q1, Q2)),
        [("m1l1c2", "a card and a question have the same id")],
    ),
}


@pytest.mark.parametrize(("new", "wanted"), EDITIONS.values(), ids=EDITIONS.keys())
def test_each_change_is_named(new: Course, wanted: list[tuple[str, str]]) -> None:
    assert said(new) == wanted


def test_a_new_key_says_what_becomes_of_everybody() -> None:
    new = with_one(questions=(question("m1q1", "b"), Q2))

    [noticed] = [each.effect for each in compare_editions(SMALL, new) if each.item_id == "m1q1"]

    assert noticed.startswith("Learners who passed it keep that.")
