"""The places of a rolling second, as Telegram may count it: by when messages arrive, not leave.

A place is free again one second after the latest moment at which its message can have been
counted. A call that took longer than the fastest ones took may have been late on its way there,
so its place stays taken that much longer: a slow first connection cannot squeeze two seconds' worth
into one. This holds while the fastest way is known; where the way itself becomes faster, only the
guard is left.
"""

from heapq import heappop, heappush

# Seconds by which a message may have been late on its way, as far as it is reckoned with: a network
# that stands still for a moment lets all arrive together that were sent meanwhile. A call without
# an answer holds its place for no longer than this beyond the second.
LONGEST_DELAY = 2.0

# Calls over which the fastest is looked for. Before the first ones nothing is known, and all count
# as late. Afterwards these are the last two seconds' at full rate, or more: through a shorter time
# all calls may be late, and the fastest of them would hide it.
_FIRST, _RECENT_SECONDS = 32, 2


class Slots:
    """At most `places` messages in any second, counted where they arrive."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._recent = max(_FIRST, _RECENT_SECONDS * places)
        self._free_at: list[float] = []  # a heap: of messages whose call is over
        self._under_way: dict[int, float] = {}  # ticket: when it was released, oldest first
        self._fastest_before, self._fastest, self._to_look_at = 0.0, float("inf"), _FIRST

    def opens_at(self, now: float) -> float:
        """From when on there is a place; not after `now` if there is one."""
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
        """A message goes."""
        self._under_way[ticket] = now

    def give_back(self, ticket: int) -> None:
        """It did not go after all."""
        self._under_way.pop(ticket, None)

    def done(self, ticket: int, now: float, guard: float) -> None:
        """Its call is over; the place is free a second and its delay later, or `guard` at least.

        A little of the guard comes on top of a delay, since the fastest call need not have been
        the fastest possible.
        """
        released_at = self._under_way.pop(ticket, None)
        if released_at is None:
            return
        took = now - released_at
        delay = min(took - self._least(took), LONGEST_DELAY)
        heappush(self._free_at, released_at + 1 + max(guard, delay + guard / 4))

    def _let_go(self, now: float) -> None:
        """Give up the places of calls that no answer came to."""
        for ticket, released_at in tuple(self._under_way.items()):
            if released_at + 1 + LONGEST_DELAY > now:
                break
            del self._under_way[ticket]

    def _least(self, took: float) -> float:
        """What the fastest of the recent calls took, `took` among them."""
        self._fastest = min(self._fastest, took)
        least = min(self._fastest, self._fastest_before)
        self._to_look_at -= 1
        if not self._to_look_at:
            self._fastest_before, self._fastest = self._fastest, float("inf")
            self._to_look_at = self._recent
        return least
