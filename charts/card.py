"""A card with a QR code between a title and the address in letters."""

from itertools import groupby

from charts.layout import replace_missing_glyphs
from charts.specs import Card
from drawing.lettering import SENTENCE, text_width
from drawing.palette import Colour
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

QUIET = 4
"""Light squares around the code (ISO/IEC 18004, section 6.3.8)."""

_BLACK = Colour("#000000")


def draw(spec: Card) -> Sheet:
    """Draw a card; a square is a whole number of pixels, so that no edge is grey."""
    sheet = Sheet()
    top = round(sheet.write_title(replace_missing_glyphs(spec.title), spec.subtitle))
    count = len(spec.squares) + 2 * QUIET
    size = INSIDE // count
    left = MARGIN + (INSIDE - count * size) // 2 + QUIET * size
    for number, row in enumerate(spec.squares, QUIET):
        at = 0
        for shade, run in groupby(row):
            length = len(list(run))
            if shade == "1":
                frame = Frame(left + at * size, top + number * size, length * size, size)
                sheet.add(Area(frame, _BLACK, radius=0))
            at += length
    sheet.close(top + count * size + 16, [_break_address(note) for note in spec.notes])
    return sheet


def _break_address(text: str) -> str:
    """`text` with its address on two lines if it is too long for one."""
    return text if text_width(text, SENTENCE) <= INSIDE else text.replace("?", "\n?", 1)
