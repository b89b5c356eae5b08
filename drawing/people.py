"""Simple figures of people: a head and a body, filled or in outline."""

from drawing.palette import GREEN, OUTLINE, WHITE
from drawing.sheet import Area, Disc, Frame, Sheet

_WIDTH = 0.42
"""Of a person, as a share of the height."""

_APART = 0.3
"""Between two people, as a share of their height."""


def draw_person(sheet: Sheet, left: float, top: float, height: float, *, filled: bool) -> None:
    """Draw one person, without clothes, hair or skin."""
    fill, edge = (GREEN, GREEN) if filled else (WHITE, OUTLINE)
    width = _WIDTH * height
    head = 0.15 * height
    thick = max(3.0, height / 40)
    body = Frame(left, top + 2.35 * head, width, height - 2.35 * head)
    sheet.add(
        Disc((left + width / 2, top + head), head, fill, edge, thick),
        Area(body, fill, edge, thick, radius=width / 2 - 1),
    )


def draw_crowd(
    sheet: Sheet, count: int, spot: tuple[float, float], height: float, *, filled: int
) -> float:
    """Draw `count` people in a row, the first ones filled; return the row's lower edge."""
    left, top = spot
    step = (_WIDTH + _APART) * height
    for at in range(count):
        draw_person(sheet, left + at * step, top, height, filled=at < filled)
    return top + height
