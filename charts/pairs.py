"""Pairs of shares on one scale, each with its confidence interval."""

from charts.layout import (
    GRID_LINE,
    replace_missing_glyphs,
    write_centred,
    write_right_aligned,
    write_small,
)
from charts.specs import Pair, Pairs, Share
from drawing.lettering import HEADING, SENTENCE, SMALL, Paragraph, text_width
from drawing.palette import GREEN, INK, OUTLINE, SOFT, Colour
from drawing.sheet import INSIDE, MARGIN, WIDTH, Disc, Frame, Sheet, Stroke

_PITCH = 44
_GAP = 20


def draw(spec: Pairs) -> Sheet:
    """Draw pairs of shares."""
    sheet = Sheet()
    top = sheet.write_title(spec.title, replace_missing_glyphs(spec.subtitle))
    shares = [share for pair in spec.pairs for share in pair.shares]
    labels = max((text_width(share.label, SMALL) for share in shares), default=0)
    numbers = max(
        (text_width(s.value_text, SMALL) for s in shares if s.middle is not None), default=0
    )
    left = MARGIN + labels + _GAP
    scale = Frame(left, top, WIDTH - MARGIN - numbers - 2 * _GAP - left, 0)
    for pair in spec.pairs:
        top = _draw_pair(sheet, pair, Frame(scale.left, top, scale.width, 0))
    for percent in (0, 50, 100):
        write_centred(sheet, f"{percent}", scale.left + scale.width * percent / 100, top)
    write_centred(sheet, spec.axis, scale.left + scale.width / 2, top + 42, INK)
    sheet.close(top + 104, spec.notes)
    return sheet


def _draw_pair(sheet: Sheet, pair: Pair, scale: Frame) -> float:
    """Draw a name, two shares and their difference; return the bottom."""
    top = sheet.write([Paragraph(pair.name, HEADING)], MARGIN, scale.top, INSIDE).bottom + 4
    for share, colour in zip(pair.shares, (GREEN, OUTLINE), strict=True):
        _draw_share(sheet, share, colour, Frame(scale.left, top, scale.width, _PITCH))
        top += _PITCH
    said = [Paragraph(pair.difference, SENTENCE, SOFT)]
    return sheet.write(said, MARGIN, top + 2, INSIDE).bottom + 22


def _draw_share(sheet: Sheet, share: Share, colour: Colour, row: Frame) -> None:
    write_right_aligned(sheet, share.label, row.left - _GAP, row.top, INK)
    if share.middle is None:
        write_small(sheet, share.value_text, row.left, row.top, SOFT)
        return
    middle = row.top + 20
    low, at, high = (row.left + row.width * p / 100 for p in (share.low, share.middle, share.high))
    sheet.add(Stroke(((row.left, middle), (row.right, middle)), GRID_LINE, 2))
    sheet.add(Stroke(((low, middle), (high, middle)), colour, 8), Disc((at, middle), 12, colour))
    write_small(sheet, share.value_text, row.right + _GAP, row.top)
