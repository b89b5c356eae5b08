"""A course as its author wrote it: the parsed trees of all its files, valid or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from course.reading.course_format import (
    AVOID,
    COURSE,
    GLOSSARY,
    MODULE,
    SOURCES,
)
from course.reading.expected import Keys, Wanted, visits
from course.reading.yaml_nodes import Keyed, Node, Page


@dataclass(frozen=True, slots=True)
class Image:
    """Size of a PNG file: width and height in pixels, and size in bytes."""

    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The parsed files of a course, as input of the rules.

    Attributes:
        root: the file that names the others.
        modules: the module files that were found, in teaching order.
        sources: the file of facts; `None` when it was not found.
        absent: names of files that the root file names and that were not found.
        glossary: the file of terms; `None` when there is none.
        avoid: the file of words to avoid; `None` when there is none.
        images: the picture files that were looked up, by name; `None` for those that are missing or
            no PNG files.
        visited: what is expected, the node and its name, for every place of the format.
        facts: the facts of the sources that are mappings, by id.
    """

    root: Page
    modules: tuple[Page, ...]
    sources: Page | None
    absent: frozenset[str] = frozenset()
    glossary: Page | None = None
    avoid: Page | None = None
    images: Mapping[str, Image | None] = field(default_factory=dict)
    visited: tuple[tuple[Wanted, Node, str], ...] = field(init=False, repr=False)
    facts: Mapping[str, Keyed] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "visited", tuple(self._visits()))
        object.__setattr__(self, "facts", self._facts())

    def _visits(self) -> Iterator[tuple[Wanted, Node, str]]:
        for shape, page in self._shaped():
            if page.top is not None:
                yield from visits(shape, page.top, shape.called)

    def _shaped(self) -> Iterator[tuple[Keys, Page]]:
        yield COURSE, self.root
        yield from ((MODULE, page) for page in self.modules)
        rest = ((SOURCES, self.sources), (GLOSSARY, self.glossary), (AVOID, self.avoid))
        yield from ((shape, page) for shape, page in rest if page is not None)

    def pages(self) -> tuple[Page, ...]:
        """All files that were found."""
        return tuple(page for _, page in self._shaped())

    def tops(self) -> Iterator[Keyed]:
        """The top-level mapping of each module file that has one."""
        return (page.top for page in self.modules if page.top is not None)

    def lessons(self) -> Iterator[Keyed]:
        """All lessons, in teaching order."""
        return (lesson for top in self.tops() for lesson in top.keyed("lessons"))

    def cards(self) -> Iterator[Keyed]:
        """All cards, in teaching order."""
        return (card for lesson in self.lessons() for card in lesson.keyed("cards"))

    def questions(self) -> Iterator[Keyed]:
        """All questions: for each module those of its lessons, then its bank."""
        for top in self.tops():
            for lesson in top.keyed("lessons"):
                yield from lesson.keyed("questions")
            yield from top.keyed("questions")

    def terms(self) -> Iterator[Keyed]:
        """All terms of the glossary."""
        top = self.glossary.top if self.glossary is not None else None
        return iter(()) if top is None else iter(top.keyed("terms"))

    def pictures(self) -> Iterator[Keyed]:
        """All pictures: for each module its own, then those of its cards."""
        for top in self.tops():
            things = (
                top,
                *(card for lesson in top.keyed("lessons") for card in lesson.keyed("cards")),
            )
            found = (thing.value("picture") for thing in things)
            yield from (picture for picture in found if isinstance(picture, Keyed))

    def pointers(self) -> tuple[Keyed, ...]:
        """The entries of further reading."""
        return tuple(self.root.top.keyed("reading")) if self.root.top is not None else ()

    def sourced(self) -> Iterator[Keyed]:
        """Everything that cites facts."""
        yield from self.cards()
        yield from self.questions()
        yield from self.pictures()
        yield from self.terms()
        yield from self.pointers()

    def _facts(self) -> Mapping[str, Keyed]:
        facts = self.sources.top.value("facts") if self.sources and self.sources.top else None
        entries = facts.entries if isinstance(facts, Keyed) else {}
        return {name: value for name, (_, value) in entries.items() if isinstance(value, Keyed)}
