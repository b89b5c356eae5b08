"""Craft rules on coverage: objectives are taught and tested, and lessons and cases have a size."""

from collections import Counter
from collections.abc import Iterator

from authoring.question_items import items_of_module, readable_items
from course import limits
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlSequence

MIN_CASE_WORDS, MAX_CASE_WORDS = 40, 80
"""Bounds of the words of a case: enough for a person and a problem, read in half a minute."""

_CARDS = (2, 4)
_QUESTIONS = (1, 2)
_FORMS = ("form-a", "form-b")


def questions_name_their_objective(draft: CourseDraft) -> Iterator[Problem]:
    """Every question names the objective that it asks for."""
    for question in draft.questions():
        if "objective" not in question.entries and not question.is_truncated:
            yield question.location.problem(
                "this question names no objective", "add objective: and its id"
            )


def objectives_are_asked_for(draft: CourseDraft) -> Iterator[Problem]:
    """Every objective is asked for by a question of its lessons or of the bank."""
    for top in _whole(draft):
        asked = {
            item.question.text("objective")
            for item in items_of_module(top)
            if item.kind not in _FORMS
        }
        for objective in top.mappings("objectives"):
            if (name := objective.text("id")) and name not in asked:
                what = f"no question of the lessons or the bank asks for {name}"
                yield objective.location_of("id").problem(what, "write one, or drop the objective")


def forms_are_alike(draft: CourseDraft) -> Iterator[Problem]:
    """A module with test forms has as many questions of form a as of form b for each objective."""
    for top in _whole(draft):
        kinds = Counter(
            (item.question.text("objective"), item.kind) for item in items_of_module(top)
        )
        if not any(kind in _FORMS for _, kind in kinds):
            continue
        for objective in top.mappings("objectives"):
            name = objective.text("id")
            first, second = (kinds[name, form] for form in _FORMS)
            if name and (first != second or not first):
                what = f"{name} has {first} of form-a and {second} of form-b"
                do = "write at least one of each, and as many of one as of the other"
                yield objective.location_of("id").problem(what, do)


def cases_are_cases(draft: CourseDraft) -> Iterator[Problem]:
    """A question with a role is a case: its text has 40 to 80 words."""
    for item in readable_items(draft):
        count = limits.count_words(item.text)
        if item.question.text("role") and not MIN_CASE_WORDS <= count <= MAX_CASE_WORDS:
            what = f"this case has {count} words"
            do = f"tell it in {MIN_CASE_WORDS} to {MAX_CASE_WORDS}, or leave out its role"
            yield item.stem.start.problem(what, do)


def lessons_are_short(draft: CourseDraft) -> Iterator[Problem]:
    """A lesson has two to four cards and one or two questions."""
    for lesson in draft.lessons():
        for key, (least, most) in (("cards", _CARDS), ("questions", _QUESTIONS)):
            listed = lesson.value(key)
            if not isinstance(listed, YamlSequence) or listed.is_truncated:
                continue
            if not least <= (count := len(listed.items)) <= most:
                what = f"this lesson has {count} {key if count > 1 else key[:-1]}"
                yield lesson.location_of(key).problem(what, f"give it {least} to {most}")


def _whole(draft: CourseDraft) -> Iterator[YamlMapping]:
    """The modules that could be read to their end."""
    return (top for top in draft.module_mappings() if not top.is_truncated)
