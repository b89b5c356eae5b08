"""Chart specs: texts in the reader's language, and numbers, ready to be drawn.

Values only, sent as JSON to the rendering process; imports no drawing library.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart.

    Attributes:
        label: a few characters.
        value_text: the formatted number.
        is_highlighted: whether it is highlighted.
    """

    label: str
    value: int
    value_text: str
    is_highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart.

    Attributes:
        subtitle: the people and days covered.
        highlight_label: meaning of the highlighted bar; "" when there is none.
        notes: small sentences below.
    """

    title: str
    subtitle: str
    highlight_label: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...]
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that rises in steps.

    Attributes:
        label: a name that somebody chose.
        fallback: fallback if the font has no glyphs for it.
        points: days and numbers, rising.
    """

    label: str
    fallback: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart over days.

    Attributes:
        axis: label of the vertical axis.
        ticks: days with their labels, including the first and the last.
    """

    title: str
    subtitle: str
    axis: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True, slots=True)
class Grid:
    """A heat map.

    Attributes:
        rows: label and values of each row, all of the same length.
        columns: index of a cell, from 0, and the label below it.
        lightest_label: meaning of the lightest colour; `darkest_label` of the darkest.
    """

    title: str
    subtitle: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    columns: tuple[tuple[int, str], ...]
    axis: str
    lightest_label: str
    darkest_label: str
    notes: tuple[str, ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of a scatter plot.

    Attributes:
        label: listed below the chart with its number; "" for one that is not highlighted.
    """

    x: int
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """A scatter plot: `x` from 0 to 100, `y` from -1 to 1.

    Attributes:
        x_label: label of the horizontal axis; `y_label` of the vertical one.
        shaded_below: the background is shaded below this `y`; `shade_label` is the label of that.
        list_title: title of the list of labels.
    """

    title: str
    subtitle: str
    dots: tuple[Dot, ...]
    x_label: str
    y_label: str
    shaded_below: float
    shade_label: str
    list_title: str
    notes: tuple[str, ...]
    kind: Literal["dots"] = "dots"


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its confidence interval, in percent.

    Attributes:
        value_text: the formatted share; replaces the drawing when `middle` is `None`.
    """

    label: str
    low: int
    middle: int | None
    high: int
    value_text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two shares to compare, with a sentence on their difference."""

    name: str
    shares: tuple[Share, Share]
    difference: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of shares on one scale from 0 to 100 percent."""

    title: str
    subtitle: str
    pairs: tuple[Pair, ...]
    axis: str
    notes: tuple[str, ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class Card:
    """A card with a QR code, to print.

    Attributes:
        squares: rows of the QR code, where "1" is dark and "0" light.
        notes: what to do, and the address in letters.
    """

    title: str
    subtitle: str
    squares: tuple[str, ...]
    notes: tuple[str, ...]
    kind: Literal["card"] = "card"


Chart: TypeAlias = Bars | Lines | Grid | Dots | Pairs | Card
