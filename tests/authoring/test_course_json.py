"""The course as JSON: the keys that other programs rely on."""

import json

from authoring.course_json import course_to_json
from course.reading.loader import parse_course
from tests.course.seeded import ROOT, clean_texts

TEA = parse_course(ROOT, clean_texts())


def test_the_shape_is_the_one_that_was_promised() -> None:
    published = course_to_json(TEA)

    module = published["modules"][0]
    lesson = module["lessons"][0]
    assert list(published) == ["id", "title", "version", "modules"]
    assert list(module) == ["id", "title", "lessons", "questions"]
    assert list(lesson) == ["id", "title", "cards", "questions"]
    assert list(lesson["cards"][0]) == ["id", "title", "text"]
    asked = lesson["questions"][0]
    assert list(asked) == ["id", "text", "kind", "objective", "form", "options"]


def test_options_say_which_is_right_and_why() -> None:
    option = course_to_json(TEA)["modules"][1]["lessons"][0]["questions"][1]["options"][0]

    assert option == {"id": "y", "text": "A cup", "correct": True, "feedback": "It does."}


def test_everything_is_there_in_order_and_survives_json() -> None:
    published = json.loads(json.dumps(course_to_json(TEA)))

    lessons = [lesson for module in published["modules"] for lesson in module["lessons"]]
    assert [module["id"] for module in published["modules"]] == ["m1", "m2", "m3"]
    assert sum(len(lesson["cards"]) for lesson in lessons) == 6
    assert [question["id"] for lesson in lessons for question in lesson["questions"]] == [
        question.id for question in TEA.questions()
    ]
