"""The simulator's time, which can be moved forward; nothing else here reads a clock."""
# ruff: noqa: TID251 - the simulator stands alone, so it has one reader of the clock of its own.

import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970 in UTC: running with the real clock, or standing still for tests."""

    def __init__(self, start: float | None = None) -> None:
        """Begin at `start` and stand still there; without it, run along with the real clock."""
        self._start = start
        self._real = 0.0
        self._ahead = 0.0
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        """The time in seconds since 1970, UTC; when the real clock is set back, it waits for it."""
        if self._start is not None:
            return self._start + self._ahead
        self._real = max(self._real, time.time())
        return self._real + self._ahead

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`.

        Raises:
            ValueError: `seconds` is negative: updates and buckets would become younger.
        """
        if seconds < 0:
            message = f"the clock only goes forward, not by {seconds} seconds"
            raise ValueError(message)
        self._ahead += seconds
        for listener in tuple(self._listeners):
            listener()

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every move."""
        self._listeners.append(listener)
