"""Priority queues of pending calls, one per lane, first in, first out per chat.

Calls for a paused chat are skipped until it is free. Time is an argument; nothing here waits.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.bot_api.rate_limits import (
    Chat,
    Edits,
    Lane,
    Name,
    Pacing,
)

_NEVER = float("inf")


@dataclass(slots=True, eq=False)
class Waiter:
    """A call waiting to be sent.

    Attributes:
        number: position in the order of arrival, kept when it is queued again.
        is_waiting: whether it is queued.
    """

    number: int
    lane: Lane
    chat: Chat
    is_waiting: bool = False

    def __lt__(self, other: "Waiter") -> bool:
        return self.number < other.number


@dataclass(slots=True, eq=False)
class _Line:
    """Queue of one lane's calls for one chat.

    Attributes:
        ready_number: the number under which it is in the lane's heap of ready queues; `None` if
            it is not there.
        is_paused: whether it waits for its chat.
    """

    lane: Lane
    chat: Chat
    waiters: list[Waiter] = field(default_factory=list)
    offered: int | None = None
    is_held: bool = False

    def head(self) -> Waiter | None:
        """Return the first waiting call, dropping removed ones before it."""
        while self.waiters and not self.waiters[0].is_waiting:
            heappop(self.waiters)
        return self.waiters[0] if self.waiters else None


class Lines:
    """All pending calls.

    Attributes:
        waiting_counts: number of pending calls by lane.
    """

    def __init__(self, pacing: Pacing) -> None:
        self.waiting = dict.fromkeys(Lane, 0)
        self._pacing = pacing
        self._lines: dict[tuple[Lane, Chat], _Line] = {}
        self._ready: tuple[list[tuple[int, int, _Line]], ...] = tuple([] for _ in Lane)
        self._held: list[tuple[float, int, _Line]] = []
        self._ties = count()

    def __bool__(self) -> bool:
        """Whether any queue exists, even one whose calls were all removed."""
        return bool(self._lines)

    def add(self, waiter: Waiter) -> None:
        """Add a call, ordered by number within its lane."""
        key = (waiter.lane, waiter.chat)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line(*key)
        heappush(line.waiters, waiter)
        waiter.is_waiting = True
        self.waiting[waiter.lane] += 1
        if not line.is_held and (line.offered is None or waiter.number < line.offered):
            self._offer(line, waiter)

    def leave(self, waiter: Waiter) -> None:
        """Remove a call; does nothing if it is not queued."""
        if waiter.is_waiting:
            waiter.is_waiting = False
            self.waiting[waiter.lane] -= 1

    def send_away(self, name: Name) -> list[Waiter]:
        """Remove and return all calls for one chat, edits included, in no order."""
        places = [(lane, chat) for lane in Lane for chat in (name, Edits(name))]
        found = [line for place in places if (line := self._lines.get(place)) is not None]
        present = [waiter for line in found for waiter in line.waiters if waiter.is_waiting]
        for waiter in present:
            self.leave(waiter)
        return present

    def clear(self) -> list[Waiter]:
        """Remove and return all calls, in no order."""
        present = [w for line in self._lines.values() for w in line.waiters if w.is_waiting]
        for waiter in present:
            self.leave(waiter)
        self._lines.clear()
        self._held.clear()
        for ready in self._ready:
            ready.clear()
        return present

    def next(self, now: float) -> Waiter | float:
        """Remove and return the next call; or return when to ask again, infinity if none waits.

        The caller must count the call (`RateLimits.record_send`) before asking again.
        """
        self._wake(now)
        for lane in Lane:
            if not self._ready[lane]:
                continue
            opens = self._pacing.lane_opens_at(lane, now)
            if opens > now:  # lower lanes are not free earlier
                return min(opens, self._wakes_at())
            waiter = self._first(lane, now)
            if waiter is not None:
                self.leave(waiter)
                return waiter
        return self._wakes_at()

    def _first(self, lane: Lane, now: float) -> Waiter | None:
        """Pop the oldest call of `lane` whose chat is free, pausing queues of other chats."""
        ready = self._ready[lane]
        while ready:
            number, _, line = heappop(ready)
            if line.offered != number:
                continue  # outdated entry
            head = line.head()
            if head is None or head.number != number:
                self._place(line, head)
                continue
            opens = self._pacing.chat_opens_at(line.chat, now)
            if opens > now:
                line.offered, line.is_held = None, True
                heappush(self._held, (opens, next(self._ties), line))
                continue
            heappop(line.waiters)
            self._place(line, line.head())
            return head
        return None

    def _wake(self, now: float) -> None:
        while self._held and self._held[0][0] <= now:
            line = heappop(self._held)[2]
            line.is_held = False
            self._place(line, line.head())

    def _wakes_at(self) -> float:
        return self._held[0][0] if self._held else _NEVER

    def _place(self, line: _Line, head: Waiter | None) -> None:
        """Mark a queue as ready under its first call's number, or delete an empty one."""
        if head is None:
            line.offered = None
            del self._lines[line.lane, line.chat]
        else:
            self._offer(line, head)

    def _offer(self, line: _Line, head: Waiter) -> None:
        line.offered = head.number
        heappush(self._ready[line.lane], (head.number, next(self._ties), line))
