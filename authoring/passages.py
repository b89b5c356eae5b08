"""The texts of a course as learners read them, with their locations in the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from course import markup
from course.problems import Spot
from course.reading.author_files import Draft
from course.reading.expected import Text
from course.reading.yaml_nodes import Keyed, Scalar

_SEEN = frozenset(
    ("title", "text", "idea", "feedback", "about", "outcome", "closing", "alt", "term")
)
"""Keys whose texts are shown to learners; other texts are for the program and for authors."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its location.

    Attributes:
        text: without markup; line breaks are the author's.
    """

    scalar: Scalar
    text: str

    @property
    def start(self) -> Spot:
        """Location of its start."""
        return self.scalar.spot

    def spot(self, position: int) -> Spot:
        """Location in the file of the word at `position` of `text`."""
        return self.scalar.spot_at(markup.origin(self.scalar.text, position))


def passage(scalar: Scalar) -> Passage:
    """Make a passage of a YAML scalar."""
    return Passage(scalar, markup.visible(scalar.text))


def passages(of: Keyed, *keys: str) -> tuple[Passage, ...]:
    """Make passages of the values of `keys`, those that exist."""
    found = (of.scalar(key) for key in keys)
    return tuple(passage(scalar) for scalar in found if scalar is not None)


def seen(draft: Draft) -> Iterator[Passage]:
    """All texts of the course that learners see, in no order."""
    for wanted, node, called in draft.visited:
        if called in _SEEN and isinstance(wanted, Text) and isinstance(node, Scalar) and node.text:
            yield passage(node)
