"""What an author can do wrong is found, at the line and column where it has to be mended."""

import pytest

from bot.course_files import load_course
from course.problems import Problem
from course.reading.loader import CourseFormatError, parse_course
from tests.course.seeded import ALONE, CLEAN, ROOT, TOGETHER, Defect, Found, clean_texts, seed


def problems(texts: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(CourseFormatError) as caught:
        parse_course(ROOT, texts)
    return caught.value.problems


def places(found: tuple[Problem, ...]) -> list[Found]:
    return [Found(problem.file, problem.line, problem.column) for problem in found]


def test_a_clean_course_has_no_problem() -> None:
    course = parse_course(ROOT, clean_texts())

    assert [module.title for module in course.modules] == ["Leaves", "Water", "Cups"]
    assert load_course(CLEAN) == course


@pytest.mark.parametrize("defect", [*TOGETHER, *ALONE], ids=lambda defect: defect.name)
def test_a_defect_is_found_where_it_is_and_nowhere_else(defect: Defect) -> None:
    texts, wanted = seed([defect])

    found = problems(texts)

    assert places(found) == sorted(wanted), "\n".join(map(str, found))
    assert any(defect.says in str(problem) for problem in found), "\n".join(map(str, found))


def test_all_defects_at_once_are_all_found_and_nothing_else() -> None:
    texts, wanted = seed(TOGETHER)

    found = problems(texts)

    assert len(wanted) > len(TOGETHER) >= 50
    assert places(found) == sorted(wanted), "\n".join(map(str, found))
    for defect in TOGETHER:
        assert any(defect.says in str(problem) for problem in found), defect.name


def test_problems_come_in_the_order_of_files_and_lines_each_once() -> None:
    texts, _ = seed(TOGETHER)

    found = problems(texts)

    assert list(found) == sorted(set(found))


def test_a_problem_is_one_line_that_editors_can_follow() -> None:
    problem = Problem("modules/1.yaml", 3, 7, "this is\nwrong", "mend it")

    assert str(problem) == "modules/1.yaml:3:7: this is wrong; mend it"
