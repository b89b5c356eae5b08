"""Line charts over days, with labels at the ends of the lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from charts.layout import (
    BLUE,
    GRID_LINE,
    PURPLE,
    replace_missing_glyphs,
    scale_steps,
    shorten_to_width,
    text_or_fallback,
    write_centred,
    write_right_aligned,
    write_small,
)
from charts.specs import Line, Lines
from drawing.lettering import SMALL, text_width
from drawing.palette import GREEN, INK, ORANGE, OUTLINE, SOFT
from drawing.sheet import MARGIN, WIDTH, Disc, Frame, Point, Sheet, Stroke

_COLOURS = (GREEN, ORANGE, BLUE, PURPLE, INK, OUTLINE)
_NAMES = 320  # pixels for the names beside the lines
_HEIGHT = 620
_APART = 42  # from one name to the next, in pixels
_BESIDE = 8  # from one line to the next that ends at the same number


@dataclass(frozen=True, slots=True)
class _Scale:
    """Maps days and numbers to points."""

    frame: Frame
    days: tuple[int, int]
    most: int

    def point(self, day: int, number: int) -> Point:
        first, last = self.days
        across = (day - first) / max(last - first, 1)
        up = number / self.most
        return self.frame.left + across * self.frame.width, self.frame.bottom - up * _HEIGHT


def draw(spec: Lines) -> Sheet:
    """Draw a line chart."""
    sheet = Sheet()
    top = sheet.write_title(spec.title, replace_missing_glyphs(spec.subtitle))
    write_small(sheet, spec.axis, MARGIN, top - 6, SOFT)
    top += 56
    marks = scale_steps(
        max((number for line in spec.lines for _, number in line.points), default=0)
    )
    left = MARGIN + max(text_width(f"{each:,}", SMALL) for each in marks) + 16
    frame = Frame(left, top, WIDTH - MARGIN - _NAMES - 40 - left, _HEIGHT)
    scale = _Scale(frame, (spec.ticks[0][0], spec.ticks[-1][0]), marks[-1])
    _draw_axes(sheet, spec, scale, marks)
    raised = [_shift_up(scale, by) for by in _vertical_offsets(spec.lines)]
    for line, colour, own in zip(spec.lines, _COLOURS, raised, strict=False):
        sheet.add(Stroke(_step_points(line, own), colour, 6))
        sheet.add(Disc(_end(line, own), 9, colour))
    _label_lines(sheet, spec.lines, raised)
    sheet.close(frame.bottom + 80, spec.notes)
    return sheet


def _draw_axes(sheet: Sheet, spec: Lines, scale: _Scale, marks: range) -> None:
    frame = scale.frame
    for each in marks:
        _x, y = scale.point(scale.days[0], each)
        sheet.add(Stroke(((frame.left, y), (frame.right, y)), GRID_LINE, 2))
        write_right_aligned(sheet, f"{each:,}", frame.left - 12, y - 20)
    for day, text in spec.ticks:
        write_centred(sheet, text, scale.point(day, 0)[0], frame.bottom + 16)


def _step_points(line: Line, scale: _Scale) -> tuple[Point, ...]:
    points: list[Point] = [scale.point(max(line.points[0][0] - 1, scale.days[0]), 0)]
    for day, number in line.points:
        points += [(scale.point(day, 0)[0], points[-1][1]), scale.point(day, number)]
    return (*points, _end(line, scale))


def _end(line: Line, scale: _Scale) -> Point:
    return scale.point(scale.days[1], line.points[-1][1])


def _vertical_offsets(lines: Sequence[Line]) -> list[int]:
    """Vertical offsets in pixels, so that no line covers another one with the same last number."""
    ends = [line.points[-1][1] for line in lines]
    return [_BESIDE * ends[:at].count(end) for at, end in enumerate(ends)]


def _shift_up(scale: _Scale, by: int) -> _Scale:
    frame = scale.frame
    return replace(scale, frame=Frame(frame.left, frame.top - by, frame.width, frame.height))


def _label_lines(sheet: Sheet, lines: Sequence[Line], scales: Sequence[_Scale]) -> None:
    """Number and label the lines from top to bottom, without overlaps."""
    pairs = zip(lines, _COLOURS, scales, strict=False)
    numbered = list(enumerate(pairs, 1))
    numbered.sort(key=lambda one: _end(one[1][0], one[1][2])[1])
    left = scales[0].frame.right + 60
    tops = _label_tops(
        [_end(line, scale)[1] - 20 for _, (line, _c, scale) in numbered], scales[0].frame
    )
    for (number, (line, colour, scale)), top in zip(numbered, tops, strict=True):
        x, y = _end(line, scale)
        sheet.add(Stroke(((x + 9, y), (left - 12, top + 20)), colour, 3))
        name = text_or_fallback(line.label, "")
        text = shorten_to_width(f"{number}  {name}", SMALL, _NAMES - 30) if name else line.fallback
        write_small(sheet, text, left, top)


def _label_tops(wanted: Sequence[float], frame: Frame) -> list[float]:
    """Tops of the labels: at their lines, pushed apart, and none below the frame."""
    tops: list[float] = []
    for top in wanted:
        tops.append(max(top, tops[-1] + _APART if tops else frame.top - 24))
    lowest = frame.bottom - _APART + 20
    for at in reversed(range(len(tops))):
        tops[at] = min(tops[at], lowest)
        lowest = tops[at] - _APART
    return tops
