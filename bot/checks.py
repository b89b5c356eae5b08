"""All checks of a course: format, Telegram's limits, and craft."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.coursefiles import draft_course, load_course, named_from_here, problem_at
from bot.rendering.fitting import misfits
from bot.voice import Voices
from course.craft import faults
from course.model import Course
from course.problems import CourseFormatError, Problem
from course.timing import minutes


@dataclass(frozen=True, slots=True)
class Checked:
    """Result of checking a course.

    Attributes:
        course: `None` when the bot would not start with it.
        problems: each once, ordered by file, line and column.
        error_count: how many of them concern more than craft.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    serious: int

    @property
    def summary(self) -> str:
        """Number and severity of the problems, as a sentence."""
        count = len(self.problems)
        said = f"{count} problem{'s' if count != 1 else ''} in the course."
        return said if self.serious else f"{said} All are of craft: the bot would teach it."


def checked(path: Path) -> Checked:
    """Check the course at `path`, its root file or the folder that holds it."""
    course, serious = None, list[Problem]()
    try:
        course = load_course(path)
    except CourseFormatError as error:
        serious += error.problems
    else:
        serious += _misfits(path, course)
    craft = named_from_here(path, faults(draft_course(path)))
    return Checked(course, tuple(sorted({*serious, *craft})), len(serious))


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
