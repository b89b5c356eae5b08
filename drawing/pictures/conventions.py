"""Module 4: three conventions, and what a State may do instead of punishment or in addition."""

from dataclasses import replace

from drawing import boxes
from drawing.boxes import Look
from drawing.lettering import SMALL, STRONG, Paragraph, Style
from drawing.palette import GREEN, MIST, ORANGE, PALE_GREEN, PALE_ORANGE, WHITE
from drawing.sheet import INSIDE, MARGIN, Sheet

_ANSWER = Style(44, bold=True)
_YES = Look(PALE_GREEN, GREEN, align="centre", pad=16)
_SOMETIMES = Look(PALE_ORANGE, ORANGE, align="centre", pad=14, thickness=5, dashed=True)
_HEAD = Look(WHITE, align="centre", pad=8)
_OFFENCE = Look(MIST, pad=18)

_GAP = 16
_WIDTHS = (420, 292, INSIDE - 420 - 292 - 2 * _GAP)

_HEADS = ("Which offence?", "… instead of conviction or punishment?", "… in addition to it?")

_YES_SAID = [Paragraph("Yes", _ANSWER)]

_ROWS = (
    (
        "1961 (amended 1972) and 1971 conventions",
        "Offence by a person who uses drugs",
        (_YES, _YES_SAID),
        (_YES, _YES_SAID),
    ),
    (
        "1988 convention",
        "Possession, purchase or cultivation for personal consumption",
        (_YES, [*_YES_SAID, Paragraph("The case need not be minor", SMALL)]),
        (_YES, _YES_SAID),
    ),
    (
        "1988 convention",
        "Supply-type offences",
        (_SOMETIMES, [Paragraph("In appropriate cases of a minor nature", STRONG)]),
        (_YES, [Paragraph("Yes *", _ANSWER)]),
    ),
)


def draw() -> Sheet:
    """A table of three rows and three columns."""
    sheet = Sheet()
    top = sheet.write_title(
        "Three drug conventions: instead or in addition?",
        "May a State provide treatment or similar measures …",
    )
    looks = (replace(_HEAD, align="left", pad=_OFFENCE.pad), _HEAD, _HEAD)
    heads = [(look, [Paragraph(text, STRONG)]) for look, text in zip(looks, _HEADS, strict=True)]
    top = _row(sheet, top, heads)
    for convention, offence, *answers in _ROWS:
        said = [Paragraph(convention, STRONG), Paragraph(offence, SMALL, before=4)]
        top = _row(sheet, top, [(_OFFENCE, said), *answers])
    sheet.close(
        top + 16,
        (
            "States may do so; they need not.\nNational law decides what is minor.",
            "* From memory; check the treaty text.",
        ),
        "Single Convention 1961 as amended in 1972; Convention on Psychotropic Substances 1971; "
        "Convention against Illicit Traffic 1988 and its drafting record "
        "(E/CN.7/1988/2, Part II).",
    )
    return sheet


def _row(sheet: Sheet, top: float, cells: list[tuple[Look, list[Paragraph]]]) -> float:
    """Draw one row, as high as its highest cell; return its bottom."""
    high = max(
        boxes.height(said, width, look) for (look, said), width in zip(cells, _WIDTHS, strict=True)
    )
    left: float = MARGIN
    for (look, said), width in zip(cells, _WIDTHS, strict=True):
        boxes.box(sheet, said, (left, top, width), look, high)
        left += width + _GAP
    return top + high + _GAP
