"""Module 7: two systems on one pathway, and who decides what."""

from drawing import boxes
from drawing.boxes import Look
from drawing.lettering import SMALL, STRONG, Paragraph
from drawing.palette import GREEN, PALE_GREEN, WHITE
from drawing.sheet import INSIDE, MARGIN, WIDTH, Sheet

_STEPS = (
    "Possible need identified",
    "Assessment by a health professional",
    "Treatment plan, agreed with the person",
    "Referral and case management",
    "Limited reports on progress",
    "Completion or review",
    "Aftercare",
)
_DECIDING = (
    ("Justice decides:", ("Eligible under the law?",)),
    (
        "Health professional decides:",
        ("Does treatment suit the person?", "Which type, dose and length?"),
    ),
    ("The person decides:", ("Do I consent?",)),
)
_WIDE, _GAP = 760, 32


def draw() -> Sheet:
    """Seven steps from top to bottom, and below them three equal boxes."""
    sheet = Sheet()
    top = sheet.write_title("Two systems, one pathway", "Who decides what?")
    left = (WIDTH - _WIDE) / 2
    last: float | None = None
    for step in _STEPS:
        if last is not None:
            boxes.arrow(sheet, (WIDTH / 2, last), (WIDTH / 2, top))
        look = Look(PALE_GREEN, align="centre", pad=14)
        last = boxes.box(sheet, [Paragraph(step)], (left, top, _WIDE), look).bottom
        top = last + _GAP
    cells = [
        [Paragraph(who, STRONG), *(Paragraph(text, SMALL, before=10) for text in asked)]
        for who, asked in _DECIDING
    ]
    decided = boxes.row(
        sheet, cells, (MARGIN, top + 12, INSIDE), Look(WHITE, GREEN, pad=18, hang=True)
    )
    sheet.close(
        decided.bottom + 32,
        ("Titles and powers differ by country.",),
        "Practice principles and Map of stages, this course's summaries (2026)",
    )
    return sheet
