"""Module 5: the three parts of informed consent, and what helps in a criminal case."""

from drawing import boxes
from drawing.boxes import Look
from drawing.lettering import HEADING, Paragraph
from drawing.palette import GREEN, ORANGE, PALE_GREEN, PALE_ORANGE, WHITE
from drawing.sheet import INSIDE, MARGIN, WIDTH, Area, Frame, Sheet, Stroke

_PARTS = (
    [Paragraph("Able", HEADING, GREEN), Paragraph("The person can decide.")],
    [
        Paragraph("Informed", HEADING, GREEN),
        Paragraph("The person knows:"),
        Paragraph("benefits, risks, options", sign="•"),
        Paragraph("who will be told what", sign="•"),
        Paragraph("what follows from refusing or stopping", sign="•"),
    ],
    [
        Paragraph("Free", HEADING, GREEN),
        Paragraph("The person decides freely,"),
        Paragraph("and can take the decision back."),
    ],
)
_PART = Look(PALE_GREEN, pad=18)
_PAD, _PLUS = 20, 50
"""Room between the frame and its boxes, and for a plus sign between two of them."""

_HELPS = (
    "legal advice",
    "time",
    "no forced confession",
    "refusal: no worse than the ordinary process",
)


def draw() -> Sheet:
    """Three boxes in one frame, joined by plus signs; an arrow from a band below to the frame."""
    sheet = Sheet()
    frame = _parts(sheet, sheet.write_title("Informed consent to treatment"))
    band = _band(sheet, frame.bottom + 66)
    middle = WIDTH / 2
    boxes.arrow(sheet, (middle, band.top), (middle, frame.bottom + 4), colour=ORANGE, thickness=9)
    sheet.close(
        band.bottom + 34,
        (
            "Guidelines of 2019, not binding, ask for consent before any treatment.",
            "Tokyo Rules 1990, Rule 3.4: consent to a duty before or instead of a trial.",
        ),
        "International Guidelines on Human Rights and Drug Policy (2019); Tokyo Rules (1990); "
        "parts of consent: this course's summary",
    )
    return sheet


def _parts(sheet: Sheet, top: float) -> Frame:
    """Draw the three boxes and their frame."""
    width = INSIDE - 2 * _PAD
    highs = [boxes.height(said, width, _PART) for said in _PARTS]
    frame = Frame(MARGIN, top, INSIDE, sum(highs) + 2 * _PLUS + 2 * _PAD)
    sheet.add(Area(frame, WHITE, GREEN))
    at = top + _PAD
    for number, (said, high) in enumerate(zip(_PARTS, highs, strict=True)):
        if number:
            _plus(sheet, at - _PLUS / 2)
        boxes.box(sheet, said, (MARGIN + _PAD, at, width), _PART)
        at += high + _PLUS
    return frame


def _plus(sheet: Sheet, middle: float) -> None:
    half, x = 17, WIDTH / 2
    sheet.add(
        Stroke(((x - half, middle), (x + half, middle)), GREEN, 9),
        Stroke(((x, middle - half), (x, middle + half)), GREEN, 9),
    )


def _band(sheet: Sheet, top: float) -> Frame:
    said = [Paragraph("In a criminal case, this helps", HEADING)]
    said += [Paragraph(text, sign="•") for text in _HELPS]
    return boxes.box(sheet, said, (MARGIN, top, INSIDE), Look(PALE_ORANGE))
