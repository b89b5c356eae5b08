"""When the next message may go: Telegram's rates as rules that are told the time.

Times are seconds of a clock that never goes back; its zero means nothing. Nothing here waits.
Source of the rates: Telegram's bot FAQ, "My bot is hitting limits": about 30 messages a second in
all, one a second in a chat with short bursts, 20 a minute in a group. None of it is exact.
"""

from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from typing import TypeAlias

from bot.slots import Slots

Name: TypeAlias = int | str
"""A chat's id; groups' are negative, channels' and public groups' may be names."""


@dataclass(frozen=True, slots=True)
class Edits:
    """The changes of messages in a chat.

    The FAQ speaks of messages that are sent, so changes are counted beside them, at the same rate;
    in all, and in a pause that a chat asked for, they count like any message.
    """

    chat: Name


Chat: TypeAlias = Name | Edits
"""What is counted together: what is sent to a chat, or what is changed in it."""

# Seconds within which refusals in `SEVERAL` different chats mean that all of us are too fast.
_TOGETHER = 1.0
SEVERAL = 3

# Seconds added to what Telegram asks to wait: it rounds, and clocks differ.
_AFTER_PAUSE = 0.05

# Seconds between two widenings of the guard; and for a chat that is refused again and again.
_BETWEEN_WIDENINGS, _BETWEEN_WIDENINGS_OF_ONE = 1.0, 60.0

# Seconds of silence after a request that could not be made: the first, and the longest.
_FIRST_SILENCE, _LONGEST_SILENCE = 0.25, 4.0

# Steps that bulk catches up when it is late. No more: the window would repeat the gap before and
# the crowd behind it second by second, and an answer that falls into the gap would wait.
_MOST_BEHIND = 0.25

# Seconds by which a place is free, on the average, before bulk takes it, so that an answer may find
# it. Each place comes free once a second, so this is half a hundredth of the rate; half of the
# answers then need not wait for a place, which takes up to 33 ms.
_LEFT_TO_ANSWERS = 0.005

# Chats looked at before the first sweep for idle ones.
_SWEEP_AT = 256


class Lane(IntEnum):
    """Who goes first. An answer is the default: PTB drops arguments that are 0."""

    ANSWER = 0
    NUDGE = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast messages go.

    Attributes:
        per_second: messages in all, in any second.
        guard: seconds by which "any second" is longer, at the least.
        widest_guard: the same at the most; 1 is half of the rate.
        narrowing: seconds by which a widened guard narrows in a second.
        burst: messages that one chat takes at once; afterwards one a second.
        group_per_minute: messages that a group takes in any minute.
    """

    per_second: int = 30
    guard: float = 0.004
    widest_guard: float = 1.0
    narrowing: float = 0.001
    burst: int = 4
    group_per_minute: int = 20


class Chats:
    """What each chat takes: a bucket that fills by one a second, and pauses it asked for."""

    def __init__(self, rates: Rates) -> None:
        self._ahead = rates.burst - 1.0
        self._per_minute = rates.group_per_minute
        self._full: dict[Chat, float] = {}  # when the bucket will be full again
        self._closed: dict[Name, float] = {}
        self._groups: dict[Chat, deque[float]] = {}
        self._sweep_at = _SWEEP_AT

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len({name_of(chat) for chat in self._full} | set(self._closed))

    def opens_at(self, chat: Chat, now: float) -> float:
        """From when on `chat` takes one more message; not after `now` if it does."""
        opens = self._full.get(chat, now) - self._ahead
        if self._closed:
            opens = max(opens, self._closed.get(name_of(chat), opens))
        if _is_group(chat):
            times = self._groups.get(chat)
            if times is not None and len(times) == self._per_minute:
                opens = max(opens, times[0] + 60 + _AFTER_PAUSE)
        return opens

    def closed_until(self, chat: Chat) -> float:
        """Until when `chat` asked not to be written to; some past time if it did not."""
        return self._closed.get(name_of(chat), float("-inf"))

    def take(self, chat: Chat, now: float) -> None:
        """Count one message."""
        if len(self._full) >= self._sweep_at:
            self._sweep(now)
        self._full[chat] = max(self._full.get(chat, now), now) + 1.0
        if _is_group(chat):
            self._groups.setdefault(chat, deque(maxlen=self._per_minute)).append(now)

    def give_back(self, chat: Chat) -> None:
        """One that was counted is not sent after all."""
        if chat in self._full:
            self._full[chat] -= 1.0
        if self._groups.get(chat):
            self._groups[chat].pop()

    def close(self, chat: Chat, until: float) -> None:
        """Send nothing to `chat` before `until`."""
        self._closed[name_of(chat)] = max(until, self.closed_until(chat))

    def _sweep(self, now: float) -> None:
        """Forget the idle: what they sent bounds nothing any more."""
        self._full = {chat: full for chat, full in self._full.items() if full > now}
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        self._groups = {
            chat: times for chat, times in self._groups.items() if times and times[-1] > now - 61
        }
        self._sweep_at = 2 * len(self._full) + _SWEEP_AT


class Pacing:
    """All the rules together.

    Attributes:
        refusals: how often Telegram said that it was too much (429).
    """

    def __init__(self, rates: Rates = Rates()) -> None:
        self.refusals = 0
        self._rates = rates
        self._slots = Slots(rates.per_second)
        self._chats = Chats(rates)
        self._tickets = count(1)
        self._paused_until = float("-inf")
        self._even = float("-inf")  # when bulk is due again
        self._guard, self._widened_at = rates.guard, float("-inf")
        self._widened_by: Name | None = None
        self._hits: dict[Name, tuple[float, float]] = {}
        self._silence, self._heard_at = _FIRST_SILENCE, float("-inf")

    def guard(self, now: float) -> float:
        """Seconds by which a second is longer at the moment: wider after refusals."""
        if self._guard == self._rates.guard:
            return self._guard
        narrowed = self._guard - (now - self._widened_at) * self._rates.narrowing
        return max(self._rates.guard, narrowed)

    def lane_opens_at(self, lane: Lane, now: float) -> float:
        """From when on a message of `lane` may go, whatever its chat; never later for a lane ahead.

        Bulk is spaced evenly, so that an answer never waits for more than one place.
        """
        opens = max(self._paused_until, self._slots.opens_at(now))
        if lane is Lane.ANSWER:
            return opens
        return max(opens, self._even)

    def chat_opens_at(self, chat: Chat, now: float) -> float:
        """From when on `chat` takes a message, whatever the lane."""
        return self._chats.opens_at(chat, now)

    def closed_for(self, chat: Chat, now: float) -> float:
        """Seconds for which `chat` asked not to be written to; not positive if it may be."""
        return self._chats.closed_until(chat) - now

    def take(self, chat: Chat, now: float) -> int:
        """Count a message that goes now; gives its ticket, to be told what became of it."""
        self._chats.take(chat, now)
        step = self._step(now)
        self._even = max(self._even, now - _MOST_BEHIND * step) + step
        ticket = next(self._tickets)
        self._slots.take(ticket, now)
        return ticket

    def give_back(self, ticket: int, chat: Chat, now: float) -> None:
        """The message did not go after all: nothing of it is counted."""
        self._slots.give_back(ticket)
        self._chats.give_back(chat)
        self._even -= self._step(now)

    def done(self, ticket: int, now: float, *, heard: bool) -> None:
        """The call is over; `heard` if Telegram answered it well."""
        self._slots.done(ticket, now, self.guard(now))
        if heard:
            self._heard_at = now
            self._silence = _FIRST_SILENCE

    def refused(self, chat: Chat, wait: float, now: float) -> None:
        """Telegram wants `wait` seconds of quiet in `chat`; in all chats if several say so."""
        self.refusals += 1
        until = now + wait + _AFTER_PAUSE
        self._chats.close(chat, until)
        self._hits = {c: hit for c, hit in self._hits.items() if hit[0] > now - _TOGETHER}
        self._hits[name_of(chat)] = (now, until)
        if len(self._hits) >= SEVERAL:
            together = min(until for _at, until in self._hits.values())
            self._paused_until = max(self._paused_until, together)
        self._widen(name_of(chat), now)

    def unreached(self, chat: Chat, released_at: float, now: float) -> None:
        """A request could not be made: a short silence, for all if nobody got through since."""
        silence = self._silence
        if self._heard_at < released_at and self._paused_until <= now:
            self._paused_until = now + silence
            self._silence = min(2 * silence, _LONGEST_SILENCE)
        self._chats.close(chat, now + silence)

    def _step(self, now: float) -> float:
        """Seconds from one bulk message to the next: a hair slower than the places come free.

        So answers find some, lateness of the machine is made up for, and the places stay evenly
        spread.
        """
        return (1.0 + self.guard(now) + _LEFT_TO_ANSWERS) / self._rates.per_second

    def _widen(self, chat: Name, now: float) -> None:
        """Double the guard; one chat with rules of its own shall not slow down all for long."""
        same = chat == self._widened_by
        pause = _BETWEEN_WIDENINGS_OF_ONE if same else _BETWEEN_WIDENINGS
        if now - self._widened_at >= pause:
            wider = 2 * self.guard(now) + self._rates.guard
            self._guard = min(wider, self._rates.widest_guard)
            self._widened_at, self._widened_by = now, chat


def _is_group(chat: Chat) -> bool:
    return isinstance(chat, str) or (isinstance(chat, int) and chat < 0)


def name_of(chat: Chat) -> Name:
    """Which chat it is, whatever is done in it."""
    return chat.chat if isinstance(chat, Edits) else chat
