"""Benchmark of a broadcast through the whole bot: /broadcast, outbox and rate limits.

`python -m bench.news` prints the figures; `rows` are for `python -m bench`.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench.broadcast import BroadcastFigures
from bench.senders import NEWS, OURS, RATE, Broadcast, BroadcastResult
from bench.simulated import Call, SimulatorProcess, start_simulator
from bench.sizes import Size
from bench.table import Goal, Row, as_text
from bench.telegram import ROOT
from bot import clock
from course.model import LearnerId
from storage import learners
from storage.store import Store

ADA = 3001

# Recipients, unless told otherwise.
_MESSAGES = 240

# Taps a second and by how many people in turn.
_TAPS, _TAPPING = 10, 40

# Seconds of taps before the broadcast begins: for few recipients, and at the most.
_QUIET, _LONGEST_QUIET = 9.0, 60.0

# Seconds within which the bot starts, answers an admin, and is done after what the rate needs.
_PATIENCE = 60.0

# Settings and progress by turns: each press changes the message under which it stands.
_SCREENS = ("s:progress", "s:settings")


class Button(NamedTuple):
    """A visible button.

    Attributes:
        number: of the call that showed it.
    """

    number: int
    message: int
    data: str


class TapGenerator:
    """Generates presses at regular times, and records when each was made and answered."""

    def __init__(self, telegram: SimulatorProcess, places: dict[int, int]) -> None:
        self.pressed: list[tuple[int, float]] = []
        self._telegram = telegram
        self._places = list(places.items())

    async def run(self) -> None:
        """Press buttons until cancelled."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            number = len(self.pressed)
            await asyncio.sleep(max(0.0, begun + number / _TAPS - loop.time()))
            person, message = self._places[number % len(self._places)]
            turn = number // len(self._places)
            self.pressed.append((person, clock.now() / 1000))
            await self._telegram.press(person, message, _SCREENS[turn % 2])

    def latencies(self, calls: list[Call], since: float, until: float) -> list[float]:
        """Seconds from each press in an interval to the edit that answers it."""
        edits: dict[int | None, list[float]] = {}
        for call in calls:
            if call.method == "editmessagetext" and call.status == 200:
                edits.setdefault(call.chat, []).append(call.at)
        found = []
        seen: Counter[int] = Counter()
        for person, at in self.pressed:
            number, seen[person] = seen[person], seen[person] + 1
            mine = edits.get(person, [])
            if since <= at < until and number < len(mine):
                found.append(mine[number] - at)
        return found


async def measure_broadcast(messages: int) -> tuple[BroadcastResult, BroadcastResult]:
    """Measure presses alone, then a broadcast with presses."""
    async with start_simulator() as telegram:
        people, tapping = await telegram.crowd(messages), await telegram.people(_TAPPING)
        with tempfile.TemporaryDirectory(prefix="tutorbot-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'tutorbot.db'}"
            await _filled(url, people)
            async with _bot(telegram, url):
                opened = await _opened(telegram, tapping)
                await telegram.enforce(RATE)
                places = {person: button.message for person, button in opened.items()}
                after = max(button.number for button in opened.values())
                return await _played(telegram, people, TapGenerator(telegram, places), after)


async def _played(
    telegram: SimulatorProcess, people: list[int], taps: TapGenerator, after: int
) -> tuple[BroadcastResult, BroadcastResult]:
    """Run the broadcast; `after` is the last call before it."""
    tapping = asyncio.create_task(taps.run())
    quiet_at = clock.now() / 1000
    await asyncio.sleep(min(max(_QUIET, len(people) / 100), _LONGEST_QUIET))
    await _say(telegram, ADA, f"/broadcast all: {NEWS}")
    send = await _button(telegram, ADA, "Send now", after=after)
    begun = clock.now() / 1000
    await telegram.press(ADA, send.message, send.data)
    needed = len(people) / (RATE - _TAPS)
    await _button(telegram, ADA, "Who", needed + _PATIENCE, after=send.number)
    ended = clock.now() / 1000
    tapping.cancel()
    await asyncio.gather(tapping, return_exceptions=True)
    await asyncio.sleep(1)
    calls = await telegram.calls({"sendmessage", "editmessagetext"})
    news = [call for call in calls if call.at >= begun]
    both = taps.latencies(calls, quiet_at, begun), taps.latencies(calls, begun, ended)
    pressed = sum(begun <= at < ended for _person, at in taps.pressed)
    return (
        BroadcastResult([], [], both[0], len(both[0])),
        BroadcastResult(people, _without_the_rest(news), both[1], pressed),
    )


def _without_the_rest(calls: list[Call]) -> list[Call]:
    first = next((number for number, call in enumerate(calls) if call.text == NEWS), 0)
    last = max((number for number, call in enumerate(calls) if call.text == NEWS), default=0)
    return calls[first : last + 1]


async def _filled(url: str, people: list[int]) -> None:
    """Insert learners; those who press buttons join by /start."""
    now = clock.now()
    store = await Store.open(url, now)
    try:
        await store.write(*(learners.add_learner(LearnerId(one), now, "en") for one in people))
    finally:
        await store.close()


@asynccontextmanager
async def _bot(telegram: SimulatorProcess, url: str) -> AsyncIterator[None]:
    """Run `tutorbot run` in its own process."""
    settings = {
        "TUTORBOT_TOKEN": telegram.token,
        "TUTORBOT_API_URL": telegram.url,
        "TUTORBOT_DATABASE_URL": url,
        "TUTORBOT_ADMINS": str(ADA),
        "TUTORBOT_LOG_LEVEL": "ERROR",
        "TUTORBOT_LISTEN": "",
    }
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(  # noqa: ASYNC220 - before anything is measured
        command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


async def _opened(telegram: SimulatorProcess, people: list[int]) -> dict[int, Button]:
    """Have all of them open their settings, to press buttons there."""
    for person in people:
        await _say(telegram, person, "/settings")
    return {person: await _button(telegram, person, "Turn plain text") for person in people}


async def _say(telegram: SimulatorProcess, person: int, text: str) -> None:
    await _post(telegram, "say", user=person, chat=person, text=text)


async def _post(telegram: SimulatorProcess, name: str, **body: object) -> None:
    async with telegram.session.post(f"{telegram.url}/control/{name}", json=body) as response:
        response.raise_for_status()


async def _button(
    telegram: SimulatorProcess, chat: int, label: str, within: float = _PATIENCE, after: int = 0
) -> Button:
    """Wait until a message in a chat has a button whose label starts with `label`.

    Args:
        after: the number of a call; earlier ones are not looked through. To list tens of thousands
            of them would hold up the simulator while it is measured.
    """
    async with asyncio.timeout(within):
        while True:
            for call in await _calls(telegram, after):
                after = call["number"]
                data = _data(call, label) if call["params"].get("chat_id") == chat else None
                if data is not None:
                    return Button(after, int(call["response"]["result"]["message_id"]), data)
            await asyncio.sleep(0.05)


async def _calls(telegram: SimulatorProcess, after: int) -> list[dict[str, Any]]:
    url = f"{telegram.url}/control/calls?after={after}"
    async with telegram.session.get(url) as response:
        found: list[dict[str, Any]] = (await response.json())["calls"]
        return found


def _data(call: dict[str, Any], label: str) -> str | None:
    rows = (call["params"].get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = (button for row in rows for button in row)
    return next((one["callback_data"] for one in buttons if one["text"].startswith(label)), None)


def rows(size: Size) -> list[Row]:
    """Run this part of `python -m bench`."""
    return judge(size.news, *asyncio.run(measure_broadcast(size.news)))


def judge(messages: int, quiet: BroadcastResult, seen: BroadcastResult) -> list[Row]:
    """Compare presses alone, and a broadcast to `messages` with presses, with the goals."""
    ours = BroadcastFigures.of(seen, Broadcast(OURS, messages))
    before = BroadcastFigures.of(quiet, Broadcast(OURS, 0))
    harmed = ours.missing + ours.twice
    what = "/broadcast through the whole bot"
    return [
        Row(f"{what}: 429s", str(ours.refused), "0", ours.refused, Goal(at_most=0)),
        Row(f"{what}: missing or twice", str(harmed), "0", harmed, Goal(at_most=0)),
        Row(
            f"{what}: messages taken", f"{ours.used * RATE:.2f}/s", "30/s permitted", ours.used,
            Goal(at_least=0.99),
        ),
        Row(
            f"{what}: tap to edit, p99", f"{ours.p99 * 1000:.0f} ms",
            f"{before.p99 * 1000:.0f} ms without a broadcast", ours.p99 / before.p99,
            Goal(at_most=1.3),
        ),
    ]  # fmt: skip


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.news", description=__doc__)
    parser.add_argument("--messages", type=int, default=_MESSAGES)
    messages = parser.parse_args().messages
    quiet, seen = asyncio.run(measure_broadcast(messages))
    print(" | ".join(BroadcastFigures.of(quiet, Broadcast(OURS, 0)).cells("taps alone")))
    print(
        " | ".join(BroadcastFigures.of(seen, Broadcast(OURS, messages)).cells("while it is sent"))
    )
    print(as_text(judge(messages, quiet, seen)))


if __name__ == "__main__":
    main()
