"""Ways to send a broadcast while people press buttons: this bot's rate limiter, and others."""

import asyncio
import importlib.util
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackQueryHandler,
)

from bench.simulated import Call, SimulatorProcess, start_simulator
from bot.bot_api.rate_limiter import RateLimiter
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.transport import AiohttpRequest

NEWS = "The new lesson is open."

# Messages a second that Telegram permits (bot FAQ).
RATE = 30

# Taps a second, and by how many people in turn.
_TAPS, _TAPPING = 10, 40

# How much longer than it must a broadcast may take, and seconds for its last taps to be answered.
_PATIENCE, _LAST_TAPS = 2.5, 1.0

# Seconds of taps alone.
_QUIET = 21.0

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Send: TypeAlias = Callable[[int], Awaitable[object]]


async def _all_at_once(send: Send, people: Sequence[int]) -> None:
    await asyncio.gather(*(send(person) for person in people))


async def _a_pause_after_each(send: Send, people: Sequence[int]) -> None:
    for person in people:
        await send(person)
        await asyncio.sleep(1 / RATE)


@dataclass(frozen=True, slots=True)
class Sender:
    """A way to send.

    Attributes:
        limiter: makes what python-telegram-bot asks before each call, for so many a second;
            `None` for nothing.
        lane: what a message of the broadcast is sent with.
        spread: how the messages are handed over.
    """

    name: str
    limiter: Callable[[int], BaseRateLimiter[Any]] | None
    lane: Any = None
    spread: Callable[[Send, Sequence[int]], Awaitable[None]] = _all_at_once


def _lanes(rate: int) -> BaseRateLimiter[Any]:
    return RateLimiter(Rates(rate))


def _with_retries(rate: int) -> BaseRateLimiter[Any]:
    return AIORateLimiter(rate, max_retries=5)


OURS = Sender("this bot's lanes", _lanes, Lane.BROADCAST)
PAUSES = Sender("no limiter, a pause of 1/30 s after each", None, spread=_a_pause_after_each)
# python-telegram-bot's own limiter, which needs a package of its own.
PEERS = (
    (
        Sender("AIORateLimiter(max_retries=5)", _with_retries),
        Sender("AIORateLimiter()", AIORateLimiter),
    )
    if importlib.util.find_spec("aiolimiter") is not None
    else ()
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Scripted 429s in the middle of a broadcast.

    Attributes:
        times: how many messages in a row meet one.
        seconds: what Telegram asks to wait.
    """

    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast to measure.

    Attributes:
        messages: how many are sent; 0 for taps alone.
        rate: messages a second that are permitted.
    """

    sender: Sender
    messages: int
    fault: Fault | None = None
    rate: int = RATE

    @property
    def seconds(self) -> float:
        """Duration at the permitted rate."""
        return self.messages / self.rate if self.messages else _QUIET

    @property
    def patience(self) -> float:
        """Seconds after which the run is aborted."""
        return _PATIENCE * self.seconds + (self.fault.seconds if self.fault else 0)


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """What the simulator saw of a broadcast.

    Attributes:
        people: to whom the news were to be sent.
        calls: messages and edits in the order in which Telegram answered, from the first news on.
        taps: seconds from a press to the edited message, of those that were answered.
        pressed: how often somebody pressed.
    """

    people: list[int]
    calls: list[Call]
    taps: list[float]
    pressed: int


class _TapGenerator:
    """Generates presses at regular times, whether they are answered or not."""

    def __init__(
        self, telegram: SimulatorProcess, people: Sequence[int], cards: Sequence[int]
    ) -> None:
        self.took: list[float] = []
        self.begun: dict[str, float] = {}
        self._telegram = telegram
        self._places = list(zip(people, cards, strict=True))

    async def run(self) -> None:
        """Press buttons until cancelled."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.TaskGroup() as group:
            while True:
                number = len(self.begun)
                await asyncio.sleep(max(0.0, begun + number / _TAPS - loop.time()))
                person, card = self._places[number % len(self._places)]
                self.begun[str(number)] = loop.time()
                group.create_task(self._telegram.press(person, card, str(number)))

    async def on_press(self, update: Update, _: object) -> None:
        """Answer and edit concurrently, as this bot does."""
        query = update.callback_query
        assert query is not None, "the handler is for presses"
        edit = query.edit_message_text(f"Card {query.data}")
        results = await asyncio.gather(query.answer(), edit, return_exceptions=True)
        if not any(isinstance(one, BaseException) for one in results):
            now = asyncio.get_running_loop().time()
            self.took.append(now - self.begun[str(query.data)])


def measure_in_process(broadcast: Broadcast) -> BroadcastResult:
    """Like `measure`, without log lines for 429s, which are counted."""
    logging.disable(logging.ERROR)
    return asyncio.run(measure(broadcast))


async def measure(broadcast: Broadcast) -> BroadcastResult:
    """Send a broadcast while people press buttons."""
    async with start_simulator() as telegram:
        people, tapping = await telegram.crowd(broadcast.messages), await telegram.crowd(_TAPPING)
        application = _application(telegram, broadcast)
        async with application:
            assert application.updater is not None, "built with it"
            await application.start()
            await telegram.enforce(broadcast.rate)
            taps = _TapGenerator(telegram, tapping, await _cards(application, tapping))
            application.add_handler(CallbackQueryHandler(taps.on_press))
            await application.updater.start_polling(drop_pending_updates=True, timeout=5)
            await _send(application, broadcast, telegram, people, taps)
            calls = await telegram.calls({"sendmessage", "editmessagetext"})
            seen = BroadcastResult(people, _from_the_news_on(calls), taps.took, len(taps.begun))
            await application.updater.stop()
            await application.stop()
    return seen


async def _send(
    application: AnyApplication,
    broadcast: Broadcast,
    telegram: SimulatorProcess,
    people: Sequence[int],
    taps: _TapGenerator,
) -> None:
    sender, fault = broadcast.sender, broadcast.fault

    async def send(person: int) -> None:
        with suppress(TelegramError):  # missing; the count shows it
            await application.bot.send_message(person, NEWS, rate_limit_args=sender.lane)

    tapping = asyncio.create_task(taps.run())
    what = sender.spread(send, people) if people else asyncio.sleep(broadcast.seconds)
    sending = asyncio.ensure_future(what)
    if fault is not None:
        await asyncio.sleep(broadcast.seconds / 3)
        await telegram.refuse(fault.times, fault.seconds)
    await asyncio.wait({sending}, timeout=broadcast.patience)
    for task in (sending, tapping):
        task.cancel()
    await asyncio.gather(sending, tapping, return_exceptions=True)
    await asyncio.sleep(_LAST_TAPS)


def _application(telegram: SimulatorProcess, broadcast: Broadcast) -> AnyApplication:
    builder = (
        ApplicationBuilder()
        .token(telegram.token)
        .base_url(f"{telegram.url}/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(4))
        .concurrent_updates(True)
    )
    if broadcast.sender.limiter is not None:
        builder = builder.rate_limiter(broadcast.sender.limiter(broadcast.rate))
    return builder.build()


async def _cards(application: AnyApplication, tapping: Sequence[int]) -> list[int]:
    """Send everybody a card with buttons, slowly enough for any sender."""
    cards = []
    for person in tapping:
        cards.append((await application.bot.send_message(person, "Card")).message_id)
        await asyncio.sleep(1 / RATE)
    return cards


def _from_the_news_on(calls: list[Call]) -> list[Call]:
    first = next((n for n, call in enumerate(calls) if call.text == NEWS), 0)
    return [call for call in calls[first:] if call.text != "Card"]
