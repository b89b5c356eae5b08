"""Rate limiter for python-telegram-bot with three lanes: answers, then nudges, then broadcasts.

Calls without a chat (answerCallbackQuery, getMe, setMyCommands) are not limited. A call is retried
only when it surely was not sent: after a 429, and when no connection could be made. PTB's own
limiter lets 59 messages through in the first second, pauses all chats for one chat's 429, and has
no lanes.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any, TypeAlias

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.bot_api.call_queue import MAX_HOLD, CallQueue, Request
from bot.bot_api.chat_limits import ChatEdits, ChatId, ChatKey, get_chat_id
from bot.bot_api.errors import DroppedCallError, NotSentError, retry_after_seconds
from bot.bot_api.rate_limits import Lane, RateLimits, Rates
from bot.bot_api.sliding_window import MAX_DELAY

log = logging.getLogger(__name__)

CallResult: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
ApiCall: TypeAlias = Callable[..., Coroutine[Any, Any, CallResult]]

# Attempts to connect before the caller gets the error.
MAX_CONNECT_TRIES = 5


class Droppable(Enum):
    """Instead of a lane: an optional call, dropped unless there is spare capacity."""

    CALL = "spare"


@dataclass(frozen=True, slots=True)
class BulkSend:
    """Instead of a lane: a stored message that is rechecked just before it is sent.

    It is tried once; the outbox decides when to try again.

    Attributes:
        before_send: awaited just before the request; raises to withhold the message.
    """

    lane: Lane
    before_send: Callable[[], Awaitable[None]]


class RateLimiter(BaseRateLimiter[Lane | Droppable | BulkSend]):
    """Delays calls to respect Telegram's limits; `rate_limit_args` is the lane, default `ANSWER`.

    Attributes:
        statistics: counters by lane.
    """

    def __init__(self, rates: Rates = Rates()) -> None:  # noqa: B008 - frozen
        self._limits = RateLimits(rates)
        self._queue = CallQueue(self._limits)
        self.statistics = self._queue.statistics
        self._numbers = count(1)

    @property
    def waiting_counts(self) -> dict[Lane, int]:
        """Number of calls waiting in each lane."""
        return self._queue.waiting_counts

    @property
    def rate_limit_hits(self) -> int:
        """Number of 429 answers to all calls except polls."""
        return self._limits.rate_limit_hits

    @property
    def margin(self) -> float:
        """Current safety margin in seconds; needs a running event loop."""
        return self._limits.margin(asyncio.get_running_loop().time())

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Reject all waiting calls."""
        self.reject_waiting()

    def reject_waiting(self) -> None:
        """Fail all waiting calls with `NotSentError`."""
        self._queue.reject_all(NotSentError("the bot is stopping"))

    async def process_request(
        self,
        callback: ApiCall,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | Droppable | BulkSend | None,
    ) -> CallResult:
        """Make the call when the limits allow it; see `telegram.ext.BaseRateLimiter`.

        Raises:
            RetryAfter: its chat is paused for longer than `MAX_HOLD`.
            NotSentError: no connection in `MAX_CONNECT_TRIES` attempts, or the bot is stopping.
            DroppedCallError: an optional call without spare capacity.
            Exception: any other error of `callback` or `BulkSend.before_send`.
        """
        chat_id: ChatId | None = data.get("chat_id")
        if chat_id is None:
            return await self._call_without_chat(callback, args, kwargs)
        chat: ChatKey = ChatEdits(chat_id) if endpoint.startswith("edit") else chat_id
        request = Request(next(self._numbers), self._choose_lane(rate_limit_args, chat), chat)
        while True:
            release = await self._queue.acquire(request)
            if isinstance(rate_limit_args, BulkSend):
                release = await self._run_before_send(rate_limit_args, request, release)
            ticket, released_at = release
            try:
                return await self._call(ticket, callback, args, kwargs)
            except (RetryAfter, NotSentError) as error:
                is_retried = self._record_not_sent(request, error, released_at)
                if not is_retried or isinstance(rate_limit_args, BulkSend):
                    raise

    async def _call(
        self, ticket: int, callback: ApiCall, args: Any, kwargs: dict[str, Any]
    ) -> CallResult:
        is_answered = False
        try:
            answer = await callback(*args, **kwargs)
            is_answered = True
        finally:
            self._queue.finish(ticket, is_answered=is_answered)
        return answer

    async def _call_without_chat(
        self, callback: ApiCall, args: Any, kwargs: dict[str, Any]
    ) -> CallResult:
        """Make a call without a chat; a 429 is counted, but pauses no other call."""
        try:
            return await callback(*args, **kwargs)
        except RetryAfter:
            self._limits.rate_limit_hits += 1
            raise

    def _choose_lane(self, requested: Lane | Droppable | BulkSend | None, chat: ChatKey) -> Lane:
        """Choose the lane; an optional call needs room for one more after it and empty queues."""
        if isinstance(requested, BulkSend):
            return requested.lane
        if not isinstance(requested, Droppable):
            return Lane.ANSWER if requested is None else requested
        if not self._queue.has_room(chat):
            raise DroppedCallError
        return Lane.ANSWER

    async def _run_before_send(
        self, bulk: BulkSend, request: Request, release: tuple[int, float]
    ) -> tuple[int, float]:
        """Await `before_send`; if it raises, the call is not counted.

        Returns the ticket and time to use: new ones if it took so long that the old ones have
        expired; otherwise all delayed calls would be sent at once.
        """
        try:
            await bulk.before_send()
        except BaseException:
            self._queue.undo(request, *release)
            raise
        if asyncio.get_running_loop().time() - release[1] <= MAX_DELAY:
            return release
        self._queue.undo(request, *release)
        return await self._queue.acquire(request)

    def _record_not_sent(
        self, request: Request, error: RetryAfter | NotSentError, released_at: float
    ) -> bool:
        """Record that a call surely was not sent; returns whether to retry it here."""
        if isinstance(error, RetryAfter):
            return self._record_retry_after(request, error)
        return self._record_connect_failure(request, released_at)

    def _record_retry_after(self, request: Request, error: RetryAfter) -> bool:
        """Record a 429; returns whether to retry here."""
        wait = retry_after_seconds(error)
        self._queue.statistics[request.lane].rate_limit_hits += 1
        self._limits.record_retry_after(request.chat, wait, asyncio.get_running_loop().time())
        log.warning(
            "Telegram asks to wait",
            extra={"action": "refused", "lane": request.lane.name, "seconds": wait},
        )
        if wait <= MAX_HOLD:
            return True
        self._queue.reject_chat(get_chat_id(request.chat), RetryAfter(math.ceil(wait)))
        return False

    def _record_connect_failure(self, request: Request, released_at: float) -> bool:
        """Record that no connection could be made; returns whether to retry here."""
        self._queue.statistics[request.lane].connect_failures += 1
        request.connect_failures += 1
        now = asyncio.get_running_loop().time()
        self._limits.record_connect_failure(request.chat, released_at, now)
        return request.connect_failures < MAX_CONNECT_TRIES
