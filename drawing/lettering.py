"""Text: styles, widths and line breaks.

The letters are DejaVu Sans, which comes with matplotlib, so that every machine draws the same ones.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from drawing.palette import INK, Colour

SMALLEST = 30
"""Pixels of an em in a picture 1080 wide: 10 of them where a phone shows it 360 wide."""

LABEL_WORDS = 7
"""How many words a label may have; a sentence in a note may have more."""

_PITCH = 1.28
"""From one line to the next, in ems."""

_SHORT = 0.3
"""A last line shorter than this share of the width looks lost."""

_ASCENT = 0.95
"""From the top of a line to the ground that its letters stand on, in ems."""

DPI = 72
"""Then a point is a pixel."""


@dataclass(frozen=True, slots=True)
class Style:
    """Style of text, and how many words it may have.

    Attributes:
        size: of an em, in pixels.
        words: how many there may be, at most; none for sentences.
    """

    size: int
    bold: bool = False
    words: int | None = LABEL_WORDS


TITLE = Style(54, bold=True, words=12)
UNDER_TITLE = Style(34, words=12)
HEADING = Style(36, bold=True)
LABEL = Style(34)
SMALL = Style(SMALLEST)
STRONG = Style(SMALLEST, bold=True)
SENTENCE = Style(SMALLEST, words=None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in one style.

    A line ends where it has a newline, and not where it has a space that does not break (U+00A0).

    Attributes:
        before: room above it, in pixels.
        sign: stands in front, such as a bullet; the text keeps clear of it in all its lines.
    """

    text: str
    style: Style = LABEL
    colour: Colour = INK
    before: int = 0
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph, with its position in the column.

    Attributes:
        left: from the column's left edge, in pixels.
        baseline: what its letters stand on, from the column's top, in pixels.
    """

    text: str
    paragraph: Paragraph
    left: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Column:
    """Paragraphs set below each other: their lines, and the total height in pixels."""

    lines: tuple[Line, ...]
    height: float


def lay_out_column(
    paragraphs: tuple[Paragraph, ...], width: float, align: Literal["left", "centre"] = "left"
) -> Column:
    """Set `paragraphs` in a column `width` pixels wide; a wider word sticks out."""
    lines: list[Line] = []
    top = 0.0
    for paragraph in paragraphs:
        style = paragraph.style
        top += paragraph.before
        indent = text_width(f"{paragraph.sign} ", style) if paragraph.sign else 0.0
        if paragraph.sign:
            lines.append(Line(paragraph.sign, paragraph, 0.0, top + _ASCENT * style.size))
        for text in break_lines(paragraph.text, style, width - indent, even=align == "centre"):
            spare = (width - text_width(text, style)) / 2 if align == "centre" else indent
            lines.append(Line(text, paragraph, spare, top + _ASCENT * style.size))
            top += _PITCH * style.size
    return Column(tuple(lines), top)


def break_lines(text: str, style: Style, width: float, *, even: bool = False) -> list[str]:
    """Break `text` into lines of at most `width` pixels, the last one not much shorter.

    Args:
        even: make the lines as alike in length as can be.
    """
    short = width if even else _SHORT * width
    return [line for part in text.split("\n") for line in _balanced(part, style, width, short)]


def _balanced(text: str, style: Style, width: float, short: float) -> list[str]:
    """Make lines narrower, but not more, while the last one is shorter than `short`."""
    lines = _filled(text, style, width)
    while len(lines) > 1 and text_width(lines[-1], style) < short:
        longest = _widest(lines, style)
        narrower = _filled(text, style, longest - 1)
        if len(narrower) > len(lines) or _widest(narrower, style) >= longest:
            break
        lines = narrower
    return lines


def _widest(lines: list[str], style: Style) -> float:
    return max(text_width(line, style) for line in lines)


def _filled(text: str, style: Style, width: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and text_width(longer, style) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def text_width(text: str, style: Style) -> float:
    """Width of `text` on one line, in pixels."""
    width, _height, _descent = _ruler().get_text_width_height_descent(text, font(style), False)
    return float(width)


@cache
def font(style: Style) -> FontProperties:
    """The font of `style`, from the file that comes with matplotlib."""
    name = "DejaVuSans-Bold.ttf" if style.bold else "DejaVuSans.ttf"
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / name
    return FontProperties(fname=str(path), size=style.size)


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)
