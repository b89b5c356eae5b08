"""All checks of a course: format, Telegram's limits, and craft."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from authoring.craft import find_faults
from bot.course_files import (
    load_course,
    load_draft,
    locate_problem,
    resolve_file_names,
)
from bot.i18n import Translators
from bot.operations.telegram_limits import find_oversized
from course.learning.reading_time import module_minutes
from course.model import Course
from course.problems import CourseFormatError, Problem, first_problems


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Result of checking a course.

    Attributes:
        course: `None` when the bot would not start with it.
        problems: the first `MAX_REPORTED`, each once, in the order of file, line and column.
        count: of all problems.
        error_count: how many of them are of more than craft.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    count: int
    error_count: int

    @property
    def summary(self) -> str:
        """How many problems there are, and of which kind."""
        said = f"{self.count:,} problem{'s' if self.count != 1 else ''} in the course."
        return said if self.error_count else f"{said} All are of craft: the bot would teach it."


def check_course(path: Path) -> CheckReport:
    """Check the course at `path`, its root file or the folder of that."""
    course, beyond, serious = None, 0, list[Problem]()
    try:
        course = load_course(path)
    except CourseFormatError as error:
        serious += error.problems
        beyond = error.count - len(error.problems)
    else:
        serious += _find_misfits(path, course)
    found = {*serious, *resolve_file_names(path, find_faults(load_draft(path)))}
    return CheckReport(course, first_problems(found), len(found) + beyond, len(serious) + beyond)


def describe_contents(course: Course) -> str:
    """Describe in a sentence how much `course` contains."""
    lessons = sum(len(module.lessons) for module in course.modules)
    questions = sum(1 for _ in course.questions())
    time = sum(map(module_minutes, course.modules))
    return (
        f"{len(course.modules)} module(s), {lessons} lessons, {questions} questions,"
        f" about {time} minutes."
    )


def _find_misfits(path: Path, course: Course) -> Iterator[Problem]:
    translators = Translators.load()
    found = {
        one
        for tag in translators.languages
        for one in find_oversized(translators.for_language(tag), course)
    }
    for item, what in sorted(found):
        yield locate_problem(path, item, what, "shorten it")
