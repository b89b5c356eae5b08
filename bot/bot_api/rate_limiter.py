"""Rate limiter for python-telegram-bot with three lanes: answers, then nudges, then broadcasts.

Calls without a chat (answerCallbackQuery, getMe, setMyCommands) are not limited. A call is retried
only when it surely was not sent: after a 429, and when no connection could be made. PTB's own
limiter lets 59 messages through in the first second, pauses all chats for one chat's 429, and has
no lanes.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any, TypeAlias

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.bot_api.errors import DroppedCallError, NotSentError, retry_after_seconds
from bot.bot_api.priority_queues import PendingCall, PriorityQueues
from bot.bot_api.rate_limits import (
    ChatEdits,
    ChatId,
    ChatKey,
    Lane,
    RateLimits,
    Rates,
    get_chat_id,
)
from bot.bot_api.sliding_window import MAX_DELAY

log = logging.getLogger(__name__)

CallResult: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
ApiCall: TypeAlias = Callable[..., Coroutine[Any, Any, CallResult]]

# Longest pause after a 429, in seconds, that a call waits for here; for a longer one the caller
# gets the error and keeps the message on disk. Telegram has asked for hours (tdlib/td issue 1331).
MAX_HOLD = 60.0

# Attempts to connect before the caller gets the error.
MAX_CONNECT_TRIES = 5


@dataclass(slots=True)
class LaneStatistics:
    """Counters of one lane.

    Attributes:
        released: calls let through, retries included.
        waited_seconds: total time that they waited.
        longest_wait: longest time that one waited, in seconds.
        rate_limit_hits: calls answered with 429.
        connect_failures: calls for which no connection could be made.
    """

    released: int = 0
    waited_seconds: float = 0.0
    longest_wait: float = 0.0
    rate_limit_hits: int = 0
    connect_failures: int = 0


@dataclass(slots=True, eq=False)
class _Request(PendingCall):
    """A call with its waiting caller.

    Attributes:
        release: resolved with the ticket and the time at which the call may be made.
        connect_failures: how often no connection could be made.
    """

    connect_failures: int = 0
    release: asyncio.Future[tuple[int, float]] | None = None


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
        self.statistics = {lane: LaneStatistics() for lane in Lane}
        self._limits = RateLimits(rates)
        self._queues = PriorityQueues(self._limits)
        self._numbers = count(1)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting_counts(self) -> dict[Lane, int]:
        """Number of calls waiting in each lane."""
        return self._queues.waiting_counts

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
        """Stop the timer, and fail all waiting calls with `NotSentError`."""
        self._stop_timer()
        _reject(self._queues.clear(), NotSentError("the bot is stopping"))

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
        request = _Request(next(self._numbers), self._choose_lane(rate_limit_args, chat), chat)
        while True:
            release = await self._acquire(request)
            if isinstance(rate_limit_args, BulkSend):
                release = await self._run_before_send(rate_limit_args, request, release)
            ticket, released_at = release
            try:
                answer = await callback(*args, **kwargs)
            except (RetryAfter, NotSentError) as error:
                self._finish_call(ticket)
                is_retried = self._record_not_sent(request, error, released_at)
                if not is_retried or isinstance(rate_limit_args, BulkSend):
                    raise
            except BaseException:
                self._finish_call(ticket)
                raise
            else:
                self._finish_call(ticket, is_answered=True)
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
        now = asyncio.get_running_loop().time()
        room = self._limits.chat_free_at(chat, now) <= now - 1.0
        if self._queues or not room or self._limits.lane_free_at(Lane.ANSWER, now) > now:
            raise DroppedCallError
        return Lane.ANSWER

    async def _acquire(self, request: _Request) -> tuple[int, float]:
        """Wait until `request` may be sent; returns its ticket and the time."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        closed_for = self._limits.paused_for(request.chat, now)
        if closed_for > MAX_HOLD:
            raise RetryAfter(math.ceil(closed_for))
        if not self._queues and self._is_free(request, now):
            self.statistics[request.lane].released += 1
            return self._limits.record_send(request.chat, now), now
        request.release = loop.create_future()
        self._queues.add(request)
        self._release_ready()
        try:
            released = await request.release
        except asyncio.CancelledError:
            self._cancel_request(request, request.release)
            raise
        self._record_wait(request.lane, released[1] - now)
        return released

    def _is_free(self, request: _Request, now: float) -> bool:
        limits = self._limits
        return (
            limits.lane_free_at(request.lane, now) <= now
            and limits.chat_free_at(request.chat, now) <= now
        )

    def _cancel_request(
        self, request: _Request, release: asyncio.Future[tuple[int, float]]
    ) -> None:
        """Remove a cancelled request; if it was just released, undo that."""
        self._queues.remove(request)
        if release.done() and not release.cancelled() and release.exception() is None:
            self._undo_send(request, *release.result())

    async def _run_before_send(
        self, bulk: BulkSend, request: _Request, release: tuple[int, float]
    ) -> tuple[int, float]:
        """Await `before_send`; if it raises, the call is not counted.

        Returns the ticket and time to use: new ones if it took so long that the old ones have
        expired; otherwise all delayed calls would be sent at once.
        """
        try:
            await bulk.before_send()
        except BaseException:
            self._undo_send(request, *release)
            raise
        if asyncio.get_running_loop().time() - release[1] <= MAX_DELAY:
            return release
        self._undo_send(request, *release)
        return await self._acquire(request)

    def _undo_send(self, request: _Request, ticket: int, released_at: float) -> None:
        self._limits.undo_send(ticket, request.chat, released_at)
        self._release_ready()

    def _finish_call(self, ticket: int, *, is_answered: bool = False) -> None:
        self._limits.finish_send(ticket, asyncio.get_running_loop().time(), is_answered=is_answered)
        if self._queues:
            self._release_ready()

    def _record_not_sent(
        self, request: _Request, error: RetryAfter | NotSentError, released_at: float
    ) -> bool:
        """Record that a call surely was not sent; returns whether to retry it here."""
        if isinstance(error, RetryAfter):
            return self._record_retry_after(request, error)
        return self._record_connect_failure(request, released_at)

    def _record_retry_after(self, request: _Request, error: RetryAfter) -> bool:
        """Record a 429; returns whether to retry here."""
        wait = retry_after_seconds(error)
        self.statistics[request.lane].rate_limit_hits += 1
        self._limits.record_retry_after(request.chat, wait, asyncio.get_running_loop().time())
        log.warning(
            "Telegram asks to wait",
            extra={"action": "refused", "lane": request.lane.name, "seconds": wait},
        )
        if wait <= MAX_HOLD:
            return True
        _reject(self._queues.remove_chat(get_chat_id(request.chat)), RetryAfter(math.ceil(wait)))
        return False

    def _record_connect_failure(self, request: _Request, released_at: float) -> bool:
        """Record that no connection could be made; returns whether to retry here."""
        self.statistics[request.lane].connect_failures += 1
        request.connect_failures += 1
        now = asyncio.get_running_loop().time()
        self._limits.record_connect_failure(request.chat, released_at, now)
        return request.connect_failures < MAX_CONNECT_TRIES

    def _record_wait(self, lane: Lane, waited: float) -> None:
        figures = self.statistics[lane]
        figures.released += 1
        figures.waited_seconds += waited
        figures.longest_wait = max(figures.longest_wait, waited)

    def _release_ready(self) -> None:
        """Release all calls that may go now, and set a timer for the next one."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while isinstance(found := self._queues.pop_ready(now), PendingCall):
            assert isinstance(found, _Request), "only requests are added"
            assert found.release is not None, "it was given when it was added"
            if not found.release.done():  # else it was cancelled, and its caller has not run yet
                found.release.set_result((self._limits.record_send(found.chat, now), now))
        if found < math.inf:
            self._set_timer(loop, found)

    def _set_timer(self, loop: asyncio.AbstractEventLoop, at: float) -> None:
        if self._timer is not None and self._timer.when() > at:
            self._stop_timer()
        if self._timer is None:
            self._timer = loop.call_at(at, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._release_ready()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _reject(calls: Iterable[PendingCall], error: TelegramError) -> None:
    """Fail waiting calls with `error`: none of them was sent."""
    for call in calls:
        assert isinstance(call, _Request), "only requests are added"
        if call.release is not None and not call.release.done():
            call.release.set_exception(error)
