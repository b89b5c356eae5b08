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
LONGEST_DELAY = 2.0

# Number of calls over which the fastest is determined. During the first ones nothing is known, and
# all count as delayed. Later these are the calls of two seconds at full rate, or more: within a
# shorter time all calls may be delayed, and their fastest would hide it.
_FIRST, _RECENT_SECONDS = 32, 2


class Slots:
    """Allows at most `limit` messages in any second, counted by arrival."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._recent = max(_FIRST, _RECENT_SECONDS * places)
        self._free_at: list[float] = []  # a heap: when slots of ended calls are freed
        self._under_way: dict[int, float] = {}  # ticket: when it was released, oldest first
        self._fastest_before, self._fastest, self._to_look_at = 0.0, float("inf"), _FIRST

    def opens_at(self, now: float) -> float:
        """When the next slot is free; not after `now` if one is."""
        free_at, under_way = self._free_at, self._under_way
        while free_at and free_at[0] <= now:
            heappop(free_at)
        if len(free_at) + len(under_way) < self._places:
            return now
        self._let_go(now)
        if len(free_at) + len(under_way) < self._places:
            return now
        opens = free_at[0] if free_at else float("inf")
        if under_way:
            oldest = next(iter(under_way.values()))
            opens = min(opens, oldest + 1 + LONGEST_DELAY)
        return opens

    def take(self, ticket: int, now: float) -> None:
        """Record that a message is sent."""
        self._under_way[ticket] = now

    def give_back(self, ticket: int) -> None:
        """Undo `record_send` for a message that was not sent."""
        self._under_way.pop(ticket, None)

    def done(self, ticket: int, now: float, guard: float) -> None:
        """Record that a call ended: its slot is freed a second plus its delay after it was sent.

        The delay counts as `margin` at least. A quarter of the margin is added to a delay, since
        the fastest known call need not be the fastest possible.
        """
        released_at = self._under_way.pop(ticket, None)
        if released_at is None:
            return
        took = now - released_at
        delay = min(took - self._least(took), LONGEST_DELAY)
        heappush(self._free_at, released_at + 1 + max(guard, delay + guard / 4))

    def _let_go(self, now: float) -> None:
        """Free the slots of calls that were not answered in time."""
        for ticket, released_at in tuple(self._under_way.items()):
            if released_at + 1 + LONGEST_DELAY > now:
                break
            del self._under_way[ticket]

    def _least(self, took: float) -> float:
        """Add the duration of a call; returns that of the fastest recent one."""
        self._fastest = min(self._fastest, took)
        least = min(self._fastest, self._fastest_before)
        self._to_look_at -= 1
        if not self._to_look_at:
            self._fastest_before, self._fastest = self._fastest, float("inf")
            self._to_look_at = self._recent
        return least
