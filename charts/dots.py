"""Scatter plots; highlighted dots are numbered and listed below."""

from collections.abc import Iterator
from math import cos, pi, sin

from charts.layout import (
    GRID_LINE,
    replace_missing_glyphs,
    write_centred,
    write_right_aligned,
    write_small,
)
from charts.specs import Dot, Dots
from drawing.lettering import LABEL, SMALL, STRONG, Paragraph, text_width
from drawing.palette import GREEN, INK, ORANGE, PALE_ORANGE, SOFT, WHITE
from drawing.sheet import INSIDE, MARGIN, WIDTH, Area, Disc, Frame, Point, Sheet, Stroke

_HEIGHT = 640
_BADGE = 48  # across, in pixels
_COLUMNS = 3  # of the list
_MARKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
_LOW = -0.5  # start of the scale if no dot is below it


def draw(spec: Dots) -> Sheet:
    """Draw a scatter plot."""
    sheet = Sheet()
    top = sheet.write_title(spec.title, replace_missing_glyphs(spec.subtitle))
    write_small(sheet, spec.y_label, MARGIN, top - 6, SOFT)
    left = MARGIN + text_width("-0.5", SMALL) + 18
    frame = Frame(left, top + 52, WIDTH - MARGIN - 20 - left, _HEIGHT)
    low = _LOW if all(dot.y >= _LOW for dot in spec.dots) else _MARKS[0]
    _draw_axes(sheet, spec, frame, low)
    places = [(dot, _position(dot.x, dot.y, frame, low)) for dot in spec.dots]
    for dot, place in places:
        if not dot.label:
            sheet.add(Disc(place, 10, GREEN, WHITE, 2))
    marked = [(dot, place) for dot, place in places if dot.label]
    _draw_badges(sheet, [place for _, place in marked], frame)
    under = frame.bottom + 110
    if marked:
        under = _draw_list(sheet, spec, [dot for dot, _ in marked], under)
    sheet.close(under, spec.notes)
    return sheet


def _position(x: float, y: float, frame: Frame, low: float) -> Point:
    up = (y - low) / (_MARKS[-1] - low)
    return frame.left + frame.width * x / 100, frame.bottom - frame.height * up


def _draw_axes(sheet: Sheet, spec: Dots, frame: Frame, low: float) -> None:
    weak = _position(0, spec.shaded_below, frame, low)[1]
    shaded = Frame(frame.left, weak, frame.width, frame.bottom - weak)
    sheet.add(Area(shaded, PALE_ORANGE, radius=2))
    for mark in (each for each in _MARKS if each >= low):
        y = _position(0, mark, frame, low)[1]
        sheet.add(Stroke(((frame.left, y), (frame.right, y)), GRID_LINE, 2))
        write_right_aligned(sheet, f"{mark:g}", frame.left - 12, y - 20)
    for percent in range(0, 101, 25):
        x = _position(percent, 0, frame, low)[0]
        sheet.add(Stroke(((x, frame.top), (x, frame.bottom)), GRID_LINE, 2))
        write_centred(sheet, f"{percent}", x, frame.bottom + 12)
    write_centred(sheet, spec.x_label, frame.centre[0], frame.bottom + 54, INK)
    write_small(sheet, spec.shade_label, frame.left + 14, frame.bottom - 52, SOFT)


def _draw_badges(sheet: Sheet, places: list[Point], frame: Frame) -> None:
    """Draw a number at each position, moved aside where it would cover another."""
    taken: list[Frame] = []
    for place in places:
        badge = next(each for each in _badge_candidates(place) if _is_free(each, taken, frame))
        taken.append(badge)
        if badge.centre != place:
            sheet.add(Stroke((place, badge.centre), ORANGE, 3), Disc(place, 8, ORANGE))
    for number, badge in enumerate(taken, 1):
        sheet.add(Area(badge, ORANGE, WHITE, 3, _BADGE / 2))
        width = text_width(str(number), STRONG)
        text = [Paragraph(str(number), STRONG, WHITE)]
        sheet.write(text, badge.centre[0] - width / 2, badge.top + 4, width + 2)


def _badge_candidates(place: Point) -> Iterator[Frame]:
    """Candidate frames of a badge: at the position, then farther and farther away."""
    x, y = place
    half = _BADGE / 2
    yield Frame(x - half, y - half, _BADGE, _BADGE)
    for away in range(_BADGE + 6, 2000, 12):
        for turn in range(16):
            across, up = away * cos(turn * pi / 8), away * sin(turn * pi / 8)
            yield Frame(x + across - half, y + up - half, _BADGE, _BADGE)


def _is_free(badge: Frame, taken: list[Frame], frame: Frame) -> bool:
    inside = Frame(frame.left - 20, frame.top - 20, frame.width + 40, frame.height - 30)
    return inside.contains(badge) and not any(badge.overlaps(other) for other in taken)


def _draw_list(sheet: Sheet, spec: Dots, marked: list[Dot], top: float) -> float:
    """Draw the list of numbered dots; return its bottom."""
    top = sheet.write([Paragraph(spec.list_title, LABEL)], MARGIN, top, INSIDE).bottom + 12
    wide = INSIDE / _COLUMNS
    for at, dot in enumerate(marked):
        left, y = MARGIN + at % _COLUMNS * wide, top + at // _COLUMNS * 44
        write_small(sheet, f"{at + 1}  {dot.label}", left, y)
    return top + -(-len(marked) // _COLUMNS) * 44 + 20
