"""Queue of calls that wait until Telegram's limits allow them, by lane and in order of arrival."""

import asyncio
import math
from collections.abc import Iterable
from dataclasses import dataclass

from telegram.error import RetryAfter, TelegramError

from bot.bot_api.chat_limits import ChatId, ChatKey
from bot.bot_api.priority_queues import PendingCall, PriorityQueues
from bot.bot_api.rate_limits import Lane, RateLimits

# Longest pause after a 429, in seconds, that a call waits for here; for a longer one the caller
# gets the error and keeps the message on disk. Telegram has asked for hours (tdlib/td issue 1331).
MAX_HOLD = 60.0


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
class Request(PendingCall):
    """A call with its waiting caller.

    Attributes:
        release: resolved with the ticket and the time at which the call may be made.
        connect_failures: how often no connection could be made.
    """

    connect_failures: int = 0
    release: asyncio.Future[tuple[int, float]] | None = None


class CallQueue:
    """Releases waiting calls as `limits` allow.

    Attributes:
        statistics: counters by lane.
    """

    def __init__(self, limits: RateLimits) -> None:
        self.statistics = {lane: LaneStatistics() for lane in Lane}
        self._limits = limits
        self._queues = PriorityQueues(limits)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting_counts(self) -> dict[Lane, int]:
        """Number of calls waiting in each lane."""
        return self._queues.waiting_counts

    def has_room(self, chat: ChatKey) -> bool:
        """Whether nothing waits, and `chat` has room for one more message after the next."""
        now = asyncio.get_running_loop().time()
        is_chat_free = self._limits.chat_free_at(chat, now) <= now - 1.0
        is_lane_free = self._limits.lane_free_at(Lane.ANSWER, now) <= now
        return not self._queues and is_chat_free and is_lane_free

    def reject_all(self, error: TelegramError) -> None:
        """Stop the timer, and fail all waiting calls with `error`."""
        self._stop_timer()
        _reject(self._queues.clear(), error)

    def reject_chat(self, chat_id: ChatId, error: TelegramError) -> None:
        """Fail all waiting calls for one chat with `error`."""
        _reject(self._queues.remove_chat(chat_id), error)

    async def acquire(self, request: Request) -> tuple[int, float]:
        """Wait until `request` may be sent; returns its ticket and the time.

        Raises:
            RetryAfter: its chat is paused for longer than `MAX_HOLD`.
            TelegramError: it was rejected while it waited.
        """
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

    def undo(self, request: Request, ticket: int, released_at: float) -> None:
        """Undo the release of a call that was not made."""
        self._limits.undo_send(ticket, request.chat, released_at)
        self._release_ready()

    def finish(self, ticket: int, *, is_answered: bool = False) -> None:
        """Record that a released call ended; `is_answered` if it succeeded."""
        self._limits.finish_send(ticket, asyncio.get_running_loop().time(), is_answered=is_answered)
        if self._queues:
            self._release_ready()

    def _is_free(self, request: Request, now: float) -> bool:
        limits = self._limits
        return (
            limits.lane_free_at(request.lane, now) <= now
            and limits.chat_free_at(request.chat, now) <= now
        )

    def _cancel_request(self, request: Request, release: asyncio.Future[tuple[int, float]]) -> None:
        """Remove a cancelled request; if it was just released, undo that."""
        self._queues.remove(request)
        if release.done() and not release.cancelled() and release.exception() is None:
            self.undo(request, *release.result())

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
            assert isinstance(found, Request), "only requests are added"
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
        assert isinstance(call, Request), "only requests are added"
        if call.release is not None and not call.release.done():
            call.release.set_exception(error)
