"""Priority queues of pending calls, one per lane, first in, first out per chat.

Calls for a paused chat are skipped until it is free. Time is an argument; nothing here waits.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.bot_api.chat_limits import ChatEdits, ChatId, ChatKey
from bot.bot_api.rate_limits import Lane, RateLimits

_NEVER = float("inf")


@dataclass(slots=True, eq=False)
class PendingCall:
    """A call waiting to be sent.

    Attributes:
        number: position in the order of arrival, kept when it is queued again.
        is_waiting: whether it is queued.
    """

    number: int
    lane: Lane
    chat: ChatKey
    is_waiting: bool = False

    def __lt__(self, other: "PendingCall") -> bool:
        return self.number < other.number


@dataclass(slots=True, eq=False)
class _ChatQueue:
    """Queue of one lane's calls for one chat.

    Attributes:
        ready_number: the number under which it is in the lane's heap of ready queues; `None` if
            it is not there.
        is_paused: whether it waits for its chat.
    """

    lane: Lane
    chat: ChatKey
    calls: list[PendingCall] = field(default_factory=list)
    ready_number: int | None = None
    is_paused: bool = False

    def peek(self) -> PendingCall | None:
        """Return the first waiting call, dropping removed ones before it."""
        while self.calls and not self.calls[0].is_waiting:
            heappop(self.calls)
        return self.calls[0] if self.calls else None


class PriorityQueues:
    """All pending calls.

    Attributes:
        waiting_counts: number of pending calls by lane.
    """

    def __init__(self, limits: RateLimits) -> None:
        self.waiting_counts = dict.fromkeys(Lane, 0)
        self._limits = limits
        self._queues: dict[tuple[Lane, ChatKey], _ChatQueue] = {}
        self._ready: tuple[list[tuple[int, int, _ChatQueue]], ...] = tuple([] for _ in Lane)
        self._paused: list[tuple[float, int, _ChatQueue]] = []
        self._tie_breakers = count()

    def __bool__(self) -> bool:
        """Whether any queue exists, even one whose calls were all removed."""
        return bool(self._queues)

    def add(self, call: PendingCall) -> None:
        """Add a call, ordered by number within its lane."""
        key = (call.lane, call.chat)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = _ChatQueue(*key)
        heappush(queue.calls, call)
        call.is_waiting = True
        self.waiting_counts[call.lane] += 1
        if not queue.is_paused and (queue.ready_number is None or call.number < queue.ready_number):
            self._push_ready(queue, call)

    def remove(self, call: PendingCall) -> None:
        """Remove a call; does nothing if it is not queued."""
        if call.is_waiting:
            call.is_waiting = False
            self.waiting_counts[call.lane] -= 1

    def remove_chat(self, chat_id: ChatId) -> list[PendingCall]:
        """Remove and return all calls for one chat, edits included, in no order."""
        keys = [(lane, chat) for lane in Lane for chat in (chat_id, ChatEdits(chat_id))]
        found = [line for place in keys if (line := self._queues.get(place)) is not None]
        removed = [waiter for line in found for waiter in line.calls if waiter.is_waiting]
        for waiter in removed:
            self.remove(waiter)
        return removed

    def clear(self) -> list[PendingCall]:
        """Remove and return all calls, in no order."""
        removed = [w for line in self._queues.values() for w in line.calls if w.is_waiting]
        for waiter in removed:
            self.remove(waiter)
        self._queues.clear()
        self._paused.clear()
        for ready in self._ready:
            ready.clear()
        return removed

    def pop_ready(self, now: float) -> PendingCall | float:
        """Remove and return the next call; or return when to ask again, infinity if none waits.

        The caller must count the call (`RateLimits.record_send`) before asking again.
        """
        self._resume_paused(now)
        for lane in Lane:
            if not self._ready[lane]:
                continue
            free_at = self._limits.lane_free_at(lane, now)
            if free_at > now:  # lower lanes are not free earlier
                return min(free_at, self._next_resume_at())
            call = self._pop_from_lane(lane, now)
            if call is not None:
                self.remove(call)
                return call
        return self._next_resume_at()

    def _pop_from_lane(self, lane: Lane, now: float) -> PendingCall | None:
        """Pop the oldest call of `lane` whose chat is free, pausing queues of other chats."""
        ready = self._ready[lane]
        while ready:
            number, _, queue = heappop(ready)
            if queue.ready_number != number:
                continue  # outdated entry
            head = queue.peek()
            if head is None or head.number != number:
                self._requeue(queue, head)
                continue
            free_at = self._limits.chat_free_at(queue.chat, now)
            if free_at > now:
                queue.ready_number, queue.is_paused = None, True
                heappush(self._paused, (free_at, next(self._tie_breakers), queue))
                continue
            heappop(queue.calls)
            self._requeue(queue, queue.peek())
            return head
        return None

    def _resume_paused(self, now: float) -> None:
        while self._paused and self._paused[0][0] <= now:
            queue = heappop(self._paused)[2]
            queue.is_paused = False
            self._requeue(queue, queue.peek())

    def _next_resume_at(self) -> float:
        return self._paused[0][0] if self._paused else _NEVER

    def _requeue(self, queue: _ChatQueue, head: PendingCall | None) -> None:
        """Mark a queue as ready under its first call's number, or delete an empty one."""
        if head is None:
            queue.ready_number = None
            del self._queues[queue.lane, queue.chat]
        else:
            self._push_ready(queue, head)

    def _push_ready(self, queue: _ChatQueue, head: PendingCall) -> None:
        queue.ready_number = head.number
        heappush(self._ready[queue.lane], (head.number, next(self._tie_breakers), queue))
