"""Paints a sheet: pixels, positions of its words, and a small PNG file.

The same sheet gives the same bytes on one machine: no time, no name of a program, and no settings
of whoever runs it go into them. Other versions of the libraries may draw an edge differently.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import atan2, cos, sin
from typing import assert_never

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from matplotlib.text import Text
from PIL import Image

from drawing.lettering import DPI, font
from drawing.palette import Colour
from drawing.sheet import WIDTH, Area, Disc, Frame, Mark, Point, Sheet, Stroke, Words

_COLOURS = 256
"""In a PNG file with a palette. PNG specification, 11.2.3."""

_HEAD = 4.6
"""Length of an arrow's head, in thicknesses of its line."""


@dataclass(frozen=True, slots=True)
class Painting:
    """A painted sheet.

    Attributes:
        places: the ground of each line of `Sheet.words`, as it was painted.
    """

    image: Image.Image
    places: tuple[Frame, ...]


def paint(sheet: Sheet) -> Painting:
    """Paint `sheet`, which must be closed."""
    assert sheet.height, "a sheet has a height once it is closed"
    with _own_settings():
        figure = Figure(figsize=(WIDTH / DPI, sheet.height / DPI), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(sheet.height, 0))
        axes.set_axis_off()
        texts = [text for mark in sheet.marks if (text := _put(axes, mark)) is not None]
        canvas.draw()
        places = tuple(_place(text, canvas, sheet.height) for text in texts)
        pixels = Image.frombytes("RGBA", (WIDTH, sheet.height), bytes(canvas.buffer_rgba()))
    return Painting(pixels.convert("RGB"), places)


def encode_png(image: Image.Image) -> bytes:
    """Encode `image` as a PNG file with its most frequent colours; others become the nearest."""
    packed = np.asarray(image.convert("RGB"), dtype=np.uint32) @ np.array((1 << 16, 1 << 8, 1))
    colours, where, counts = np.unique(packed, return_inverse=True, return_counts=True)
    most = colours[np.argsort(-counts.astype(np.int64), kind="stable")[:_COLOURS]]
    away = np.abs(_parts(colours)[:, None] - _parts(most)[None]).sum(axis=2)
    indices = away.argmin(axis=1).astype(np.uint8)[where].reshape(packed.shape)
    reduced = Image.fromarray(indices).convert("P")
    reduced.putpalette(_parts(most).astype(np.uint8).tobytes())
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


def _parts(packed: "np.typing.NDArray[np.int64]") -> "np.typing.NDArray[np.int64]":
    """Split packed colours into red, green and blue."""
    return np.stack((packed >> 16, packed >> 8 & 255, packed & 255), axis=1).astype(np.int64)


@contextmanager
def _own_settings() -> Iterator[None]:
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def _put(axes: Axes, mark: Mark) -> Text | None:
    """Draw `mark`; return the text if it is one."""
    match mark:
        case Words():
            return axes.text(
                mark.left,
                mark.baseline,
                mark.text,
                fontproperties=font(mark.paragraph.style),
                color=mark.paragraph.colour,
                verticalalignment="baseline",
                parse_math=False,
                zorder=1,
            )
        case Area():
            axes.add_patch(_rounded(mark))
        case Disc():
            edge = mark.edge or mark.fill
            circle = Circle(mark.centre, mark.radius, fc=mark.fill, ec=edge, lw=mark.thickness)
            axes.add_patch(circle)
        case Stroke():
            _line(axes, mark)
        case _:
            assert_never(mark)
    return None


def _rounded(area: Area) -> FancyBboxPatch:
    frame = area.frame
    return FancyBboxPatch(
        (frame.left, frame.top),
        frame.width,
        frame.height,
        boxstyle=f"round,pad=0,rounding_size={area.radius}",
        fc=area.fill,
        ec=area.edge or "none",
        lw=area.thickness if area.edge else 0,
        ls=(0, (4, 3)) if area.dashed else "solid",
        zorder=1,
    )


def _line(axes: Axes, stroke: Stroke) -> None:
    points = list(stroke.points)
    if stroke.head:
        tip, back, corners = _head(points[-2], points[-1], stroke.thickness)
        points[-1] = back
        axes.add_patch(_triangle((tip, *corners), stroke.colour))
    xs, ys = zip(*points, strict=True)
    line = Line2D(xs, ys, color=stroke.colour, lw=stroke.thickness, solid_capstyle="butt", zorder=1)
    line.set_solid_joinstyle("round")
    axes.add_line(line)


def _triangle(corners: tuple[Point, ...], colour: Colour) -> Polygon:
    return Polygon(corners, closed=True, fc=colour, ec="none", zorder=1)


def _head(start: Point, tip: Point, thickness: float) -> tuple[Point, Point, tuple[Point, Point]]:
    """The tip of an arrow's head, the end of its line, and its two other corners."""
    length, half = _HEAD * thickness, _HEAD * thickness / 1.7
    turn = atan2(tip[1] - start[1], tip[0] - start[0])
    back = tip[0] - length * cos(turn), tip[1] - length * sin(turn)
    aside = half * sin(turn), -half * cos(turn)
    corners = (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])
    return tip, back, corners


def _place(text: Text, canvas: FigureCanvasAgg, height: float) -> Frame:
    """Position of the painted `text`, from the upper left corner."""
    box = text.get_window_extent(canvas.get_renderer())
    return Frame(box.x0, height - box.y1, box.width, box.height)
