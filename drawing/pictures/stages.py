"""Module 6: from street to release in four stages."""

from collections.abc import Sequence

from drawing import boxes, lettering
from drawing.lettering import SMALL, STRONG, Paragraph
from drawing.palette import GREEN, PALE_GREEN
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet

_STAGES = (
    (
        ("1 Before arrest\nor charge", "Police"),
        ("No further action", "Warning or caution", "Referral, diversion"),
        ("No",),
    ),
    (
        ("2 Before trial", "Prosecutor, often with the court"),
        ("Dismissal or suspension on conditions", "Treatment on bail"),
        ("Usually no",),
    ),
    (
        ("3 Trial and sentencing", "Judge"),
        ("Drug treatment court", "Deferred or suspended sentence", "Probation with treatment"),
        ("Before a plea: no", "After plea or verdict: often yes"),
    ),
    (
        ("4 After the sentence", "Judge, parole or executive body"),
        ("Probation with treatment instead of prison", "Early release with treatment", "Pardon"),
        ("Already there",),
    ),
)
_HEADS = (("Stage", "Who usually decides"), ("Typical measures",), ("Conviction?",))
_PAD = 18
_WIDTHS = (310, 366, 206)
_APART = 20
"""Between columns."""

_GAP = 42
"""Between rows, with an arrow in it."""


def draw() -> Sheet:
    """Four rows from top to bottom, an arrow from each to the next."""
    sheet = Sheet()
    top = sheet.write_title("From street to release:\nfour stages")
    top = _columns(sheet, top, [_cell(texts, first=True) for texts in _HEADS]) + 12
    last: Frame | None = None
    for stage in _STAGES:
        if last is not None:
            x = MARGIN + _PAD + _WIDTHS[0] / 2
            boxes.arrow(sheet, (x, last.bottom), (x, top), thickness=7)
        last = _row(sheet, top, stage)
        top = last.bottom + _GAP
    sheet.close(
        top - 12,
        ("Titles and powers differ: check national law.", "Plea: the answer to the charge."),
        "this course's own summary, 2026; compare the Tokyo Rules",
    )
    return sheet


def _row(sheet: Sheet, top: float, stage: Sequence[Sequence[str]]) -> Frame:
    cells = [_cell(texts, first=at == 0) for at, texts in enumerate(stage)]
    high = max(
        lettering.lay_out_column(cell, width).height
        for cell, width in zip(cells, _WIDTHS, strict=True)
    )
    frame = Frame(MARGIN, top, INSIDE, high + 2 * _PAD)
    sheet.add(Area(frame, PALE_GREEN))
    _columns(sheet, top + _PAD, cells)
    return frame


def _columns(sheet: Sheet, top: float, cells: Sequence[tuple[Paragraph, ...]]) -> float:
    """Write `cells` side by side; return the lowest edge."""
    left, bottom = float(MARGIN + _PAD), top
    for cell, width in zip(cells, _WIDTHS, strict=True):
        bottom = max(bottom, sheet.write(cell, left, top, width).bottom)
        left += width + _APART
    return bottom


def _cell(texts: Sequence[str], *, first: bool) -> tuple[Paragraph, ...]:
    """Make the paragraphs of a cell; the first text is bold if it names its row."""
    head, *rest = texts
    return (
        Paragraph(head, STRONG, GREEN) if first else Paragraph(head, SMALL),
        *(Paragraph(text, SMALL, before=6) for text in rest),
    )
