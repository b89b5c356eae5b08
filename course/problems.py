"""What is wrong in a course's files, and where; the errors of this package."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an author should mend.

    Attributes:
        file: the file's name, as the course names it or as the reader opened it.
        line: from 1.
        column: in characters, from 1.
        what: what is wrong, as the start of a sentence.
        do: what mends it, in the imperative.
    """

    file: str
    line: int
    column: int
    what: str
    do: str

    def __str__(self) -> str:
        """One line, `file:line:column: what; do`, which editors and terminals can follow."""
        said = " ".join(f"{self.what}; {self.do}".split())
        return f"{self.file}:{self.line}:{self.column}: {said}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; line and column in characters, both from 1."""

    file: str
    line: int
    column: int

    def problem(self, what: str, do: str) -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, self.column, what, do)


class CourseError(Exception):
    """The base of every error of this package."""


class CourseFormatError(CourseError):
    """The course's files cannot be used as they are.

    Attributes:
        problems: every problem found, each once, in the order of file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        counted = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        listed = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"The course has {counted}:\n{listed}")
