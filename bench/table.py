"""The results of a run as a table, for the terminal and for docs/benchmarks.md."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """Bounds of a ratio.

    Attributes:
        at_most: the ratio is met when it is not larger; `None` if it should be large.
        at_least: the ratio is met when it is not smaller; `None` if it should be small.
    """

    at_most: float | None = None
    at_least: float | None = None

    def __str__(self) -> str:
        """Format for the table."""
        return (
            f"at most {self.at_most:g}" if self.at_least is None else f"at least {self.at_least:g}"
        )

    def is_met(self, ratio: float) -> bool:
        """Whether `ratio` reaches it."""
        if self.at_most is not None and ratio > self.at_most:
            return False
        return self.at_least is None or ratio >= self.at_least


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        figure: what was measured.
        ours: of this bot, with its unit.
        peer: of whom it is compared with.
        ratio: ours divided by the peer's.
        goal: `None` where none was set: shown for what it is.
    """

    figure: str
    ours: str
    peer: str
    ratio: float
    goal: Goal | None = None

    @property
    def verdict(self) -> str:
        """Met, missed, or "" without a goal."""
        if self.goal is None:
            return ""
        return "met" if self.goal.is_met(self.ratio) else "missed"

    def cells(self) -> tuple[str, ...]:
        """The cells of the row."""
        ratio = f"{self.ratio:.3g}"
        return self.figure, self.ours, self.peer, ratio, str(self.goal or ""), self.verdict


HEADS = ("Figure", "Ours", "Peer", "Ratio", "Goal", "")


def microseconds(seconds: float) -> str:
    """Format a duration for the table."""
    return f"{seconds * 1e6:,.0f} us"


def as_text(rows: Sequence[Row]) -> str:
    """Format for the terminal, in columns of even width."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(rows: Sequence[Row]) -> str:
    """Format as Markdown."""
    lines = [HEADS, ("---",) * len(HEADS), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
