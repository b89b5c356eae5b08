"""The one table of what an error of a Bot API call means; only this package knows PTB's errors.

Callers catch `ApiError` and ask `classify`. Which kind is retried where, and why:
docs/decisions/0010-sending-at-least-once.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import TypeAlias

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

ApiError: TypeAlias = TelegramError
"""Every error of a Bot API call: of Telegram, of the network, or of our rate limiter."""


class ErrorKind(Enum):
    """What an error of a call means."""

    RATE_LIMITED = auto()
    """Telegram asks to wait (429); surely not sent."""
    NOT_CONNECTED = auto()
    """No connection could be made, or the bot is stopping; surely not sent."""
    TOKEN_REFUSED = auto()
    """Telegram does not accept the token; surely not sent. Polling ends the process."""
    UNREACHABLE = auto()
    """The person has blocked the bot or is gone, or the group has removed it (403)."""
    MIGRATED = auto()
    """The group has become a supergroup with another chat id."""
    REFUSED = auto()
    """Telegram refuses the request itself (400), and will do so again."""
    CONFLICT = auto()
    """Another process polls with the same token (409)."""
    TIMED_OUT = auto()
    """No answer came in time: it may have been sent."""
    NO_ANSWER = auto()
    """The connection broke, or the answer is not Telegram's: it may have been sent."""

    @property
    def surely_not_sent(self) -> bool:
        """Whether sending it again later duplicates nothing."""
        return self in _SURELY_NOT_SENT

    @property
    def is_final(self) -> bool:
        """Whether the same request would get the same answer again."""
        return self in _FINAL


_SURELY_NOT_SENT = frozenset(
    {ErrorKind.RATE_LIMITED, ErrorKind.NOT_CONNECTED, ErrorKind.TOKEN_REFUSED}
)
_FINAL = frozenset({ErrorKind.UNREACHABLE, ErrorKind.REFUSED})


@dataclass(frozen=True, slots=True)
class ClassifiedError:
    """An error with its meaning.

    Attributes:
        retry_after: seconds that Telegram asks to wait; `None` if it names none.
        new_chat: chat id of the group from now on; `None` unless it has migrated.
    """

    kind: ErrorKind
    retry_after: float | None = None
    new_chat: int | None = None


class NotSentError(NetworkError):
    """The request surely did not reach Telegram, so that retrying duplicates nothing."""


class DroppedCallError(NotSentError):
    """An optional call was dropped to leave capacity for calls that people wait for."""

    def __init__(self) -> None:
        super().__init__("Left out: there was no room for a call that nobody waits for")


_KINDS: dict[type, ErrorKind] = {
    RetryAfter: ErrorKind.RATE_LIMITED,
    NotSentError: ErrorKind.NOT_CONNECTED,
    InvalidToken: ErrorKind.TOKEN_REFUSED,
    Forbidden: ErrorKind.UNREACHABLE,
    ChatMigrated: ErrorKind.MIGRATED,
    BadRequest: ErrorKind.REFUSED,
    Conflict: ErrorKind.CONFLICT,
    TimedOut: ErrorKind.TIMED_OUT,
    NetworkError: ErrorKind.NO_ANSWER,
    TelegramError: ErrorKind.NO_ANSWER,
}
"""An error means what the nearest of its classes says: PTB's `BadRequest` is a `NetworkError`."""


# What a 400 says of somebody who is not there any more (Bot API server, its errors).
_GONE = ("chat not found", "peer_id_invalid")


def classify(error: ApiError) -> ClassifiedError:
    """Say what an error means."""
    kind = next(_KINDS[each] for each in type(error).__mro__ if each in _KINDS)
    if kind is ErrorKind.REFUSED and error.message.casefold().startswith(_GONE):
        kind = ErrorKind.UNREACHABLE
    return ClassifiedError(
        kind,
        retry_after_seconds(error) if isinstance(error, RetryAfter) else None,
        error.new_chat_id if isinstance(error, ChatMigrated) else None,
    )


def retry_after_seconds(error: RetryAfter) -> float:
    """Seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
