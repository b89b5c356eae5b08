"""Positions in the course as text."""

from bot.i18n import Translator
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    Step,
)
from course.model import Course, Position


def position_in_course(_: Translator, position: Position) -> str:
    """A position down to the lesson: "Module 1 of 7 · Lesson 2 of 4"."""
    return _(
        "Module {module} of {modules} · Lesson {lesson} of {lessons}",
        module=_.number(position.module_number),
        modules=_.number(position.modules_total),
        lesson=_.number(position.lesson_number or 1),
        lessons=_.number(position.lessons_total),
    )


def short_position(_: Translator, position: Position) -> str:
    """A position in half a line, within a sentence: "module 2, lesson 3"."""
    return _(
        "module {module}, lesson {lesson}",
        module=_.number(position.module_number),
        lesson=_.number(position.lesson_number or 1),
    )


def position_in_module(_: Translator, position: Position) -> str:
    """A position without the number of modules: "Module 2, lesson 3 of 4"."""
    return _(
        "Module {module}, lesson {lesson} of {lessons}",
        module=_.number(position.module_number),
        lesson=_.number(position.lesson_number or 1),
        lessons=_.number(position.lessons_total),
    )


def step_position(_: Translator, course: Course, step: Step) -> str | None:
    """The position of a step; `None` when everything is done."""
    match step:
        case ReadCard(card):
            return position_in_course(_, position_of(course, card.id))
        case AnswerQuestion(question) | SeeFeedback(question):
            return position_in_course(_, position_of(course, question.id))
        case CloseModule(module):
            number = _.number(position_of(course, module.id).module_number)
            return _("The end of module {module}", module=number)
        case Finished():
            return None


def item_position(_: Translator, course: Course, item: str) -> str | None:
    """The position of a card, question, feedback or module; `None` for an unknown item."""
    place = course.position_of(item.partition("#")[0])
    if place is None:
        return None
    if place.lesson is None:
        return _("The end of module {module}", module=_.number(place.module_number))
    return position_in_course(_, place)


def position_of(course: Course, item: str) -> Position:
    """The position of an item that is in the course."""
    place = course.position_of(item)
    assert place is not None, f"{item} comes from this course"
    return place
