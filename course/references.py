"""Facts with their publications, and the pictures, terms and further reading that cite them."""

from dataclasses import dataclass
from typing import NewType

FactId = NewType("FactId", str)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the course, with its publication.

    Attributes:
        says: the fact in one sentence; for authors, not shown to learners.
        year: year of publication.
        locator: page or section of the publication.
        url: an https address.
        data: year or years of the figures; `None` when there are none.
        confidence: how well it was checked: seed, verified, verified-2nd, recalled or derived.
    """

    id: FactId
    says: str
    publication: str
    publisher: str
    year: int
    locator: str
    url: str
    data: str | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the course.

    Attributes:
        file: path relative to the course's folder, with /.
        alt: text alternative with everything that it shows.
    """

    file: str
    alt: str
    sources: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary.

    Attributes:
        also: other names and spellings.
    """

    term: str
    text: str
    sources: tuple[Fact, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FurtherReading:
    """An entry of further reading, with its sources."""

    text: str
    sources: tuple[Fact, ...]
