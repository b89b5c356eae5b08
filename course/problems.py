"""Problems in a course's files, with their locations, and the errors of this package."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

MAX_REPORTED = 200
"""Problems that are told; of those beyond only the number is."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem that an author should fix.

    Attributes:
        file: the file's name, as given in the course or as it was opened.
        line: from 1.
        column: in characters, from 1.
        what: the problem, as the start of a sentence.
        fix: the fix, in the imperative.
    """

    file: str
    line: int
    column: int
    what: str
    fix: str

    def __str__(self) -> str:
        """Format as `file:line:column: what; fix`, which editors can follow."""
        said = " ".join(f"{self.what}; {self.fix}".split())
        return f"{self.file}:{self.line}:{self.column}: {said}"


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A location in a file; line and column in characters, both from 1."""

    file: str
    line: int
    column: int

    def problem(self, what: str, fix: str) -> Problem:
        """Make a problem at this location."""
        return Problem(self.file, self.line, self.column, what, fix)


class CourseError(Exception):
    """Base of all errors of this package."""


class CourseFormatError(CourseError):
    """The course's files are not valid.

    Attributes:
        problems: the first `MAX_REPORTED`, each once, by file, line and column.
        count: of all problems.
    """

    def __init__(self, problems: Iterable[Problem], beyond: int = 0) -> None:
        found = set(problems)
        self.problems = first_problems(found)
        self.count = len(found) + beyond
        counted = "1 problem" if self.count == 1 else f"{self.count:,} problems"
        listed = "\n".join(format_problems(self.problems, self.count))
        super().__init__(f"The course has {counted}:\n{listed}")


def first_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first `MAX_REPORTED` of `problems`, in the order of file, line and column."""
    return tuple(nsmallest(MAX_REPORTED, problems))


def format_problems(problems: Collection[Problem], count: int) -> Iterator[str]:
    """A line for each of `problems`, and one for those of `count` that are not among them."""
    yield from map(str, problems)
    if count > len(problems):
        yield f"and {count - len(problems):,} more: mend these first."
