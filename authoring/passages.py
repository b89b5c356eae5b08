"""The texts of a course as learners read them, with their locations in the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from course import markup
from course.problems import SourceLocation
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import InvalidNode, Node, YamlMapping, YamlScalar, YamlSequence

_SHOWN_KEYS = frozenset(
    ("title", "text", "idea", "feedback", "about", "outcomes", "closing", "alt", "term")
)
"""Keys whose texts are shown to learners; other texts are for the program and for authors."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its location.

    Attributes:
        text: without markup; line breaks are the author's.
    """

    scalar: YamlScalar
    text: str

    @property
    def start(self) -> SourceLocation:
        """Location of its start."""
        return self.scalar.location

    def location_at(self, position: int) -> SourceLocation:
        """Location in the file of the word at `position` of `text`."""
        return self.scalar.location_at(markup.source_position(self.scalar.text, position))


def make_passage(scalar: YamlScalar) -> Passage:
    """Make a passage of a YAML scalar."""
    return Passage(scalar, markup.strip_markup(scalar.text))


def make_passages(of: YamlMapping, *keys: str) -> tuple[Passage, ...]:
    """Make passages of the values of `keys`, those that exist."""
    found = (of.scalar(key) for key in keys)
    return tuple(make_passage(scalar) for scalar in found if scalar is not None)


def learner_texts(draft: CourseDraft) -> Iterator[Passage]:
    """All texts of the course that learners see, in no order."""
    tops = (page.top for page in draft.files() if page.top is not None)
    return (make_passage(scalar) for top in tops for scalar in _shown_scalars(top, ""))


def _shown_scalars(node: Node, key: str) -> Iterator[YamlScalar]:
    match node:
        case YamlScalar():
            if key in _SHOWN_KEYS and node.text:
                yield node
        case YamlSequence():
            for item in node.items:
                yield from _shown_scalars(item, key)
        case YamlMapping():
            for name, (_, value) in node.entries.items():
                yield from _shown_scalars(value, name)
        case InvalidNode():
            pass
