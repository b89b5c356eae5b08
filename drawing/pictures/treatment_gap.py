"""Module 1: how many people with a drug use disorder were in treatment."""

from drawing import boxes
from drawing.lettering import HEADING, LABEL, SMALL, Paragraph
from drawing.palette import GREEN, OUTLINE, WHITE
from drawing.sheet import INSIDE, MARGIN, WIDTH, Area, Disc, Frame, Sheet

_USED, _DISORDER = 292, 64
"""Millions of people in the world in 2022. Facts F3 and F2."""

_BAR = 64
_WOMEN = 540
"""Where the rows of women begin; men stand to their left."""

_BROAD = 0.42
"""Of a person, as a share of the height."""

_APART = 0.3
"""Between two people, as a share of their height."""


def draw() -> Sheet:
    """A bar to scale, and below it people in rows: one in each is filled."""
    sheet = Sheet()
    top = sheet.write_title("The treatment gap, 2022", "World estimates")
    top = _bar(sheet, top)
    top = _people(sheet, (MARGIN, top), "People with a disorder", (11,), 125)
    _people(sheet, (MARGIN, top), "Men with a disorder", (7,), 76)
    top = _people(sheet, (_WOMEN, top), "Women with a disorder", (9, 9), 76)
    _legend(sheet, top)
    sheet.close(
        top + 92,
        (
            "* Our own arithmetic from the two estimates.",
            "All figures are about the world in 2022. The shares of men and women are approximate.",
        ),
        "World Drug Report 2024 (UNODC), as reported in June 2024.",
    )
    return sheet


def _bar(sheet: Sheet, top: float) -> float:
    """Draw the bar, and an arrow from its filled part to the people below; return their top."""
    said = sheet.write(
        [Paragraph(f"{_USED} million people used a drug", HEADING)], MARGIN, top, INSIDE
    )
    bar = Frame(MARGIN, said.bottom + 10, INSIDE, _BAR)
    part = Frame(MARGIN, bar.top, INSIDE * _DISORDER / _USED, _BAR)
    sheet.add(Area(bar, WHITE, OUTLINE, radius=4), Area(part, GREEN, GREEN, radius=4))
    middle = part.centre[0]
    label = [
        Paragraph(f"{_DISORDER} million had a drug use disorder", HEADING),
        Paragraph("Roughly one in five*", LABEL),
    ]
    below = sheet.write(label, middle + 44, bar.bottom + 22, INSIDE - middle)
    boxes.arrow(sheet, (middle, bar.bottom), (middle, below.bottom + 34), colour=GREEN)
    return below.bottom + 56


def _people(
    sheet: Sheet, spot: tuple[float, float], who: str, rows: tuple[int, ...], height: float
) -> float:
    """Draw people in rows, the very first filled; return the bottom."""
    left, top = spot
    said = [Paragraph(who, HEADING), Paragraph(f"1 in {sum(rows)} was in treatment", LABEL)]
    top = sheet.write(said, left, top, WIDTH - MARGIN - left).bottom + 14
    for at, count in enumerate(rows):
        top = _draw_crowd(sheet, count, (left, top), height, filled=1 if at == 0 else 0) + 16
    return top + 30


def _legend(sheet: Sheet, top: float) -> None:
    left = float(MARGIN)
    for filled, text in ((True, "in treatment"), (False, "not in treatment")):
        _draw_person(sheet, left, top, 60, filled=filled)
        sheet.write([Paragraph(text, SMALL)], left + 44, top + 14, 320)
        left += 340


def _draw_person(sheet: Sheet, left: float, top: float, height: float, *, filled: bool) -> None:
    """Draw one person, without clothes, hair or skin."""
    fill, edge = (GREEN, GREEN) if filled else (WHITE, OUTLINE)
    width = _BROAD * height
    head = 0.15 * height
    thick = max(3.0, height / 40)
    body = Frame(left, top + 2.35 * head, width, height - 2.35 * head)
    sheet.add(
        Disc((left + width / 2, top + head), head, fill, edge, thick),
        Area(body, fill, edge, thick, radius=width / 2 - 1),
    )


def _draw_crowd(
    sheet: Sheet, count: int, spot: tuple[float, float], height: float, *, filled: int
) -> float:
    """Draw `count` people in a row, the first ones filled; return the row's lower edge."""
    left, top = spot
    step = (_BROAD + _APART) * height
    for at in range(count):
        _draw_person(sheet, left + at * step, top, height, filled=at < filled)
    return top + height
