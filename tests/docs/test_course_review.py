"""docs/course-review.md names, lesson by lesson, exactly the facts that the course stands on."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from course.model import Card, Course, Module, Question
from course.references import Fact
from tests.support.running import real_course

ROOT = Path(__file__).parents[2]
REVIEW = (ROOT / "docs" / "course-review.md").read_text("utf-8")
COURSE = real_course()


def rows(module: Module) -> Iterator[str]:
    """The table of one module: where, which objectives, what cards and questions rest on."""
    for lesson in module.lessons:
        asked = lesson.questions
        yield _row(f"{lesson.id} {lesson.title}", _objectives(asked), lesson.cards, asked)
    for name, kinds in (("bank", {"bank"}), ("forms A and B", {"form-a", "form-b"})):
        kept = [question for question in module.bank if question.kind in kinds]
        yield _row(name, _objectives(kept), (), kept)


def _row(where: str, objectives: str, cards: Iterable[Card], questions: Iterable[Question]) -> str:
    return f"| {where} | {objectives} | {_facts(cards)} | {_facts(questions)} |"


def _objectives(questions: Iterable[Question]) -> str:
    return " ".join(sorted({str(question.objective) for question in questions}))


def _facts(things: Iterable[Card | Question]) -> str:
    found = {fact.id: fact for thing in things for fact in thing.sources}
    return " ".join(fact.id for fact in sorted(found.values(), key=_by_number)) or "-"


def _by_number(fact: Fact) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, fact.id))), fact.id


def used(course: Course, confidence: str) -> set[str]:
    """The facts of that confidence that a card or question stands on."""
    things = [
        thing
        for module in course.modules
        for thing in (*module.cards(), *module.questions(), *module.bank)
    ]
    return {f.id for thing in things for f in thing.sources if f.confidence == confidence}


def test_every_lesson_is_listed_with_its_facts() -> None:
    missing = [row for module in COURSE.modules for row in rows(module) if row not in REVIEW]

    assert missing == []


def test_every_objective_is_in_the_outline() -> None:
    for module in COURSE.modules:
        assert f"**{module.title}**" in REVIEW
        assert all(f"{o.id} {o.text}" in REVIEW for o in module.objectives)


def test_every_fact_from_memory_is_named_for_an_expert() -> None:
    listed = REVIEW.split("## Facts from memory")[1].split("\n## ")[0]

    assert {fact for fact in used(COURSE, "recalled") if f"| {fact} |" not in listed} == set()
