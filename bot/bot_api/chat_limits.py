"""Telegram's limits per chat: how fast messages may follow each other, and pauses."""

from collections import deque
from dataclasses import dataclass
from typing import TypeAlias

ChatId: TypeAlias = int | str
"""Id of a chat; negative for groups; channels and public groups may have a name instead."""


@dataclass(frozen=True, slots=True)
class ChatEdits:
    """Edits of messages in a chat.

    The FAQ limits sent messages, so edits in a chat are counted separately, at the same rate; for
    the overall limit, and during a chat's pause, they count like any message.
    """

    chat_id: ChatId


ChatKey: TypeAlias = ChatId | ChatEdits
"""Key under which calls are counted: messages sent to a chat, or edits in it."""


# Seconds added to `retry_after`: Telegram rounds, and clocks differ.
EXTRA_PAUSE = 0.05


# Chats remembered before idle ones are first removed.
_SWEEP_SIZE = 256


class ChatLimits:
    """Limits per chat: a token bucket that refills by one a second, and pauses after a 429.

    Args:
        burst: messages to one chat at once; afterwards one a second.
        group_per_minute: messages to a group in any minute.
    """

    def __init__(self, burst: int, group_per_minute: int) -> None:
        self._burst_ahead = burst - 1.0
        self._per_minute = group_per_minute
        self._full_at: dict[ChatKey, float] = {}  # when the bucket will be full again
        self._paused_until: dict[ChatId, float] = {}
        self._group_sends: dict[ChatKey, deque[float]] = {}
        self._sweep_size = _SWEEP_SIZE

    def __len__(self) -> int:
        """Number of chats remembered."""
        return len({get_chat_id(chat) for chat in self._full_at} | set(self._paused_until))

    def free_at(self, chat: ChatKey, now: float) -> float:
        """When `chat` may get the next message; not after `now` if at once."""
        result = self._full_at.get(chat, now) - self._burst_ahead
        if self._paused_until:
            result = max(result, self._paused_until.get(get_chat_id(chat), result))
        if _is_group(chat):
            times = self._group_sends.get(chat)
            if times is not None and len(times) == self._per_minute:
                result = max(result, times[0] + 60 + EXTRA_PAUSE)
        return result

    def paused_until(self, chat: ChatKey) -> float:
        """When the pause of `chat` ends; a past time if it is not paused."""
        return self._paused_until.get(get_chat_id(chat), float("-inf"))

    def record_send(self, chat: ChatKey, now: float) -> None:
        """Record that a message is sent."""
        if len(self._full_at) >= self._sweep_size:
            self._sweep(now)
        self._full_at[chat] = max(self._full_at.get(chat, now), now) + 1.0
        if _is_group(chat):
            self._group_sends.setdefault(chat, deque(maxlen=self._per_minute)).append(now)

    def undo_send(self, chat: ChatKey) -> None:
        """Undo `record_send` for a message that was not sent."""
        if chat in self._full_at:
            self._full_at[chat] -= 1.0
        if self._group_sends.get(chat):
            self._group_sends[chat].pop()

    def pause(self, chat: ChatKey, until: float) -> None:
        """Pause `chat` until `until`."""
        self._paused_until[get_chat_id(chat)] = max(until, self.paused_until(chat))

    def _sweep(self, now: float) -> None:
        """Remove idle chats, whose limits no longer apply."""
        self._full_at = {chat: full for chat, full in self._full_at.items() if full > now}
        self._paused_until = {
            chat: until for chat, until in self._paused_until.items() if until > now
        }
        self._group_sends = {
            chat: times
            for chat, times in self._group_sends.items()
            if times and times[-1] > now - 61
        }
        self._sweep_size = 2 * len(self._full_at) + _SWEEP_SIZE


def _is_group(chat: ChatKey) -> bool:
    return isinstance(chat, str) or (isinstance(chat, int) and chat < 0)


def get_chat_id(chat: ChatKey) -> ChatId:
    """Return the id of the chat, for messages and edits alike."""
    return chat.chat_id if isinstance(chat, ChatEdits) else chat
