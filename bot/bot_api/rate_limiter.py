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

from bot.bot_api.priority_queues import Lines, Waiter
from bot.bot_api.rate_limits import (
    Chat,
    Edits,
    Lane,
    Name,
    Pacing,
    Rates,
    name_of,
)
from bot.bot_api.sliding_window import LONGEST_DELAY
from bot.bot_api.transport import NotSentError, seconds

log = logging.getLogger(__name__)

Answer: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
Call: TypeAlias = Callable[..., Coroutine[Any, Any, Answer]]

# Longest pause after a 429, in seconds, that a call waits for here; for a longer one the caller
# gets the error and keeps the message on disk. Telegram has asked for hours (tdlib/td issue 1331).
LONGEST_HOLD = 60.0

# Attempts to connect before the caller gets the error.
TRIES = 5


@dataclass(slots=True)
class Figures:
    """Counters of one lane.

    Attributes:
        released: calls let through, retries included.
        waited_seconds: total time that they waited.
        longest_wait: longest time that one waited, in seconds.
        rate_limit_hits: calls answered with 429.
        connect_failures: calls for which no connection could be made.
    """

    released: int = 0
    waited: float = 0.0
    longest: float = 0.0
    refused: int = 0
    unreached: int = 0


@dataclass(slots=True, eq=False)
class _Request(Waiter):
    """A call with its waiting caller.

    Attributes:
        release: resolved with the ticket and the time at which the call may be made.
        connect_failures: how often no connection could be made.
    """

    unreached: int = 0
    turn: asyncio.Future[tuple[int, float]] | None = None


class Spare(Enum):
    """Instead of a lane: an optional call, dropped unless there is spare capacity."""

    CALL = "spare"


@dataclass(frozen=True, slots=True)
class Bulk:
    """Instead of a lane: a stored message that is rechecked just before it is sent.

    It is tried once; the outbox decides when to try again.

    Attributes:
        before_send: awaited just before the request; raises to withhold the message.
    """

    lane: Lane
    begin: Callable[[], Awaitable[None]]


class LeftOutError(TelegramError):
    """An optional call was dropped to leave capacity for calls that people wait for."""

    def __init__(self) -> None:
        super().__init__("Left out: there was no room for a call that nobody waits for")


class Lanes(BaseRateLimiter[Lane | Spare | Bulk]):
    """Delays calls to respect Telegram's limits; `rate_limit_args` is the lane, default `ANSWER`.

    Attributes:
        statistics: counters by lane.
    """

    def __init__(self, rates: Rates = Rates()) -> None:  # noqa: B008 - frozen
        self.figures = {lane: Figures() for lane in Lane}
        self._pacing = Pacing(rates)
        self._lines = Lines(self._pacing)
        self._numbers = count(1)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> dict[Lane, int]:
        """Number of calls waiting in each lane."""
        return self._lines.waiting

    @property
    def refusals(self) -> int:
        """Number of 429 answers to all calls except polls."""
        return self._pacing.refusals

    @property
    def guard(self) -> float:
        """Current safety margin in seconds; needs a running event loop."""
        return self._pacing.guard(asyncio.get_running_loop().time())

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Reject all waiting calls."""
        self.let_go()

    def let_go(self) -> None:
        """Stop the timer, and fail all waiting calls with `NotSentError`."""
        self._stop_timer()
        _fail(self._lines.clear(), NotSentError("the bot is stopping"))

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | Spare | Bulk | None,
    ) -> Answer:
        """Make the call when the limits allow it; see `telegram.ext.BaseRateLimiter`.

        Raises:
            RetryAfter: its chat is paused for longer than `MAX_HOLD`.
            NotSentError: no connection in `MAX_CONNECT_TRIES` attempts, or the bot is stopping.
            DroppedCallError: an optional call without spare capacity.
            Exception: any other error of `callback` or `BulkSend.before_send`.
        """
        name: Name | None = data.get("chat_id")
        if name is None:
            return await self._at_once(callback, args, kwargs)
        chat: Chat = Edits(name) if endpoint.startswith("edit") else name
        request = _Request(next(self._numbers), self._lane(rate_limit_args, chat), chat)
        while True:
            turn = await self._turn(request)
            if isinstance(rate_limit_args, Bulk):
                turn = await self._begun(rate_limit_args, request, turn)
            ticket, released_at = turn
            try:
                answer = await callback(*args, **kwargs)
            except (RetryAfter, NotSentError) as error:
                self._over(ticket)
                again = self._is_to_be_tried_again(request, error, released_at)
                if not again or isinstance(rate_limit_args, Bulk):
                    raise
            except BaseException:
                self._over(ticket)
                raise
            else:
                self._over(ticket, heard=True)
                return answer

    async def _at_once(self, callback: Call, args: Any, kwargs: dict[str, Any]) -> Answer:
        """Make a call without a chat; a 429 is counted, but pauses no other call."""
        try:
            return await callback(*args, **kwargs)
        except RetryAfter:
            self._pacing.refusals += 1
            raise

    def _lane(self, asked: Lane | Spare | Bulk | None, chat: Chat) -> Lane:
        """Choose the lane; an optional call needs room for one more after it and empty queues."""
        if isinstance(asked, Bulk):
            return asked.lane
        if not isinstance(asked, Spare):
            return Lane.ANSWER if asked is None else asked
        now = asyncio.get_running_loop().time()
        room = self._pacing.chat_opens_at(chat, now) <= now - 1.0
        if self._lines or not room or self._pacing.lane_opens_at(Lane.ANSWER, now) > now:
            raise LeftOutError
        return Lane.ANSWER

    async def _turn(self, request: _Request) -> tuple[int, float]:
        """Wait until `request` may be sent; returns its ticket and the time."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        closed_for = self._pacing.closed_for(request.chat, now)
        if closed_for > LONGEST_HOLD:
            raise RetryAfter(math.ceil(closed_for))
        if not self._lines and self._is_open(request, now):
            self.figures[request.lane].released += 1
            return self._pacing.take(request.chat, now), now
        request.turn = loop.create_future()
        self._lines.add(request)
        self._release()
        try:
            released = await request.turn
        except asyncio.CancelledError:
            self._leave(request, request.turn)
            raise
        self._note(request.lane, released[1] - now)
        return released

    def _is_open(self, request: _Request, now: float) -> bool:
        pacing = self._pacing
        return (
            pacing.lane_opens_at(request.lane, now) <= now
            and pacing.chat_opens_at(request.chat, now) <= now
        )

    def _leave(self, request: _Request, turn: asyncio.Future[tuple[int, float]]) -> None:
        """Remove a cancelled request; if it was just released, undo that."""
        self._lines.leave(request)
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self._give_back(request, *turn.result())

    async def _begun(
        self, bulk: Bulk, request: _Request, turn: tuple[int, float]
    ) -> tuple[int, float]:
        """Await `before_send`; if it raises, the call is not counted.

        Returns the ticket and time to use: new ones if it took so long that the old ones have
        expired; otherwise all delayed calls would be sent at once.
        """
        try:
            await bulk.begin()
        except BaseException:
            self._give_back(request, *turn)
            raise
        if asyncio.get_running_loop().time() - turn[1] <= LONGEST_DELAY:
            return turn
        self._give_back(request, *turn)
        return await self._turn(request)

    def _give_back(self, request: _Request, ticket: int, released_at: float) -> None:
        self._pacing.give_back(ticket, request.chat, released_at)
        self._release()

    def _over(self, ticket: int, *, heard: bool = False) -> None:
        self._pacing.done(ticket, asyncio.get_running_loop().time(), heard=heard)
        if self._lines:
            self._release()

    def _is_to_be_tried_again(
        self, request: _Request, error: RetryAfter | NotSentError, released_at: float
    ) -> bool:
        """Record that a call surely was not sent; returns whether to retry it here."""
        if isinstance(error, RetryAfter):
            return self._is_held_after(request, error)
        return self._is_tried_after(request, released_at)

    def _is_held_after(self, request: _Request, error: RetryAfter) -> bool:
        """Record a 429; returns whether to retry here."""
        wait = seconds(error)
        self.figures[request.lane].refused += 1
        self._pacing.refused(request.chat, wait, asyncio.get_running_loop().time())
        log.warning(
            "Telegram asks to wait",
            extra={"action": "refused", "lane": request.lane.name, "seconds": wait},
        )
        if wait <= LONGEST_HOLD:
            return True
        _fail(self._lines.send_away(name_of(request.chat)), RetryAfter(math.ceil(wait)))
        return False

    def _is_tried_after(self, request: _Request, released_at: float) -> bool:
        """Record that no connection could be made; returns whether to retry here."""
        self.figures[request.lane].unreached += 1
        request.unreached += 1
        now = asyncio.get_running_loop().time()
        self._pacing.unreached(request.chat, released_at, now)
        return request.unreached < TRIES

    def _note(self, lane: Lane, waited: float) -> None:
        figures = self.figures[lane]
        figures.released += 1
        figures.waited += waited
        figures.longest = max(figures.longest, waited)

    def _release(self) -> None:
        """Release all calls that may go now, and set a timer for the next one."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while isinstance(found := self._lines.next(now), Waiter):
            assert isinstance(found, _Request), "only requests are added"
            assert found.turn is not None, "it was given when it was added"
            if not found.turn.done():  # else it was cancelled, and its caller has not run yet
                found.turn.set_result((self._pacing.take(found.chat, now), now))
        if found < math.inf:
            self._set_timer(loop, found)

    def _set_timer(self, loop: asyncio.AbstractEventLoop, at: float) -> None:
        if self._timer is not None and self._timer.when() > at:
            self._stop_timer()
        if self._timer is None:
            self._timer = loop.call_at(at, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._release()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _fail(waiters: Iterable[Waiter], error: TelegramError) -> None:
    """Fail waiting calls with `error`: none of them was sent."""
    for waiter in waiters:
        assert isinstance(waiter, _Request), "only requests are added"
        if waiter.turn is not None and not waiter.turn.done():
            waiter.turn.set_exception(error)
