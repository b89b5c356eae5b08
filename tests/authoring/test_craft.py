"""What falls short of good craft is found, at the line and column where it has to be mended."""

import pytest

from authoring.craft import CRAFT, find_faults
from course.checking import checker
from course.problems import Problem
from course.reading.loader import parse_course
from tests.authoring.craft_defects_sets import TESTS
from tests.authoring.craft_defects_texts import FIGURES, WORDS
from tests.authoring.craft_seeds import ROOT, Broken, crafted_texts
from tests.authoring.test_craft_balance import RULES
from tests.authoring.test_craft_items import DEFECTS
from tests.course.seeded import Found, seed

EVERY = (*TESTS, *FIGURES, *WORDS)


def found(texts: dict[str, str]) -> list[Problem]:
    return sorted(find_faults(checker.read_draft(ROOT, texts)))


def places(problems: list[Problem]) -> set[Found]:
    return {Found(problem.file, problem.line, problem.column) for problem in problems}


def test_a_course_of_good_craft_has_no_problem_of_any_kind() -> None:
    course = parse_course(ROOT, crafted_texts())

    assert [module.title for module in course.modules] == ["Water", "Leaves"]
    assert found(crafted_texts()) == []


@pytest.mark.parametrize("broken", EVERY, ids=lambda broken: f"{broken.rule}-{broken.name}")
def test_a_defect_of_craft_is_found_where_it_is_and_nowhere_else(broken: Broken) -> None:
    texts, wanted = seed(broken.edits, crafted_texts())

    problems = found(texts)

    assert places(problems) == wanted, "\n".join(map(str, problems))
    [rule] = [rule for rule in CRAFT if rule.__name__ == broken.rule]
    said = [str(problem) for problem in rule(checker.read_draft(ROOT, texts))]
    assert any(broken.says in one for one in said), "\n".join(said)


@pytest.mark.parametrize("broken", EVERY, ids=lambda broken: f"{broken.rule}-{broken.name}")
def test_the_bot_teaches_a_course_whatever_its_craft_is(broken: Broken) -> None:
    texts, _ = seed(broken.edits, crafted_texts())

    assert parse_course(ROOT, texts).modules


def test_every_rule_is_broken() -> None:
    seeded = {broken.rule for broken in EVERY} | set(DEFECTS)

    assert {rule.__name__ for rule in CRAFT} == seeded | {rule.__name__ for rule in RULES}
