"""Exports a course as JSON values, for `tutorbot course --json`."""

from typing import Any

from course.model import Card, Course, Lesson, Module, Option, Question


def course_to_json(course: Course) -> dict[str, Any]:
    """Convert a course to JSON values, in teaching order.

    Texts keep `<b>` and `<i>`; announced modules are left out.
    """
    return {
        "id": course.id,
        "title": course.title,
        "version": course.version,
        "modules": [_module(module) for module in course.modules],
    }


def _module(module: Module) -> dict[str, Any]:
    lessons = [_lesson(lesson) for lesson in module.lessons]
    return {
        "id": module.id,
        "title": module.title,
        "lessons": lessons,
        "questions": [_question(question) for question in module.bank],
    }


def _lesson(lesson: Lesson) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "title": lesson.title,
        "cards": [_card(card) for card in lesson.cards],
        "questions": [_question(question) for question in lesson.questions],
    }


def _card(card: Card) -> dict[str, Any]:
    return {"id": card.id, "title": card.title, "text": card.text}


def _question(question: Question) -> dict[str, Any]:
    options = [_option(option) for option in question.options]
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "objective": question.objective,
        "form": question.form,
        "options": options,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "text": option.text,
        "correct": option.correct,
        "feedback": option.feedback,
    }
