"""Lines over days, each named where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.layout import (
    BLUE,
    GRID_LINE,
    PURPLE,
    centred,
    fitted,
    foot,
    known,
    right_of,
    small,
    steps,
)
from charts.specs import Line, Lines
from drawing.lettering import SMALL, measured
from drawing.palette import GREEN, INK, ORANGE, OUTLINE, SOFT
from drawing.sheet import MARGIN, WIDTH, Disc, Frame, Point, Sheet, Stroke

_COLOURS = (GREEN, ORANGE, BLUE, PURPLE, INK, OUTLINE)
_NAMES = 320  # pixels for the names beside the lines
_HEIGHT = 620
_APART = 42  # from one name to the next, in pixels


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and numbers lie."""

    frame: Frame
    days: tuple[int, int]
    most: int

    def point(self, day: int, number: int) -> Point:
        first, last = self.days
        across = (day - first) / max(last - first, 1)
        up = number / self.most
        return self.frame.left + across * self.frame.width, self.frame.bottom - up * _HEIGHT


def draw(spec: Lines) -> Sheet:
    """Draw it."""
    sheet = Sheet()
    top = sheet.open(spec.title, spec.under)
    small(sheet, spec.axis, MARGIN, top - 6, SOFT)
    top += 56
    marks = steps(max((number for line in spec.lines for _, number in line.points), default=0))
    left = MARGIN + max(measured(f"{each:,}", SMALL) for each in marks) + 16
    frame = Frame(left, top, WIDTH - MARGIN - _NAMES - 40 - left, _HEIGHT)
    scale = _Scale(frame, (spec.ticks[0][0], spec.ticks[-1][0]), marks[-1])
    _ground(sheet, spec, scale, marks)
    for line, colour in zip(spec.lines, _COLOURS, strict=False):
        sheet.add(Stroke(_staircase(line, scale), colour, 6))
        sheet.add(Disc(_end(line, scale), 9, colour))
    _name(sheet, spec.lines, scale)
    foot(sheet, frame.bottom + 80, spec.notes)
    return sheet


def _ground(sheet: Sheet, spec: Lines, scale: _Scale, marks: range) -> None:
    frame = scale.frame
    for each in marks:
        _x, y = scale.point(scale.days[0], each)
        sheet.add(Stroke(((frame.left, y), (frame.right, y)), GRID_LINE, 2))
        right_of(sheet, f"{each:,}", frame.left - 12, y - 20)
    for day, text in spec.ticks:
        centred(sheet, text, scale.point(day, 0)[0], frame.bottom + 16)


def _staircase(line: Line, scale: _Scale) -> tuple[Point, ...]:
    points: list[Point] = [scale.point(max(line.points[0][0] - 1, scale.days[0]), 0)]
    for day, number in line.points:
        points += [(scale.point(day, 0)[0], points[-1][1]), scale.point(day, number)]
    return (*points, _end(line, scale))


def _end(line: Line, scale: _Scale) -> Point:
    return scale.point(scale.days[1], line.points[-1][1])


def _name(sheet: Sheet, lines: Sequence[Line], scale: _Scale) -> None:
    """Write the names in the order in which the lines end, none on top of another."""
    pairs = list(zip(lines, _COLOURS, strict=False))
    ends = sorted(pairs, key=lambda pair: _end(pair[0], scale)[1])
    below = scale.frame.top - 24
    left = scale.frame.right + 60
    for line, colour in ends:
        x, y = _end(line, scale)
        top = max(y - 20, below)
        below = top + _APART
        sheet.add(Stroke(((x + 9, y), (left - 12, top + 20)), colour, 3))
        name = fitted(known(line.label, line.instead), SMALL, _NAMES - 30)
        small(sheet, name, left, top)
