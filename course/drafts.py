"""A course as its author wrote it: the trees of all its files, whole or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from course.shapes import COURSE, MODULE, SOURCES, Wanted, visits
from course.yamlnodes import Keyed, Node, Page


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules look at.

    Attributes:
        root: the file that names the others.
        modules: the module files that could be found, in teaching order.
        sources: the file of facts; `None` when it could not be found.
        absent: names of files that the root file wants and nobody could find.
        visited: everything that stands where a shape wants something: what is wanted, what stands
            there, and what it is called.
        facts: the facts of the sources, by id; those that are written as keys.
    """

    root: Page
    modules: tuple[Page, ...]
    sources: Page | None
    absent: frozenset[str] = frozenset()
    visited: tuple[tuple[Wanted, Node, str], ...] = field(init=False, repr=False)
    facts: Mapping[str, Keyed] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "visited", tuple(self._visits()))
        object.__setattr__(self, "facts", self._facts())

    def _visits(self) -> Iterator[tuple[Wanted, Node, str]]:
        if self.root.top is not None:
            yield from visits(COURSE, self.root.top, COURSE.called)
        for top in self.tops():
            yield from visits(MODULE, top, MODULE.called)
        if self.sources is not None and self.sources.top is not None:
            yield from visits(SOURCES, self.sources.top, SOURCES.called)

    def pages(self) -> tuple[Page, ...]:
        """All files that were found."""
        return (self.root, *self.modules, *((self.sources,) if self.sources else ()))

    def tops(self) -> Iterator[Keyed]:
        """The keys of each module file that has any."""
        return (page.top for page in self.modules if page.top is not None)

    def lessons(self) -> Iterator[Keyed]:
        """All lessons, in teaching order."""
        return (lesson for top in self.tops() for lesson in top.keyed("lessons"))

    def cards(self) -> Iterator[Keyed]:
        """All cards, in teaching order."""
        return (card for lesson in self.lessons() for card in lesson.keyed("cards"))

    def questions(self) -> Iterator[Keyed]:
        """All questions, in teaching order."""
        return (question for lesson in self.lessons() for question in lesson.keyed("questions"))

    def _facts(self) -> Mapping[str, Keyed]:
        facts = self.sources.top.value("facts") if self.sources and self.sources.top else None
        entries = facts.entries if isinstance(facts, Keyed) else {}
        return {name: value for name, (_, value) in entries.items() if isinstance(value, Keyed)}
