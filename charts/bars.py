"""Horizontal bar charts, such as the number of people who did each lesson."""

from charts.layout import foot, readable, right_of, small
from charts.specs import Bars
from drawing.lettering import SMALL, STRONG, Paragraph, measured
from drawing.palette import GREEN, INK, ORANGE
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

PITCH = 40
"""From one row to the next, in pixels; 30 rows fit."""

_GAP = 18


def draw(spec: Bars) -> Sheet:
    """Draw a bar chart."""
    sheet = Sheet()
    top = sheet.open(spec.title, readable(spec.under))
    if spec.marked:
        said = [Paragraph(spec.marked, STRONG, ORANGE)]
        top = sheet.write(said, MARGIN, top - 8, INSIDE).bottom + 20
    labels = max((measured(bar.label, SMALL) for bar in spec.bars), default=0)
    numbers = max((measured(bar.said, SMALL) for bar in spec.bars), default=0)
    left = MARGIN + labels + _GAP
    room = INSIDE - labels - numbers - 2 * _GAP
    most = max((bar.value for bar in spec.bars), default=0)
    for bar in spec.bars:
        right_of(sheet, bar.label, MARGIN + labels, top, INK)
        width = max(room * bar.value / most, 3.0) if most and bar.value else 3.0
        colour = ORANGE if bar.is_marked else GREEN
        sheet.add(Area(Frame(left, top + 4, width, PITCH - 12), colour, radius=3))
        small(sheet, bar.said, left + width + _GAP, top, colour if bar.is_marked else INK)
        top += PITCH
    foot(sheet, top + 16, spec.notes)
    return sheet
