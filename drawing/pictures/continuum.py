"""Module 3: five services, where to start among them, what follows, and the way back."""

from collections.abc import Sequence

from drawing import boxes
from drawing.boxes import Look
from drawing.lettering import HEADING, Paragraph
from drawing.palette import GREEN, MIST, ORANGE, OUTLINE, WHITE
from drawing.sheet import INSIDE, MARGIN, WIDTH, Area, Frame, Sheet, Stroke

_SERVICES = (
    "Outreach in the community",
    "General services: screening, brief intervention, referral",
    "Outpatient treatment",
    "Short inpatient stay",
    "Long residential stay",
)
_AFTERWARDS = "Recovery management"
_LANE = 76
"""Room for an arrow on either side of the boxes."""

_HIGH, _GAP = 116, 16

_APART = 40
"""Between the services and what follows them."""


def draw() -> Sheet:
    """Equal boxes in one column; an arrow down beside the services, one back to them."""
    sheet = Sheet()
    top = sheet.write_title("The continuum of care")
    said = [
        Paragraph("Start with the least intensive setting", HEADING),
        Paragraph("that meets the need"),
    ]
    top = sheet.write(said, MARGIN, top, INSIDE).bottom + 20
    services = _boxes(sheet, top, _SERVICES)
    boxes.arrow(sheet, (MARGIN + 20, top), (MARGIN + 20, services), colour=GREEN, thickness=8)
    bottom = _boxes(sheet, services + _APART, (_AFTERWARDS,))
    link = (WIDTH / 2, services - _GAP), (WIDTH / 2, services + _APART + _GAP)
    sheet.add(Stroke(link, thickness=4))
    back = [Paragraph("After a relapse", HEADING), Paragraph("the way back is open")]
    below = sheet.write(back, WIDTH - MARGIN - 560, bottom + 24, 400)
    _way_back(sheet, top + 3 * (_HIGH + _GAP) + _GAP / 2, below)
    sheet.close(
        below.bottom + 34,
        ("Not everybody needs all of them.",),
        "Settings, in our words: International standards for the treatment of drug use disorders "
        "(WHO and UNODC, 2020). Way\u00a0back: Guidance for community-based treatment in "
        "South-East Asia (UNODC, 2014)",
    )
    return sheet


def _boxes(sheet: Sheet, top: float, names: Sequence[str]) -> float:
    """Draw boxes with `names` in their frame; return its lower edge."""
    left, width = MARGIN + _LANE, INSIDE - 2 * _LANE
    tops = [top + _GAP + at * (_HIGH + _GAP) for at in range(len(names))]
    frame = Frame(left, top, width, tops[-1] + _HIGH + _GAP - top)
    sheet.add(Area(frame, MIST))
    for upper in tops[:-1]:
        link = (WIDTH / 2, upper + _HIGH), (WIDTH / 2, upper + _HIGH + _GAP)
        sheet.add(Stroke(link, thickness=4))
    look = Look(WHITE, OUTLINE, align="centre", pad=14)
    for at, name in enumerate(names):
        spot = left + _GAP, tops[at], width - 2 * _GAP
        boxes.box(sheet, [Paragraph(name)], spot, look, _HIGH)
    return frame.bottom


def _way_back(sheet: Sheet, into: float, said: Frame) -> None:
    """Draw the arrow from below, up on the right, and in between two services at `into`."""
    right, edge = WIDTH - MARGIN - 20, WIDTH - MARGIN - _LANE
    start = said.centre[1]
    points = (said.right + 10, start), (right, start), (right, into), (edge, into)
    boxes.arrow(sheet, *points, colour=ORANGE, thickness=8)
