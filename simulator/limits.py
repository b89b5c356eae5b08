"""How fast the bot may send. Off until asked for, so that ordinary tests do not wait."""

import math
from collections import deque
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.errors import too_many_requests


@dataclass(slots=True)
class Limits:
    """Telegram's rates, from the bot FAQ: about 30/s in all, 1/s per chat, 20/min per group.

    Attributes:
        enforce: whether sending is limited at all.
        burst: how many messages one chat takes at once; the FAQ allows short bursts, unnumbered.
        query_seconds: how long a press may be answered; Telegram documents no number.
    """

    clock: Clock
    enforce: bool = False
    per_second: int = 30
    burst: int = 5
    group_per_minute: int = 20
    query_seconds: float = 150
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _free_at: dict[tuple[int, bool], float] = field(default_factory=dict)

    def admit(self, chat_id: int, *, edits: bool = False) -> None:
        """Count one message to `chat_id`; what is refused is not counted.

        Changes of messages count among all; in a chat the FAQ limits only what is sent, so they
        are counted beside it, at the same rate (our reading: Telegram documents none for them).

        Raises:
            ApiError: 429, with the seconds to wait.
        """
        if not self.enforce:
            return
        now = self.clock.now()
        group = self._groups.setdefault(chat_id, deque()) if chat_id < 0 else None
        waits = [_wait(self._all, now, 1, self.per_second)]
        if group is not None:
            waits.append(_wait(group, now, 60, self.group_per_minute))
        # One queue per chat: each message moves its end by a second; it may be `burst` long.
        free_at = max(self._free_at.get((chat_id, edits), now), now)
        waits.append(free_at - now - (self.burst - 1))
        if max(waits) > 0:
            raise too_many_requests(max(1, math.ceil(max(waits))))
        self._all.append(now)
        self._free_at[chat_id, edits] = free_at + 1
        if group is not None:
            group.append(now)


def _wait(times: deque[float], now: float, window: float, most: int) -> float:
    """Seconds until one more fits into the sliding `window`; 0 if it fits now."""
    while times and times[0] <= now - window:
        times.popleft()
    return 0 if len(times) < most else times[0] + window - now
