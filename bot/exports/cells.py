"""Converts database rows to cells: pseudonyms, times, booleans, and text without formulas.

Spreadsheets take a cell that begins with a sign such as = for a formula (OWASP, CSV injection). In
CSV such text is prefixed with an apostrophe; in XLSX cells have types.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hmac import digest
from typing import TypeAlias

from bot.exports.tables import ColumnKind
from storage.statements import Row

Cell: TypeAlias = str | int | float | bool | datetime | None
LabelLearner: TypeAlias = Callable[[int], str]
"""Returns what stands in a file for a learner's user id."""

# Characters that begin a formula, also in full-width forms, and invisible ones that may precede it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - these are meant

_PSEUDONYM_DIGITS = 16


def make_pseudonymizer(key: bytes) -> LabelLearner:
    """Make 64-bit pseudonyms; without the database's key they cannot be traced to learners."""

    def name(learner: int) -> str:
        hashed = digest(key, str(learner).encode(), hashlib.sha256)
        return f"L{hashed.hex()[:_PSEUDONYM_DIGITS]}"

    return name


def make_cells(
    row: Row, kinds: Sequence[ColumnKind], label_learner: LabelLearner
) -> tuple[Cell, ...]:
    """Convert a row whose columns are of `kinds`."""
    return tuple(
        None
        if value is None
        else _CONVERTERS[kind](value)
        if kind is not ColumnKind.LEARNER
        else label_learner(value)
        for value, kind in zip(row, kinds, strict=True)
    )


def escape_formula(text: str) -> str:
    """Escape text that spreadsheets would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _to_datetime(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC).replace(tzinfo=None)


def _keep(value: Cell) -> Cell:
    return value


_CONVERTERS: dict[ColumnKind, Callable[..., Cell]] = {
    ColumnKind.TEXT: str,
    ColumnKind.NUMBER: _keep,
    ColumnKind.TIME: _to_datetime,
    ColumnKind.FLAG: bool,
}
