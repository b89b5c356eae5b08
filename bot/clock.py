"""The system clock. Only this module reads it; all other code gets the time as an argument."""

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns the current time in UTC milliseconds since 1970."""


def now() -> int:
    """Return the current time of the machine's clock, in UTC milliseconds."""
    return time.time_ns() // 1_000_000  # noqa: TID251 - this is the one place
