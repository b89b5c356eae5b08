"""Module 2: use, hazardous use, a harmful pattern of use, dependence; and how DSM-5 counts."""

from drawing import boxes
from drawing.boxes import Look
from drawing.lettering import HEADING, LABEL, Paragraph
from drawing.palette import MIST, ORANGE, OUTLINE, PALE_GREEN, PALE_ORANGE, WHITE, Colour
from drawing.sheet import MARGIN, WIDTH, Frame, Point, Sheet, Stroke

_BAND = 676
"""Width of the band; the brackets and what they say stand to its right."""

_PARTS = (
    (PALE_GREEN, [Paragraph("Use", HEADING)]),
    (PALE_GREEN, [Paragraph("Hazardous use", HEADING), Paragraph("A risk", LABEL)]),
    (
        PALE_ORANGE,
        [Paragraph("Harmful pattern of use", HEADING), Paragraph("Clear damage to health*", LABEL)],
    ),
    (
        PALE_ORANGE,
        [
            Paragraph("Dependence", HEADING),
            Paragraph("Two or more of three features:", LABEL),
            Paragraph("impaired control", LABEL, sign="•"),
            Paragraph("growing priority despite harm", LABEL, sign="•"),
            Paragraph("a body that has adapted", LABEL, sign="•"),
        ],
    ),
)


def draw() -> Sheet:
    """One band with four parts, two brackets beside it, and DSM-5 in a separate panel."""
    sheet = Sheet()
    top = sheet.write_title("Drug use is a spectrum.\nOnly part of it is a disorder.")
    parts = []
    for fill, said in _PARTS:
        parts.append(boxes.box(sheet, said, (MARGIN, top, _BAND), Look(fill, radius=0, pad=22), 92))
        top = parts[-1].bottom + 4
    _bracket(sheet, parts[:2], "Outside the disorders", OUTLINE, 4)
    _bracket(sheet, parts[2:], "Disorders in ICD-11", ORANGE, 10)
    top = _other_way(sheet, top + 36)
    sheet.close(
        top + 32,
        (
            "* of the person, or behaviour that harmed the health of others",
            "ICD-11: in effect since 2022. DSM-5: 2013.",
        ),
        "ICD-11 (WHO, 2022); World Psychiatry (2023); "
        "DSM-5 (American Psychiatric Association, 2013). Own drawing.",
    )
    return sheet


def _bracket(sheet: Sheet, parts: list[Frame], text: str, colour: Colour, thickness: float) -> None:
    top, bottom = parts[0].top + 6, parts[-1].bottom - 6
    left, right = parts[0].right + 16, parts[0].right + 38
    corners: tuple[Point, ...] = ((left, top), (right, top), (right, bottom), (left, bottom))
    sheet.add(Stroke(corners, colour, thickness))
    said = [Paragraph(text, HEADING)]
    boxes.write_beside(sheet, said, right + 22, (top + bottom) / 2, WIDTH - MARGIN - right - 22)


def _other_way(sheet: Sheet, top: float) -> float:
    """Draw how DSM-5 counts, in a separate panel; return its lower edge."""
    said = [
        Paragraph("DSM-5 counts another way", HEADING),
        Paragraph("Criteria met, of 11, within 12 months", LABEL),
    ]
    counts = (("2 to 3", "mild"), ("4 to 5", "moderate"), ("6 or more", "severe"))
    cells = [[Paragraph(count, HEADING), Paragraph(name)] for count, name in counts]
    looks = Look(MIST), Look(WHITE, OUTLINE, align="centre", pad=16)
    return boxes.panel(sheet, top, said, cells, looks).bottom
