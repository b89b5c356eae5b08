"""The one reader of the clock; everything else is told the time."""

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Gives the present moment in UTC milliseconds since 1970."""


def now() -> int:
    """The present moment by the machine's clock, in UTC milliseconds."""
    return time.time_ns() // 1_000_000  # noqa: TID251 - this is the one place
