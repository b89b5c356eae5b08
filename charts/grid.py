"""Heat maps by day and hour; darker cells have larger values."""

from charts.layout import centred, foot, mixed, readable, small
from charts.specs import Grid
from drawing.lettering import SMALL, measured
from drawing.palette import GREEN, INK, MIST, SOFT, Colour
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

SHADES = 6
_HIGH = 72  # height of a cell, in pixels
_GAP = 18


def draw(spec: Grid) -> Sheet:
    """Draw a heat map."""
    sheet = Sheet()
    top = sheet.open(spec.title, readable(spec.under))
    labels = max(measured(label, SMALL) for label, _ in spec.rows)
    left = MARGIN + labels + _GAP
    wide = (INSIDE - labels - _GAP) / max(len(values) for _, values in spec.rows)
    most = max((value for _, values in spec.rows for value in values), default=0)
    for label, values in spec.rows:
        small(sheet, label, MARGIN, top + (_HIGH - 40) / 2)
        for at, value in enumerate(values):
            cell = Frame(left + at * wide + 1, top + 1, wide - 2, _HIGH - 2)
            sheet.add(Area(cell, shade(value, most), radius=3))
        top += _HIGH
    for at, text in spec.columns:
        centred(sheet, text, left + at * wide, top + 8)
    centred(sheet, spec.axis, left + (INSIDE - labels - _GAP) / 2, top + 50, INK)
    _legend(sheet, spec, top + 116)
    foot(sheet, top + 180, spec.notes)
    return sheet


def shade(value: int, most: int) -> Colour:
    """Choose one of `SHADES` colours, from nearly white to green."""
    level = 0 if not most else min(SHADES - 1, -(-value * (SHADES - 1) // most))
    return MIST if not level else mixed(GREEN, 0.12 + 0.88 * level / (SHADES - 1))


def _legend(sheet: Sheet, spec: Grid, top: float) -> None:
    left = MARGIN + small(sheet, spec.least, MARGIN, top, SOFT) + _GAP
    for level in range(SHADES):
        cell = Frame(left, top + 2, 46, 34)
        sheet.add(Area(cell, shade(level, SHADES - 1), radius=3))
        left += 50
    small(sheet, spec.most, left + _GAP - 4, top, SOFT)
