"""The texts of a course as a learner reads them, each with its place in the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from course import markup
from course.drafts import Draft
from course.problems import Spot
from course.wanted import Text
from course.yamlnodes import Keyed, Scalar

_SEEN = frozenset(
    ("title", "text", "idea", "feedback", "about", "outcome", "closing", "alt", "term")
)
"""What is called so is shown to learners; the other texts are for the program and for authors."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text.

    Attributes:
        text: what it says, without markup; line breaks are the author's.
    """

    scalar: Scalar
    text: str

    @property
    def start(self) -> Spot:
        """Where it starts."""
        return self.scalar.spot

    def spot(self, position: int) -> Spot:
        """Where in the file the word stands that starts at `position` of `text`."""
        return self.scalar.spot_at(markup.origin(self.scalar.text, position))


def passage(scalar: Scalar) -> Passage:
    """The passage that an author wrote as `scalar`."""
    return Passage(scalar, markup.visible(scalar.text))


def passages(of: Keyed, *keys: str) -> tuple[Passage, ...]:
    """Those of the texts behind `keys` that are written."""
    found = (of.scalar(key) for key in keys)
    return tuple(passage(scalar) for scalar in found if scalar is not None)


def seen(draft: Draft) -> Iterator[Passage]:
    """Every text of the course that learners see, in no order."""
    for wanted, node, called in draft.visited:
        if called in _SEEN and isinstance(wanted, Text) and isinstance(node, Scalar) and node.text:
            yield passage(node)
