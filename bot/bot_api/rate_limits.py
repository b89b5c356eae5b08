"""Telegram's rate limits: when the next message may be sent, overall and per chat.

Times are seconds of a monotonic clock, passed as arguments. Nothing here waits.
Source of the rates: Telegram's bot FAQ, "My bot is hitting limits": about 30 messages a second in
all, one a second in a chat with short bursts, 20 a minute in a group. None of it is exact.
"""

from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from typing import TypeAlias

from bot.bot_api.sliding_window import Slots

Name: TypeAlias = int | str
"""Id of a chat; negative for groups; channels and public groups may have a name instead."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits of messages in a chat.

    The FAQ limits sent messages, so edits in a chat are counted separately, at the same rate; for
    the overall limit, and during a chat's pause, they count like any message.
    """

    chat: Name


Chat: TypeAlias = Name | Edits
"""Key under which calls are counted: messages sent to a chat, or edits in it."""

# Seconds within which 429s in `CHATS_FOR_COMMON_LIMIT` different chats mean that the overall limit
# was hit.
_TOGETHER = 1.0
SEVERAL = 3

# Seconds added to `retry_after`: Telegram rounds, and clocks differ.
_AFTER_PAUSE = 0.05

# Seconds between increases of the margin; and when the same chat causes 429s again and again.
_BETWEEN_WIDENINGS, _BETWEEN_WIDENINGS_OF_ONE = 1.0, 60.0

# Seconds of pause after a connection failure: the first, and the longest.
_FIRST_SILENCE, _LONGEST_SILENCE = 0.25, 4.0

# Intervals that bulk messages catch up when late. Not more: the sliding window would repeat the gap
# and the burst after it every second, and an answer that comes in the gap would wait.
_MOST_BEHIND = 0.25

# Seconds for which a slot is free, on average, before a bulk message uses it, so that answers find
# one. Each slot is freed once a second, so this costs half a percent of the rate; half of the
# answers then do not wait for a slot, which takes up to 33 ms.
_LEFT_TO_ANSWERS = 0.005

# Chats remembered before idle ones are first removed.
_SWEEP_AT = 256


class Lane(IntEnum):
    """Priority of a call. `ANSWER` is the default, since PTB drops arguments that are 0."""

    ANSWER = 0
    NUDGE = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates to keep to.

    Attributes:
        per_second: messages in all, in any second.
        margin: smallest safety margin, in seconds added to "any second".
        widest_margin: largest safety margin; 1 halves the rate.
        narrowing_per_second: seconds by which a widened margin shrinks per second.
        burst: messages to one chat at once; afterwards one a second.
        group_per_minute: messages to a group in any minute.
    """

    per_second: int = 30
    guard: float = 0.004
    widest_guard: float = 1.0
    narrowing: float = 0.001
    burst: int = 4
    group_per_minute: int = 20


class Chats:
    """Limits per chat: a token bucket that refills by one a second, and pauses after a 429."""

    def __init__(self, rates: Rates) -> None:
        self._ahead = rates.burst - 1.0
        self._per_minute = rates.group_per_minute
        self._full: dict[Chat, float] = {}  # when the bucket will be full again
        self._closed: dict[Name, float] = {}
        self._groups: dict[Chat, deque[float]] = {}
        self._sweep_at = _SWEEP_AT

    def __len__(self) -> int:
        """Number of chats remembered."""
        return len({name_of(chat) for chat in self._full} | set(self._closed))

    def opens_at(self, chat: Chat, now: float) -> float:
        """When `chat` may get the next message; not after `now` if at once."""
        opens = self._full.get(chat, now) - self._ahead
        if self._closed:
            opens = max(opens, self._closed.get(name_of(chat), opens))
        if _is_group(chat):
            times = self._groups.get(chat)
            if times is not None and len(times) == self._per_minute:
                opens = max(opens, times[0] + 60 + _AFTER_PAUSE)
        return opens

    def closed_until(self, chat: Chat) -> float:
        """When the pause of `chat` ends; a past time if it is not paused."""
        return self._closed.get(name_of(chat), float("-inf"))

    def take(self, chat: Chat, now: float) -> None:
        """Record that a message is sent."""
        if len(self._full) >= self._sweep_at:
            self._sweep(now)
        self._full[chat] = max(self._full.get(chat, now), now) + 1.0
        if _is_group(chat):
            self._groups.setdefault(chat, deque(maxlen=self._per_minute)).append(now)

    def give_back(self, chat: Chat) -> None:
        """Undo `record_send` for a message that was not sent."""
        if chat in self._full:
            self._full[chat] -= 1.0
        if self._groups.get(chat):
            self._groups[chat].pop()

    def close(self, chat: Chat, until: float) -> None:
        """Pause `chat` until `until`."""
        self._closed[name_of(chat)] = max(until, self.closed_until(chat))

    def _sweep(self, now: float) -> None:
        """Remove idle chats, whose limits no longer apply."""
        self._full = {chat: full for chat, full in self._full.items() if full > now}
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        self._groups = {
            chat: times for chat, times in self._groups.items() if times and times[-1] > now - 61
        }
        self._sweep_at = 2 * len(self._full) + _SWEEP_AT


class Pacing:
    """All limits together: overall, per lane and per chat.

    Attributes:
        rate_limit_hits: number of 429 answers.
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
        """Current safety margin in seconds; wider after a 429."""
        if self._guard == self._rates.guard:
            return self._guard
        narrowed = self._guard - (now - self._widened_at) * self._rates.narrowing
        return max(self._rates.guard, narrowed)

    def lane_opens_at(self, lane: Lane, now: float) -> float:
        """When the next message of `lane` may be sent to any chat; never later for a higher lane.

        Bulk messages are spaced evenly, so that an answer waits for one slot at most.
        """
        opens = max(self._paused_until, self._slots.opens_at(now))
        if lane is Lane.ANSWER:
            return opens
        return max(opens, self._even)

    def chat_opens_at(self, chat: Chat, now: float) -> float:
        """When `chat` may get the next message, in any lane."""
        return self._chats.opens_at(chat, now)

    def closed_for(self, chat: Chat, now: float) -> float:
        """Seconds left of the pause of `chat`; not positive if it is not paused."""
        return self._chats.closed_until(chat) - now

    def take(self, chat: Chat, now: float) -> int:
        """Record that a message is sent now; returns its ticket for `finish_send`."""
        self._chats.take(chat, now)
        step = self._step(now)
        self._even = max(self._even, now - _MOST_BEHIND * step) + step
        ticket = next(self._tickets)
        self._slots.take(ticket, now)
        return ticket

    def give_back(self, ticket: int, chat: Chat, now: float) -> None:
        """Undo `record_send` for a message that was not sent."""
        self._slots.give_back(ticket)
        self._chats.give_back(chat)
        self._even -= self._step(now)

    def done(self, ticket: int, now: float, *, heard: bool) -> None:
        """Record that the call ended; `is_answered` if it succeeded."""
        self._slots.done(ticket, now, self.guard(now))
        if heard:
            self._heard_at = now
            self._silence = _FIRST_SILENCE

    def refused(self, chat: Chat, wait: float, now: float) -> None:
        """Record a 429: pause `chat` for `wait` seconds, and all chats if several are affected."""
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
        """Record a connection failure: pause `chat`, and all chats if no call succeeded since."""
        silence = self._silence
        if self._heard_at < released_at and self._paused_until <= now:
            self._paused_until = now + silence
            self._silence = min(2 * silence, _LONGEST_SILENCE)
        self._chats.close(chat, now + silence)

    def _step(self, now: float) -> float:
        """Seconds between bulk messages: slightly longer than the time between freed slots.

        This leaves slots for answers, lets bulk catch up after delays, and keeps slots evenly
        spread.
        """
        return (1.0 + self.guard(now) + _LEFT_TO_ANSWERS) / self._rates.per_second

    def _widen(self, chat: Name, now: float) -> None:
        """Double the margin; less often for the same chat, which may have limits of its own."""
        same = chat == self._widened_by
        pause = _BETWEEN_WIDENINGS_OF_ONE if same else _BETWEEN_WIDENINGS
        if now - self._widened_at >= pause:
            wider = 2 * self.guard(now) + self._rates.guard
            self._guard = min(wider, self._rates.widest_guard)
            self._widened_at, self._widened_by = now, chat


def _is_group(chat: Chat) -> bool:
    return isinstance(chat, str) or (isinstance(chat, int) and chat < 0)


def name_of(chat: Chat) -> Name:
    """Return the id of the chat, for messages and edits alike."""
    return chat.chat if isinstance(chat, Edits) else chat
