"""Messages under the pacer's rules, in a time that is reckoned and never waited for."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.bot_api.chat_limits import ChatKey
from bot.bot_api.priority_queues import PendingCall, PriorityQueues
from bot.bot_api.rate_limits import Lane, RateLimits, Rates


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent.

    Attributes:
        at: when somebody asks for it, in seconds.
        way: seconds from its release until Telegram counts it.
        refusals: for how many seconds Telegram asks to wait, one by one, before it takes it.
        leaves_after: seconds after which its caller gives up waiting; `None` for patience.
    """

    at: float
    lane: Lane = Lane.ANSWER
    chat: ChatKey = 1
    way: float = 0.02
    refusals: tuple[float, ...] = ()
    leaves_after: float | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """A message that had its turn.

    Attributes:
        at: when it was let go.
        counted_at: when it arrived.
        is_taken: whether Telegram took it.
    """

    message: Message
    number: int
    at: float
    counted_at: float
    is_taken: bool

    @property
    def waited(self) -> float:
        return self.at - self.message.at


@dataclass(slots=True)
class Run:
    """All that happened.

    Attributes:
        overtaken: releases while somebody with a better right could have gone.
    """

    pacing: RateLimits
    released: list[Released] = field(default_factory=list)
    overtaken: list[Released] = field(default_factory=list)
    left: int = 0

    @property
    def taken(self) -> list[Released]:
        return [one for one in self.released if one.is_taken]

    def of(self, lane: Lane) -> list[Released]:
        return [one for one in self.taken if one.message.lane is lane]


BACK = 0.02  # seconds that an answer takes


class _Sending:
    """Plays the bot and Telegram; events are (time, order, what)."""

    def __init__(self, pacing: RateLimits, late: float) -> None:
        self.run = Run(pacing)
        self._pacing = pacing
        self._late = late
        self._lines = PriorityQueues(pacing)
        self._events: list[tuple[float, int, tuple[str, int]]] = []
        self._order = count()
        self._messages: dict[int, Message] = {}
        self._waiters: dict[int, PendingCall] = {}
        self._refusals: dict[int, list[float]] = {}
        self._tickets: dict[int, int] = {}
        self._next_look = float("inf")
        self._standing: list[tuple[Lane, int]] = []  # who waits, the best right first

    def play(self, messages: Iterable[Message]) -> Run:
        for number, message in enumerate(sorted(messages, key=lambda one: one.at)):
            self._messages[number] = message
            self._refusals[number] = list(message.refusals)
            self._happens(message.at, "asked", number)
            if message.leaves_after is not None:
                self._happens(message.at + message.leaves_after, "leaves", number)
        while self._events:
            now, _, (what, number) = heappop(self._events)
            getattr(self, f"_{what}")(number, now)
            self._release(now)
        assert not any(self._lines.waiting_counts.values()), "somebody waits for ever"
        return self.run

    def _happens(self, at: float, what: str, number: int = -1) -> None:
        heappush(self._events, (at, next(self._order), (what, number)))

    def _asked(self, number: int, _: float) -> None:
        message = self._messages[number]
        waiter = self._waiters[number] = PendingCall(number, message.lane, message.chat)
        self._stand(waiter)

    def _stand(self, waiter: PendingCall) -> None:
        self._lines.add(waiter)
        insort(self._standing, (waiter.lane, waiter.number))

    def _leaves(self, number: int, _: float) -> None:
        waiter = self._waiters[number]
        if waiter.is_waiting:
            self.run.left += 1
            self._lines.remove(waiter)
            self._standing.remove((waiter.lane, number))

    def _wakes(self, _: int, __: float) -> None:
        """Only to look again."""

    def _answered(self, number: int, now: float) -> None:
        self._pacing.finish_send(self._tickets[number], now, is_answered=True)

    def _refused(self, number: int, now: float) -> None:
        self._pacing.finish_send(self._tickets[number], now, is_answered=False)
        wait = self._refusals[number].pop(0)
        self._pacing.record_retry_after(self._messages[number].chat, wait, now)
        self._stand(self._waiters[number])

    def _release(self, now: float) -> None:
        while isinstance(found := self._lines.pop_ready(now), PendingCall):
            self._go(found, now)
        if now < found < self._next_look or self._next_look <= now:
            self._next_look = found
            if found < float("inf"):
                self._happens(found + self._late, "wakes")

    def _go(self, waiter: PendingCall, now: float) -> None:
        number = waiter.number
        message = self._messages[number]
        is_taken = not self._refusals[number]
        one = Released(message, number, now, now + message.way, is_taken)
        self.run.released.append(one)
        if self._is_overtaking(waiter, now):
            self.run.overtaken.append(one)
        self._standing.remove((waiter.lane, number))
        self._tickets[number] = self._pacing.record_send(message.chat, now)
        self._happens(one.counted_at + BACK, "answered" if is_taken else "refused", number)

    def _is_overtaking(self, waiter: PendingCall, now: float) -> bool:
        """Whether somebody ahead of `waiter` could have gone: their chat is open."""
        for _lane, number in self._standing:
            if number == waiter.number:
                return False
            if self._pacing.chat_free_at(self._messages[number].chat, now) <= now:
                return True
        problem = "who goes has not waited"
        raise AssertionError(problem)


def sent(messages: Iterable[Message], late: float = 0.0) -> Run:
    """Send `messages`; the machine wakes up `late` seconds late each time."""
    return _Sending(RateLimits(), late).play(messages)


def most_within(seconds: float, times: Iterable[float]) -> int:
    """How many of `times` lie in the fullest interval of that length, its end not included."""
    ordered = sorted(times)
    first = most = 0
    for last, time in enumerate(ordered):
        while time - ordered[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


RATES = Rates()


PLACE = (1 + RATES.margin) / RATES.per_second  # seconds from one place to the next


def broadcast(people: int, way: float = 0.02) -> list[Message]:
    return [Message(0, Lane.BROADCAST, 1000 + person, way) for person in range(people)]


def taps(until: float, every: float, people: int = 20) -> list[Message]:
    """Answers at moments that do not keep step with the places."""
    moments = (number * every * 1.0137 for number in range(int(until / every)))
    return [Message(at, Lane.ANSWER, 1 + n % people) for n, at in enumerate(moments)]


def earlier(way: float = 0.02) -> list[Message]:
    """A quiet while before, from which the pacer knows how long a call takes."""
    return [Message(-60 + n, Lane.ANSWER, 9000 + n, way) for n in range(40)]


def arrivals(run: Run) -> list[float]:
    return sorted(one.counted_at for one in run.released)


def share(run: Run, since: float, until: float) -> float:
    """What part of the permitted rate arrived."""
    count = sum(since <= at < until for at in arrivals(run))
    return count / ((until - since) * RATES.per_second)
