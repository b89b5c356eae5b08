"""Sliding-window limiter over one second, by estimated arrival time at Telegram.

A slot is freed one second after the latest moment at which its message can have arrived. A call
that took longer than the fastest recent ones may have been delayed on its way there, so its slot
stays busy that much longer: otherwise a slow first connection could squeeze two seconds' messages
into one. This relies on a known fastest call; if the network itself becomes faster, only the margin
protects.
"""

from heapq import heappop, heappush

# Largest delay on the way that is taken into account, in seconds: after a stall of the network all
# messages sent meanwhile arrive together. An unanswered call keeps its slot no longer than this
# beyond the second.
MAX_DELAY = 2.0

# Number of calls over which the fastest is determined. During the first ones nothing is known, and
# all count as delayed. Later these are the calls of two seconds at full rate, or more: within a
# shorter time all calls may be delayed, and their fastest would hide it.
_WARM_UP_CALLS, _RECENT_SECONDS = 32, 2


class SlidingWindow:
    """Allows at most `limit` messages in any second, counted by arrival."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._recent_calls = max(_WARM_UP_CALLS, _RECENT_SECONDS * limit)
        self._busy_until: list[float] = []  # a heap: when slots of ended calls are freed
        self._in_flight: dict[int, float] = {}  # ticket: when it was released, oldest first
        self._previous_fastest, self._fastest, self._calls_left = 0.0, float("inf"), _WARM_UP_CALLS

    def free_at(self, now: float) -> float:
        """When the next slot is free; not after `now` if one is."""
        busy_until, in_flight = self._busy_until, self._in_flight
        while busy_until and busy_until[0] <= now:
            heappop(busy_until)
        if len(busy_until) + len(in_flight) < self._limit:
            return now
        self._expire_unanswered(now)
        if len(busy_until) + len(in_flight) < self._limit:
            return now
        result = busy_until[0] if busy_until else float("inf")
        if in_flight:
            oldest = next(iter(in_flight.values()))
            result = min(result, oldest + 1 + MAX_DELAY)
        return result

    def record_send(self, ticket: int, now: float) -> None:
        """Record that a message is sent."""
        self._in_flight[ticket] = now

    def undo_send(self, ticket: int) -> None:
        """Undo `record_send` for a message that was not sent."""
        self._in_flight.pop(ticket, None)

    def finish_send(self, ticket: int, now: float, margin: float) -> None:
        """Record that a call ended: its slot is freed a second plus its delay after it was sent.

        The delay counts as `margin` at least. A quarter of the margin is added to a delay, since
        the fastest known call need not be the fastest possible.
        """
        released_at = self._in_flight.pop(ticket, None)
        if released_at is None:
            return
        took = now - released_at
        delay = min(took - self._update_fastest(took), MAX_DELAY)
        heappush(self._busy_until, released_at + 1 + max(margin, delay + margin / 4))

    def _expire_unanswered(self, now: float) -> None:
        """Free the slots of calls that were not answered in time."""
        for ticket, released_at in tuple(self._in_flight.items()):
            if released_at + 1 + MAX_DELAY > now:
                break
            del self._in_flight[ticket]

    def _update_fastest(self, took: float) -> float:
        """Add the duration of a call; returns that of the fastest recent one."""
        self._fastest = min(self._fastest, took)
        fastest = min(self._fastest, self._previous_fastest)
        self._calls_left -= 1
        if not self._calls_left:
            self._previous_fastest, self._fastest = self._fastest, float("inf")
            self._calls_left = self._recent_calls
        return fastest
