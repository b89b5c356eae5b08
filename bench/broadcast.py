"""Benchmark of a broadcast while people press buttons: the whole bot, and AIORateLimiter.

The simulator enforces Telegram's rate and takes a latency. Everything is read from its list of
calls, so both bots are measured in the same way; each has a simulator of its own.
"""

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import Simulator, start_bot, start_simulator
from bench.run_sizes import Size
from bench.table import Goal, Row
from bot import clock
from course.model import LearnerId
from storage import learners
from storage.store import Store

NEWS = "The new lesson is open."

# The calls that count against the rate: the answer to a press does not (`simulator.limits`).
_LIMITED = ("sendmessage", "editmessagetext")

# Messages a second that Telegram permits (bot FAQ), and the latency of a call.
RATE, _LATENCY = 30, 0.04

# Taps a second, and by how many people in turn.
_TAPS, _TAPPING = 10, 40

# Seconds of taps before the broadcast, and within which anything must have happened.
_QUIET, _TIME_LIMIT = 20.0, 120.0

_ADMIN = 3001
_FOR_EVER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API that the simulator answered, at a time of its clock in seconds."""

    method: str
    chat: int | None
    text: str
    status: int
    at: float


@dataclass(frozen=True, slots=True)
class BroadcastFigures:
    """Results of a broadcast.

    Attributes:
        used: part of the permitted rate, from the first message to the last.
        refused: number of 429s.
        harmed: people who got the message not at all, plus messages that came again.
        quiet: seconds from a tap to its edit before the broadcast, sorted.
        busy: the same while it is sent.
        tapped: taps while it is sent, answered or not.
    """

    used: float
    refused: int
    harmed: int
    quiet: list[float]
    busy: list[float]
    tapped: int


def figures(
    people: list[int], calls: list[Call], taps: list[tuple[int, float]]
) -> BroadcastFigures:
    """Compute the results from the simulator's calls, and from who tapped when."""
    news = [call.at for call in calls if call.text == NEWS]
    first, last = news[0], news[-1]
    got = Counter(call.chat for call in calls if call.text == NEWS and call.status == 200)
    taken = sum(
        first < call.at <= last and call.status == 200 and call.method in _LIMITED for call in calls
    )
    return BroadcastFigures(
        used=taken / RATE / (last - first),
        refused=sum(call.status == 429 for call in calls),
        harmed=sum(abs(got[person] - 1) for person in people),
        quiet=latencies(taps, calls, lambda at: at < first - 1),
        busy=latencies(taps, calls, lambda at: first <= at < last),
        tapped=sum(first <= at < last for _person, at in taps),
    )


def latencies(
    taps: list[tuple[int, float]], calls: list[Call], wanted: Callable[[float], bool]
) -> list[float]:
    """Seconds from each tap at a wanted time to the edit that answers it, sorted."""
    edits: defaultdict[int | None, list[float]] = defaultdict(list)
    for call in calls:
        if call.method == "editmessagetext" and call.status == 200:
            edits[call.chat].append(call.at)
    found, seen = [], Counter[int]()
    for person, at in taps:
        number, seen[person] = seen[person], seen[person] + 1
        if wanted(at) and number < len(edits[person]):
            found.append(edits[person][number] - at)
    return sorted(found)


class Taps:
    """Taps at regular times, whether they are answered or not.

    Attributes:
        made: who tapped, and when in seconds.
    """

    def __init__(self, telegram: Simulator, messages: dict[int, int], screens: list[str]) -> None:
        self.made: list[tuple[int, float]] = []
        self._telegram = telegram
        self._messages = list(messages.items())
        self._screens = screens

    async def run(self) -> None:
        """Tap until cancelled; each tap changes the message under which its button stands."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            number = len(self.made)
            await asyncio.sleep(max(0.0, begun + number / _TAPS - loop.time()))
            turn, index = divmod(number, len(self._messages))
            person, message = self._messages[index]
            self.made.append((person, clock.now() / 1000))
            await self._telegram.press(person, message, self._screens[turn % 2])


async def measure_ours(recipients: int) -> BroadcastFigures:
    """Send /broadcast through the whole bot while people switch between two screens."""
    async with start_simulator() as telegram:
        people, tapping = await telegram.crowd(recipients), await telegram.crowd(_TAPPING)
        with tempfile.TemporaryDirectory(prefix="tutorbot-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'tutorbot.db'}"
            await _add_learners(url, people)
            order = {"database": url, "admins": str(_ADMIN), "limited": True}
            with start_bot("ours", _addressed(telegram, order), folder):
                for person in tapping:
                    await telegram.post("say", user=person, chat=person, text="/settings")
                messages = {
                    person: (await telegram.button(person, "Turn plain text"))[0]
                    for person in tapping
                }
                taps = Taps(telegram, messages, ["s:progress", "s:settings"])

                async def send() -> None:
                    text = f"/broadcast all: {NEWS}"
                    await telegram.post("say", user=_ADMIN, chat=_ADMIN, text=text)
                    message, data, _number = await telegram.button(_ADMIN, "Send now", after)
                    await telegram.press(_ADMIN, message, data)

                after = (await telegram.calls())[-1]["number"]
                return await _measure(telegram, people, taps, send)


async def measure_peer(recipients: int) -> BroadcastFigures:
    """Send as many messages with python-telegram-bot's AIORateLimiter, which retries five times."""
    async with start_simulator() as telegram:
        people, tapping = await telegram.crowd(recipients), await telegram.crowd(_TAPPING)
        order = {"people": people, "tapping": tapping, "text": NEWS, "rate": RATE}
        with (
            tempfile.TemporaryDirectory(prefix="tutorbot-bench-") as folder,
            start_bot("ptb_broadcast", _addressed(telegram, order), folder),
        ):
            messages = {person: (await telegram.button(person, "Turn"))[0] for person in tapping}
            taps = Taps(telegram, messages, ["one", "two"])
            person, message = next(iter(messages.items()))

            async def send() -> None:
                await telegram.press(person, message, "broadcast")

            return await _measure(telegram, people, taps, send)


def _addressed(telegram: Simulator, order: dict[str, Any]) -> dict[str, Any]:
    return {"api": telegram.url, "token": telegram.token, **order}


async def _add_learners(url: str, people: list[int]) -> None:
    now = clock.now()
    store = await Store.open(url, now)
    try:
        await store.write(*(learners.add_learner(LearnerId(one), now, "en") for one in people))
    finally:
        await store.close()


async def _measure(
    telegram: Simulator, people: list[int], taps: Taps, send: Callable[[], Awaitable[None]]
) -> BroadcastFigures:
    """Enforce the rate; then taps alone, then the broadcast until all have it or time is up."""
    await telegram.post("limits", enforce=True, per_second=RATE)
    await telegram.post("faults", method="*", kind="delay", times=_FOR_EVER, seconds=_LATENCY)
    after = (await telegram.calls())[-1]["number"]
    tapping = asyncio.create_task(taps.run())
    await asyncio.sleep(min(_QUIET, len(people) / _TAPS))
    calls: list[Call] = []
    try:
        async with asyncio.timeout(_TIME_LIMIT + 2 * len(people) / RATE):
            await send()
            while sum(one.text == NEWS and one.status == 200 for one in calls) < len(people):
                await asyncio.sleep(1)
                new = await telegram.calls(after)
                after = new[-1]["number"] if new else after
                calls += [_call(one) for one in new]
    except TimeoutError:
        pass  # some are missing; the count shows it
    tapping.cancel()
    await asyncio.gather(tapping, return_exceptions=True)
    await asyncio.sleep(1)
    calls += [_call(one) for one in await telegram.calls(after)]
    return figures(people, calls, taps.made)


def _call(logged: dict[str, Any]) -> Call:
    params = logged["params"]
    chat, text = params.get("chat_id"), str(params.get("text", ""))
    return Call(logged["method"].lower(), chat, text, logged["status"], logged["at"])


def rows(size: Size) -> list[Row]:
    """Measure both at the same time; return the rows."""

    async def both() -> tuple[BroadcastFigures, BroadcastFigures]:
        return await asyncio.gather(measure_ours(size.recipients), measure_peer(size.recipients))

    return judge(size.recipients, *asyncio.run(both()))


def judge(recipients: int, ours: BroadcastFigures, peer: BroadcastFigures) -> list[Row]:
    """Compare this bot with the goals, and with AIORateLimiter."""
    quiet, busy = (_percentile(each, 0.99) for each in (ours.quiet, ours.busy))
    its = _percentile(peer.busy, 0.99)
    name = "AIORateLimiter(max_retries=5)"
    return [
        Row(
            f"/broadcast to {recipients:,} while people tap: messages taken",
            f"{ours.used * RATE:.2f}/s",
            f"{RATE}/s permitted",
            ours.used,
            Goal(at_least=0.99),
        ),
        Row("the same: 429s", str(ours.refused), "0", ours.refused, Goal(at_most=0)),
        Row("the same: missing or twice", str(ours.harmed), "0", ours.harmed, Goal(at_most=0)),
        Row(
            "the same: tap to edit, p99",
            f"{busy * 1000:.0f} ms",
            f"{quiet * 1000:.0f} ms without a broadcast",
            busy / quiet,
            Goal(at_most=1.3),
        ),
        Row(
            f"the same: rate used / {name}",
            f"{ours.used:.1%}",
            f"{peer.used:.1%}, {peer.refused} 429s, {peer.harmed} missing or twice",
            ours.used / peer.used,
        ),
        Row(
            f"the same: tap to edit, p99 / {name}",
            f"{busy * 1000:.0f} ms, {len(ours.busy)}/{ours.tapped} answered",
            f"{its * 1000:.0f} ms, {len(peer.busy)}/{peer.tapped} answered",
            busy / its,
        ),
    ]


def _percentile(taps: list[float], part: float) -> float:
    return taps[min(len(taps) - 1, int(part * len(taps)))] if taps else float("nan")
