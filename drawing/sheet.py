"""A sheet 1080 pixels wide, and the marks on it.

Places are in pixels from the upper left corner. A sheet holds what is to be painted, in order;
`drawing.painting` paints it and `drawing.checking` looks for what went wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from course import limits
from drawing import lettering
from drawing.lettering import SENTENCE, TITLE, UNDER_TITLE, Paragraph
from drawing.palette import GREEN, OUTLINE, SOFT, WHITE, Colour

WIDTH = limits.PICTURE_WIDTH
"""Pixels."""

MARGIN = 60
INSIDE = WIDTH - 2 * MARGIN
"""The width between the margins."""

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def contains(self, other: "Frame") -> bool:
        """Whether `other` is entirely inside it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: "Frame") -> bool:
        """Whether they overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle with rounded corners.

    Attributes:
        edge: colour of its outline, as thick as `thickness`; none for no outline.
        dashed: whether the outline is.
    """

    frame: Frame
    fill: Colour
    edge: Colour | None = None
    thickness: float = 3
    radius: float = 16
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; with `head` it ends in an arrow."""

    points: tuple[Point, ...]
    colour: Colour = OUTLINE
    thickness: float = 5
    head: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle; `edge` as in `Area`."""

    centre: Point
    radius: float
    fill: Colour
    edge: Colour | None = None
    thickness: float = 3


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text.

    Attributes:
        baseline: what its letters stand on.
    """

    text: str
    left: float
    baseline: float
    paragraph: Paragraph


Mark: TypeAlias = Area | Stroke | Disc | Words


class Sheet:
    """The marks to paint, in order.

    Attributes:
        marks: everything on it, the lowest first.
        paragraphs: every text as it was given, in the order in which it is read.
        height: in pixels; known once `close` was called.
    """

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.paragraphs: list[Paragraph] = []
        self.height = 0

    @property
    def words(self) -> tuple[Words, ...]:
        """Every line of text."""
        return tuple(mark for mark in self.marks if isinstance(mark, Words))

    def add(self, *marks: Mark) -> None:
        """Add `marks` on top of the others."""
        self.marks.extend(marks)

    def write_title(self, title: str, under: str = "") -> float:
        """Write the title, and perhaps a subtitle; return the top of the picture."""
        self.add(Area(Frame(MARGIN, 46, 108, 12), GREEN, radius=6))
        paragraphs = [Paragraph(title, TITLE)]
        if under:
            paragraphs.append(Paragraph(under, UNDER_TITLE, before=8))
        written = self.write(paragraphs, MARGIN, 74, INSIDE)
        return written.bottom + 30

    def write(
        self,
        paragraphs: Sequence[Paragraph],
        left: float,
        top: float,
        width: float,
        align: Literal["left", "centre"] = "left",
    ) -> Frame:
        """Write `paragraphs` below each other; return their frame."""
        column = lettering.lay_out_column(tuple(paragraphs), width, align)
        self.paragraphs.extend(paragraphs)
        for line in column.lines:
            at = Words(line.text, left + line.left, top + line.baseline, line.paragraph)
            self.add(at)
        return Frame(left, top, width, column.height)

    def close(self, top: float, notes: Sequence[str], source: str = "") -> None:
        """Write the notes and, last, the source below a line, and end the sheet."""
        self.add(Stroke(((MARGIN, top), (WIDTH - MARGIN, top)), thickness=2))
        texts = [*notes, *([f"Source: {source}"] if source else [])]
        said = [
            Paragraph(text, SENTENCE, SOFT, before=10 if number else 0)
            for number, text in enumerate(texts)
        ]
        self.height = round(self.write(said, MARGIN, top + 24, INSIDE).bottom + 40)


def background_at(marks: Sequence[Mark], spot: Frame) -> Colour:
    """The background colour at `spot`: of the last area painted there, or white."""
    fills = [mark.fill for mark in marks if isinstance(mark, Area) and mark.frame.contains(spot)]
    return fills[-1] if fills else WHITE
