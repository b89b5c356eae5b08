"""Medians of counted values."""

from collections.abc import Sequence

from storage.statements import Row


def median(rows: Sequence[Row]) -> int | None:
    """Return the lower median; `None` without values.

    Args:
        rows: value and count, by rising value.
    """
    whole, until = sum(int(count) for _, count in rows), 0
    for value, count in rows:
        until += int(count)
        if 2 * until >= whole > 0:
            return int(value)
    return None
