"""Layout shared by all charts: labels and scales."""

import re
from functools import cache
from math import ceil, floor, log10
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from drawing.lettering import SMALL, Paragraph, Style, text_width
from drawing.palette import INK, SOFT, WHITE, Colour
from drawing.sheet import WIDTH, Sheet

GRID_LINE = Colour("#D5DCDE")
"""Colour of grid lines, in the background."""

BLUE, PURPLE = Colour("#005A8F"), Colour("#7A3268")
"""Further colours of Okabe and Ito's palette, darkened as in `drawing.palette`."""


def write_small(sheet: Sheet, text: str, left: float, top: float, colour: Colour = INK) -> float:
    """Write a short text on one line; return its width in pixels."""
    width = text_width(text, SMALL)
    sheet.write([Paragraph(text, SMALL, colour)], left, top, width + 2)
    return width


def write_right_aligned(
    sheet: Sheet, text: str, right: float, top: float, colour: Colour = SOFT
) -> None:
    """Write a short text that ends at `right`."""
    write_small(sheet, text, right - text_width(text, SMALL), top, colour)


def write_centred(
    sheet: Sheet, text: str, middle: float, top: float, colour: Colour = SOFT
) -> None:
    """Write a short text around `middle`, within the margins."""
    width = text_width(text, SMALL)
    left = min(max(middle - width / 2, 34.0), WIDTH - 34 - width)
    write_small(sheet, text, left, top, colour)


def shorten_to_width(text: str, style: Style, width: float) -> str:
    """Shorten `text` to `width` pixels, with an ellipsis."""
    if text_width(text, style) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", style) > width:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def text_or_fallback(text: str, fallback: str) -> str:
    """Return `text` if the font has glyphs for all of it, else `fallback`."""
    return text if all(ord(each) in _available_glyphs() for each in text) else fallback


def replace_missing_glyphs(text: str) -> str:
    """Replace characters without glyphs by an ellipsis, e.g. in a cohort's name."""
    kept = "".join(each if ord(each) in _available_glyphs() else "\0" for each in text)
    return re.sub(r"\0[\0\s]*\0|\0", "…", kept)


def scale_steps(most: int) -> range:
    """Round numbers for a scale from 0 to `most` or a little more, in three to five steps."""
    most = max(most, _MIN_SCALE_END)
    raw = most / 5
    ten = 10 ** floor(log10(raw))
    step = next(int(ten * nice) for nice in (1, 2, 5, 10) if ten * nice >= raw)
    return range(0, ceil(most / step) * step + 1, step)


def mix_colours(one: Colour, part: float, other: Colour = WHITE) -> Colour:
    """Mix two colours: a `part` of 0 is `other`, 1 is `one`."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return Colour("#" + "".join(f"{round(b + (a - b) * part):02X}" for a, b in pairs))


_MIN_SCALE_END = 20
"""Smallest end of a scale, since people are counted in fives."""


@cache
def _available_glyphs() -> frozenset[int]:
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return frozenset(FT2Font(str(path)).get_charmap())
