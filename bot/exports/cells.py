"""Rows of the database become cells: pseudonyms, moments, truth; and text that starts nothing.

A cell that begins with a sign such as = is taken for a formula by programs for tables (OWASP, CSV
injection). In CSV such text gets an apostrophe in front; XLSX knows what is text.
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
"""What stands in a file for a learner."""

# Signs that begin a formula, also in their full-width forms, and what may stand before one unseen.
_STARTING = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - these are meant

_DIGITS = 16


def pseudonyms(key: bytes) -> Naming:
    """Pseudonyms of 64 bits: nobody finds the learner from one without the database's key."""

    def name(learner: int) -> str:
        hashed = digest(key, str(learner).encode(), hashlib.sha256)
        return f"L{hashed.hex()[:_DIGITS]}"

    return name


def cells(row: Row, kinds: Sequence[Kind], naming: Naming) -> tuple[Cell, ...]:
    """The cells of a row whose columns are of `kinds`."""
    return tuple(
        None
        if value is None
        else _MAKING[kind](value)
        if kind is not Kind.LEARNER
        else naming(value)
        for value, kind in zip(row, kinds, strict=True)
    )


def defused(text: str) -> str:
    """`text` as no program takes it for a formula."""
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
