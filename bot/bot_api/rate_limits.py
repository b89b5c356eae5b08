"""Telegram's rate limits: when the next message may be sent, overall and per chat.

Times are seconds of a monotonic clock, passed as arguments. Nothing here waits.
Source of the rates: Telegram's bot FAQ, "My bot is hitting limits": about 30 messages a second in
all, one a second in a chat with short bursts, 20 a minute in a group. None of it is exact.
"""

from dataclasses import dataclass
from enum import IntEnum
from itertools import count

from bot.bot_api.chat_limits import EXTRA_PAUSE, ChatId, ChatKey, ChatLimits, get_chat_id
from bot.bot_api.sliding_window import SlidingWindow

# Seconds within which 429s in `CHATS_FOR_COMMON_LIMIT` different chats mean that the overall limit
# was hit.
_COMMON_LIMIT_WINDOW = 1.0
CHATS_FOR_COMMON_LIMIT = 3


# Seconds between increases of the margin; and when the same chat causes 429s again and again.
_WIDEN_INTERVAL, _WIDEN_INTERVAL_OF_ONE_CHAT = 1.0, 60.0

# Seconds of pause after a connection failure: the first, and the longest.
_FIRST_CONNECT_PAUSE, _LONGEST_CONNECT_PAUSE = 0.25, 4.0

# Intervals that bulk messages catch up when late. Not more: the sliding window would repeat the gap
# and the burst after it every second, and an answer that comes in the gap would wait.
_MAX_CATCH_UP_STEPS = 0.25

# Seconds for which a slot is free, on average, before a bulk message uses it, so that answers find
# one. Each slot is freed once a second, so this costs half a percent of the rate; half of the
# answers then do not wait for a slot, which takes up to 33 ms.
_RESERVED_FOR_ANSWERS = 0.005


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
    margin: float = 0.004
    widest_margin: float = 1.0
    narrowing_per_second: float = 0.001
    burst: int = 4
    group_per_minute: int = 20


class RateLimits:
    """All limits together: overall, per lane and per chat.

    Attributes:
        rate_limit_hits: number of 429 answers.
    """

    def __init__(self, rates: Rates = Rates()) -> None:
        self.rate_limit_hits = 0
        self._rates = rates
        self._window = SlidingWindow(rates.per_second)
        self._chat_limits = ChatLimits(rates.burst, rates.group_per_minute)
        self._tickets = count(1)
        self._paused_until = float("-inf")
        self._bulk_due_at = float("-inf")  # when bulk is due again
        self._margin, self._widened_at = rates.margin, float("-inf")
        self._widened_by: ChatId | None = None
        self._recent_hits: dict[ChatId, tuple[float, float]] = {}
        self._connect_pause, self._answered_at = _FIRST_CONNECT_PAUSE, float("-inf")

    def margin(self, now: float) -> float:
        """Current safety margin in seconds; wider after a 429."""
        if self._margin == self._rates.margin:
            return self._margin
        narrowed = self._margin - (now - self._widened_at) * self._rates.narrowing_per_second
        return max(self._rates.margin, narrowed)

    def lane_free_at(self, lane: Lane, now: float) -> float:
        """When the next message of `lane` may be sent to any chat; never later for a higher lane.

        Bulk messages are spaced evenly, so that an answer waits for one slot at most.
        """
        free_at = max(self._paused_until, self._window.free_at(now))
        if lane is Lane.ANSWER:
            return free_at
        return max(free_at, self._bulk_due_at)

    def chat_free_at(self, chat: ChatKey, now: float) -> float:
        """When `chat` may get the next message, in any lane."""
        return self._chat_limits.free_at(chat, now)

    def paused_for(self, chat: ChatKey, now: float) -> float:
        """Seconds left of the pause of `chat`; not positive if it is not paused."""
        return self._chat_limits.paused_until(chat) - now

    def record_send(self, chat: ChatKey, now: float) -> int:
        """Record that a message is sent now; returns its ticket for `finish_send`."""
        self._chat_limits.record_send(chat, now)
        step = self._bulk_interval(now)
        self._bulk_due_at = max(self._bulk_due_at, now - _MAX_CATCH_UP_STEPS * step) + step
        ticket = next(self._tickets)
        self._window.record_send(ticket, now)
        return ticket

    def undo_send(self, ticket: int, chat: ChatKey, now: float) -> None:
        """Undo `record_send` for a message that was not sent."""
        self._window.undo_send(ticket)
        self._chat_limits.undo_send(chat)
        self._bulk_due_at -= self._bulk_interval(now)

    def finish_send(self, ticket: int, now: float, *, is_answered: bool) -> None:
        """Record that the call ended; `is_answered` if it succeeded."""
        self._window.finish_send(ticket, now, self.margin(now))
        if is_answered:
            self._answered_at = now
            self._connect_pause = _FIRST_CONNECT_PAUSE

    def record_retry_after(self, chat: ChatKey, wait: float, now: float) -> None:
        """Record a 429: pause `chat` for `wait` seconds, and all chats if several are affected."""
        self.rate_limit_hits += 1
        until = now + wait + EXTRA_PAUSE
        self._chat_limits.pause(chat, until)
        self._recent_hits = {
            c: hit for c, hit in self._recent_hits.items() if hit[0] > now - _COMMON_LIMIT_WINDOW
        }
        self._recent_hits[get_chat_id(chat)] = (now, until)
        if len(self._recent_hits) >= CHATS_FOR_COMMON_LIMIT:
            together = min(until for _at, until in self._recent_hits.values())
            self._paused_until = max(self._paused_until, together)
        self._widen_margin(get_chat_id(chat), now)

    def record_connect_failure(self, chat: ChatKey, released_at: float, now: float) -> None:
        """Record a connection failure: pause `chat`, and all chats if no call succeeded since."""
        pause = self._connect_pause
        if self._answered_at < released_at and self._paused_until <= now:
            self._paused_until = now + pause
            self._connect_pause = min(2 * pause, _LONGEST_CONNECT_PAUSE)
        self._chat_limits.pause(chat, now + pause)

    def _bulk_interval(self, now: float) -> float:
        """Seconds between bulk messages: slightly longer than the time between freed slots.

        This leaves slots for answers, lets bulk catch up after delays, and keeps slots evenly
        spread.
        """
        return (1.0 + self.margin(now) + _RESERVED_FOR_ANSWERS) / self._rates.per_second

    def _widen_margin(self, chat_id: ChatId, now: float) -> None:
        """Double the margin; less often for the same chat, which may have limits of its own."""
        same = chat_id == self._widened_by
        pause = _WIDEN_INTERVAL_OF_ONE_CHAT if same else _WIDEN_INTERVAL
        if now - self._widened_at >= pause:
            wider = 2 * self.margin(now) + self._rates.margin
            self._margin = min(wider, self._rates.widest_margin)
            self._widened_at, self._widened_by = now, chat_id
