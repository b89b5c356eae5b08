"""What a picture shows, ready to be drawn: words in the reader's language, and numbers.

Values only, written as JSON from one process to the other; imports nothing that draws.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart.

    Attributes:
        label: a few characters.
        said: the number as it is written.
        is_marked: whether it stands out.
    """

    label: str
    value: int
    said: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of bars.

    Attributes:
        under: of whom and of which days it tells.
        marked: what the marked bar means; "" when none is marked.
        notes: small sentences below.
    """

    title: str
    under: str
    marked: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...]
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that rises in steps.

    Attributes:
        label: a name that somebody chose.
        instead: stands in its place where no letters for it are at hand.
        points: days and numbers, rising.
    """

    label: str
    instead: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over days.

    Attributes:
        axis: what is counted.
        ticks: days with how they are written, the first and the last among them.
    """

    title: str
    under: str
    axis: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that are the darker the more they stand for.

    Attributes:
        rows: what each is called, and its values; all have as many.
        columns: where which words stand below: the number of a cell, from 0.
        least: what the lightest colour means; `most` the darkest.
    """

    title: str
    under: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    columns: tuple[tuple[int, str], ...]
    axis: str
    least: str
    most: str
    notes: tuple[str, ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot.

    Attributes:
        label: listed below the picture by its number; "" for one that does not stand out.
    """

    x: int
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots between two scales: `x` from 0 to 100, `y` from -1 to 1.

    Attributes:
        across: what the scale to the right means; `up` the one upwards.
        weak: below this `y` the ground is shaded, and `shade` says what that means.
        listed: stands above the labels.
    """

    title: str
    under: str
    dots: tuple[Dot, ...]
    across: str
    up: str
    weak: float
    shade: str
    listed: str
    notes: tuple[str, ...]
    kind: Literal["dots"] = "dots"


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its bounds, in percent.

    Attributes:
        said: how it is written; in place of a drawing when `middle` is `None`.
    """

    label: str
    low: int
    middle: int | None
    high: int
    said: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two shares that are compared, and how they differ in words."""

    name: str
    shares: tuple[Share, Share]
    differ: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Shares in pairs, on one scale from 0 to 100 percent."""

    title: str
    under: str
    pairs: tuple[Pair, ...]
    axis: str
    notes: tuple[str, ...]
    kind: Literal["pairs"] = "pairs"


Chart: TypeAlias = Bars | Lines | Grid | Dots | Pairs
