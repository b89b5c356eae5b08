"""All checks of a course: format, Telegram's limits, and craft."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from authoring.craft import faults
from bot.course_files import (
    draft_course,
    load_course,
    named_from_here,
    problem_at,
)
from bot.i18n import Voices
from bot.operations.telegram_limits import misfits
from course.learning.reading_time import minutes
from course.model import Course
from course.problems import CourseFormatError, Problem, first


@dataclass(frozen=True, slots=True)
class Checked:
    """Result of checking a course.

    Attributes:
        course: `None` when the bot would not start with it.
        problems: the first `MOST`, each once, in the order of file, line and column.
        count: of all problems.
        serious: how many of them are of more than craft.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    count: int
    serious: int

    @property
    def summary(self) -> str:
        """How many problems there are, and of which kind."""
        said = f"{self.count:,} problem{'s' if self.count != 1 else ''} in the course."
        return said if self.serious else f"{said} All are of craft: the bot would teach it."


def checked(path: Path) -> Checked:
    """Check the course at `path`, its root file or the folder of that."""
    course, beyond, serious = None, 0, list[Problem]()
    try:
        course = load_course(path)
    except CourseFormatError as error:
        serious += error.problems
        beyond = error.count - len(error.problems)
    else:
        serious += _misfits(path, course)
    found = {*serious, *named_from_here(path, faults(draft_course(path)))}
    return Checked(course, first(found), len(found) + beyond, len(serious) + beyond)


def contents(course: Course) -> str:
    """Describe in a sentence how much `course` contains."""
    lessons = sum(len(module.lessons) for module in course.modules)
    questions = sum(1 for _ in course.questions())
    time = sum(map(minutes, course.modules))
    return (
        f"{len(course.modules)} module(s), {lessons} lessons, {questions} questions,"
        f" about {time} minutes."
    )


def _misfits(path: Path, course: Course) -> Iterator[Problem]:
    voices = Voices.load()
    found = {one for tag in voices.languages for one in misfits(voices.of(tag), course)}
    for item, what in sorted(found):
        yield problem_at(path, item, what, "shorten it")
