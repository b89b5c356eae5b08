"""A course as its author wrote it: the parsed trees of all its files, valid or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course.problems import Problem
from course.reading.course_format import Avoid, Course, Glossary, Sources
from course.reading.module_format import Module
from course.reading.part_model import Part, PartT, read_part
from course.reading.yaml_nodes import YamlFile, YamlMapping


@dataclass(frozen=True, slots=True)
class Image:
    """Size of a PNG file: width and height in pixels, and size in bytes."""

    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """The parsed files of a course, as input of the rules.

    Attributes:
        root: the file that names the others.
        modules: the module files that were found, in teaching order.
        sources: the file of facts; `None` when it was not found.
        missing_files: names of files that the root file names and that were not found.
        glossary: the file of terms; `None` when there is none.
        avoid: the file of words to avoid; `None` when there is none.
        images: the picture files that were looked up, by name; `None` for those that are missing or
            no PNG files.
        facts: the facts of the sources that are mappings, by id.
    """

    root: YamlFile
    modules: tuple[YamlFile, ...]
    sources: YamlFile | None
    missing_files: frozenset[str] = frozenset()
    glossary: YamlFile | None = None
    avoid: YamlFile | None = None
    images: Mapping[str, Image | None] = field(default_factory=dict)
    facts: Mapping[str, YamlMapping] = field(init=False, repr=False)
    _parts: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", self._facts())

    def files_with_formats(self) -> Iterator[tuple[type[Part], YamlFile]]:
        """All files that were found, with the format of each."""
        yield Course, self.root
        yield from ((Module, page) for page in self.modules)
        rest = ((Sources, self.sources), (Glossary, self.glossary), (Avoid, self.avoid))
        yield from ((part, page) for part, page in rest if page is not None)

    def part(self, part: type[PartT], page: YamlFile) -> tuple[PartT | None, Sequence[Problem]]:
        """Read one of the files as `part`, or find what is wrong with it; done once a file."""
        if page.file not in self._parts:
            self._parts[page.file] = read_part(part, page)
        read: tuple[PartT | None, Sequence[Problem]] = self._parts[page.file]
        return read

    def files(self) -> tuple[YamlFile, ...]:
        """All files that were found."""
        return tuple(page for _, page in self.files_with_formats())

    def module_mappings(self) -> Iterator[YamlMapping]:
        """The top-level mapping of each module file that has one."""
        return (page.top for page in self.modules if page.top is not None)

    def lessons(self) -> Iterator[YamlMapping]:
        """All lessons, in teaching order."""
        return (lesson for top in self.module_mappings() for lesson in top.mappings("lessons"))

    def cards(self) -> Iterator[YamlMapping]:
        """All cards, in teaching order."""
        return (card for lesson in self.lessons() for card in lesson.mappings("cards"))

    def questions(self) -> Iterator[YamlMapping]:
        """All questions: for each module those of its lessons, then its bank."""
        for top in self.module_mappings():
            for lesson in top.mappings("lessons"):
                yield from lesson.mappings("questions")
            yield from top.mappings("questions")

    def terms(self) -> Iterator[YamlMapping]:
        """All terms of the glossary."""
        top = self.glossary.top if self.glossary is not None else None
        return iter(()) if top is None else iter(top.mappings("terms"))

    def pictures(self) -> Iterator[YamlMapping]:
        """All pictures: for each module its own, then those of its cards."""
        for top in self.module_mappings():
            things = (
                top,
                *(card for lesson in top.mappings("lessons") for card in lesson.mappings("cards")),
            )
            found = (thing.value("picture") for thing in things)
            yield from (picture for picture in found if isinstance(picture, YamlMapping))

    def further_reading(self) -> tuple[YamlMapping, ...]:
        """The entries of further reading."""
        return tuple(self.root.top.mappings("reading")) if self.root.top is not None else ()

    def cited_items(self) -> Iterator[YamlMapping]:
        """Everything that cites facts."""
        yield from self.cards()
        yield from self.questions()
        yield from self.pictures()
        yield from self.terms()
        yield from self.further_reading()

    def _facts(self) -> Mapping[str, YamlMapping]:
        facts = self.sources.top.value("facts") if self.sources and self.sources.top else None
        entries = facts.entries if isinstance(facts, YamlMapping) else {}
        return {
            name: value for name, (_, value) in entries.items() if isinstance(value, YamlMapping)
        }
