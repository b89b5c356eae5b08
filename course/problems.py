"""Problems in a course's files, with their locations, and the errors of this package."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem that an author should fix.

    Attributes:
        file: the file's name, as given in the course or as it was opened.
        line: from 1.
        column: in characters, from 1.
        what: the problem, as the start of a sentence.
        do: the fix, in the imperative.
    """

    file: str
    line: int
    column: int
    what: str
    do: str

    def __str__(self) -> str:
        """Format as `file:line:column: what; do`, which editors can follow."""
        said = " ".join(f"{self.what}; {self.do}".split())
        return f"{self.file}:{self.line}:{self.column}: {said}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A location in a file; line and column in characters, both from 1."""

    file: str
    line: int
    column: int

    def problem(self, what: str, do: str) -> Problem:
        """Make a problem at this location."""
        return Problem(self.file, self.line, self.column, what, do)


class CourseError(Exception):
    """Base of all errors of this package."""


class CourseFormatError(CourseError):
    """The course's files are not valid.

    Attributes:
        problems: every problem found, each once, by file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        counted = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        listed = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"The course has {counted}:\n{listed}")
