"""Boxes with text, and arrows between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drawing import lettering
from drawing.lettering import Paragraph
from drawing.palette import OUTLINE, WHITE, Colour
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Point, Sheet, Stroke

GAP = 24
"""Between boxes, in pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """Style of a box.

    Attributes:
        pad: room between its edge and its text, in pixels.
        align: of its text.
        hang: whether its text begins at its top; in the middle of its height otherwise.
    """

    fill: Colour = WHITE
    edge: Colour | None = None
    pad: float = 26
    align: Literal["left", "centre"] = "left"
    thickness: float = 3
    dashed: bool = False
    radius: float = 16
    hang: bool = False


def height(paragraphs: Sequence[Paragraph], width: float, look: Look) -> float:
    """Height that a box of `width` needs for `paragraphs`."""
    inside = lettering.lay_out_column(tuple(paragraphs), width - 2 * look.pad, look.align).height
    return inside + 2 * look.pad


def box(
    sheet: Sheet,
    paragraphs: Sequence[Paragraph],
    spot: tuple[float, float, float],
    look: Look,
    least: float = 0,
) -> Frame:
    """Draw a box around `paragraphs`.

    Args:
        spot: its left edge, upper edge and width.
        least: how high it is at least; it grows with its text.
    """
    left, top, width = spot
    needed = height(paragraphs, width, look)
    frame = Frame(left, top, width, max(needed, least))
    sheet.add(Area(frame, look.fill, look.edge, look.thickness, look.radius, look.dashed))
    inside = top + look.pad + (0 if look.hang else (frame.height - needed) / 2)
    sheet.write(paragraphs, left + look.pad, inside, width - 2 * look.pad, look.align)
    return frame


def row(
    sheet: Sheet,
    cells: Sequence[Sequence[Paragraph]],
    spot: tuple[float, float, float],
    look: Look,
) -> Frame:
    """Draw boxes side by side, equal in width and height; return their frame."""
    left, top, width = spot
    each = _share(width, len(cells))
    highest = row_height(cells, width, look)
    for at, cell in enumerate(cells):
        box(sheet, cell, (left + at * (each + GAP), top, each), look, highest)
    return Frame(left, top, width, highest)


def row_height(cells: Sequence[Sequence[Paragraph]], width: float, look: Look) -> float:
    """Height of a row of boxes, by the largest."""
    each = _share(width, len(cells))
    return max(height(cell, each, look) for cell in cells)


def panel(
    sheet: Sheet,
    top: float,
    said: Sequence[Paragraph],
    cells: Sequence[Sequence[Paragraph]],
    looks: tuple[Look, Look],
) -> Frame:
    """Draw a panel as wide as the sheet, with text above a row of boxes.

    Args:
        looks: of the panel, and of the boxes in it.
    """
    outer, inner = looks
    inside = INSIDE - 2 * outer.pad
    above = lettering.lay_out_column(tuple(said), inside).height + GAP / 2
    high = above + row_height(cells, inside, inner) + 2 * outer.pad
    frame = Frame(MARGIN, top, INSIDE, high)
    sheet.add(Area(frame, outer.fill, outer.edge, outer.thickness, outer.radius))
    left = MARGIN + outer.pad
    sheet.write(said, left, top + outer.pad, inside)
    row(sheet, cells, (left, top + outer.pad + above, inside), inner)
    return frame


def write_beside(
    sheet: Sheet, paragraphs: Sequence[Paragraph], left: float, middle: float, width: float
) -> Frame:
    """Write `paragraphs`, vertically centred at `middle`."""
    high = lettering.lay_out_column(tuple(paragraphs), width).height
    return sheet.write(paragraphs, left, middle - high / 2, width)


def arrow(sheet: Sheet, *points: Point, colour: Colour = OUTLINE, thickness: float = 5) -> None:
    """Draw an arrow along `points`."""
    sheet.add(Stroke(points, colour, thickness, head=True))


def _share(width: float, count: int) -> float:
    return (width - GAP * (count - 1)) / count
