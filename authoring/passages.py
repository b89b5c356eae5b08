"""The texts of a course as learners read them, with their locations in the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from course import markup
from course.problems import SourceLocation
from course.reading.author_files import CourseDraft
from course.reading.expected import ExpectedText
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_SHOWN_KEYS = frozenset(
    ("title", "text", "idea", "feedback", "about", "outcome", "closing", "alt", "term")
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
    for wanted, node, called in draft.expected_nodes:
        if (
            called in _SHOWN_KEYS
            and isinstance(wanted, ExpectedText)
            and isinstance(node, YamlScalar)
            and node.text
        ):
            yield make_passage(node)
