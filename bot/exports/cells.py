"""Converts database rows to cells: pseudonyms, times, booleans, and text without formulas.

Spreadsheets take a cell that begins with a sign such as = for a formula (OWASP, CSV injection). In
CSV such text is prefixed with an apostrophe; in XLSX cells have types.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hmac import digest
from typing import TypeAlias

from bot.exports.tables import Kind
from storage.statements import Row

Cell: TypeAlias = str | int | float | bool | datetime | None
Naming: TypeAlias = Callable[[int], str]
"""Returns what stands in a file for a learner's user id."""

# Characters that begin a formula, also in full-width forms, and invisible ones that may precede it.
_STARTING = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - these are meant

_DIGITS = 16


def pseudonyms(key: bytes) -> Naming:
    """Make 64-bit pseudonyms; without the database's key they cannot be traced to learners."""

    def name(learner: int) -> str:
        hashed = digest(key, str(learner).encode(), hashlib.sha256)
        return f"L{hashed.hex()[:_DIGITS]}"

    return name


def cells(row: Row, kinds: Sequence[Kind], naming: Naming) -> tuple[Cell, ...]:
    """Convert a row whose columns are of `kinds`."""
    return tuple(
        None
        if value is None
        else _MAKING[kind](value)
        if kind is not Kind.LEARNER
        else naming(value)
        for value, kind in zip(row, kinds, strict=True)
    )


def defused(text: str) -> str:
    """Escape text that spreadsheets would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTING) else text


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC).replace(tzinfo=None)


def _same(value: Cell) -> Cell:
    return value


_MAKING: dict[Kind, Callable[..., Cell]] = {
    Kind.TEXT: str,
    Kind.NUMBER: _same,
    Kind.TIME: _moment,
    Kind.FLAG: bool,
}
