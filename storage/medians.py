"""Medians of what the database has counted."""

from collections.abc import Sequence

from storage.statements import Row


def median(rows: Sequence[Row]) -> int | None:
    """The smallest value that at least half do not exceed; `None` without any.

    Args:
        rows: a value and how many have it, rising.
    """
    whole, until = sum(int(count) for _, count in rows), 0
    for value, count in rows:
        until += int(count)
        if 2 * until >= whole > 0:
            return int(value)
    return None
