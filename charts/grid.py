"""Heat maps by day and hour; darker cells have larger values."""

from charts.layout import mix_colours, replace_missing_glyphs, write_centred, write_small
from charts.specs import Grid
from drawing.lettering import SMALL, text_width
from drawing.palette import GREEN, INK, MIST, SOFT, Colour
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

SHADES = 6
_HIGH = 72  # height of a cell, in pixels
_GAP = 18


def draw(spec: Grid) -> Sheet:
    """Draw a heat map."""
    sheet = Sheet()
    top = sheet.write_title(spec.title, replace_missing_glyphs(spec.subtitle))
    labels = max(text_width(label, SMALL) for label, _ in spec.rows)
    left = MARGIN + labels + _GAP
    wide = (INSIDE - labels - _GAP) / max(len(values) for _, values in spec.rows)
    most = max((value for _, values in spec.rows for value in values), default=0)
    for label, values in spec.rows:
        write_small(sheet, label, MARGIN, top + (_HIGH - 40) / 2)
        for at, value in enumerate(values):
            cell = Frame(left + at * wide + 1, top + 1, wide - 2, _HIGH - 2)
            sheet.add(Area(cell, shade(value, most), radius=3))
        top += _HIGH
    for at, text in spec.columns:
        write_centred(sheet, text, left + at * wide, top + 8)
    write_centred(sheet, spec.axis, left + (INSIDE - labels - _GAP) / 2, top + 50, INK)
    _draw_legend(sheet, spec, top + 116)
    sheet.close(top + 180, spec.notes)
    return sheet


def shade(value: int, most: int) -> Colour:
    """Choose one of `SHADES` colours, from nearly white to green."""
    level = 0 if not most else min(SHADES - 1, -(-value * (SHADES - 1) // most))
    return MIST if not level else mix_colours(GREEN, 0.12 + 0.88 * level / (SHADES - 1))


def _draw_legend(sheet: Sheet, spec: Grid, top: float) -> None:
    left = MARGIN + write_small(sheet, spec.lightest_label, MARGIN, top, SOFT) + _GAP
    for level in range(SHADES):
        cell = Frame(left, top + 2, 46, 34)
        sheet.add(Area(cell, shade(level, SHADES - 1), radius=3))
        left += 50
    write_small(sheet, spec.darkest_label, left + _GAP - 4, top, SOFT)
