"""Horizontal bar charts, such as the number of people who did each lesson."""

from charts.layout import replace_missing_glyphs, write_right_aligned, write_small
from charts.specs import Bars
from drawing.lettering import SMALL, STRONG, Paragraph, text_width
from drawing.palette import GREEN, INK, ORANGE
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

PITCH = 40
"""From one row to the next, in pixels; 30 rows fit."""

_GAP = 18


def draw(spec: Bars) -> Sheet:
    """Draw a bar chart."""
    sheet = Sheet()
    top = sheet.write_title(spec.title, replace_missing_glyphs(spec.subtitle))
    if spec.highlight_label:
        said = [Paragraph(spec.highlight_label, STRONG, ORANGE)]
        top = sheet.write(said, MARGIN, top - 8, INSIDE).bottom + 20
    labels = max((text_width(bar.label, SMALL) for bar in spec.bars), default=0)
    numbers = max((text_width(bar.value_text, SMALL) for bar in spec.bars), default=0)
    left = MARGIN + labels + _GAP
    room = INSIDE - labels - numbers - 2 * _GAP
    most = max((bar.value for bar in spec.bars), default=0)
    for bar in spec.bars:
        write_right_aligned(sheet, bar.label, MARGIN + labels, top, INK)
        width = max(room * bar.value / most, 3.0) if most and bar.value else 3.0
        colour = ORANGE if bar.is_highlighted else GREEN
        sheet.add(Area(Frame(left, top + 4, width, PITCH - 12), colour, radius=3))
        write_small(
            sheet, bar.value_text, left + width + _GAP, top, colour if bar.is_highlighted else INK
        )
        top += PITCH
    sheet.close(top + 16, spec.notes)
    return sheet
