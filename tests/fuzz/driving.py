"""Hands odd things to the real bot, over HTTP, and sees how everybody else fares meanwhile."""

import asyncio
import logging
import shutil
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import orjson
from pydantic import SecretStr

from bot import app
from bot.settings import Settings
from simulator.clock import Clock
from simulator.server import Simulator
from simulator.state import Query
from simulator.updates import Update
from storage.store import Store
from tests.course.examples import SMALL
from tests.fuzz.findings import Findings, Listening, described
from tests.fuzz.updates import Odd
from tests.support.running import ADMIN, FAST, NOON, PATIENT, takes_the_beat_from

BATCH = 20
"""Odd things at once: as many as one poll may bring, and a bystander among them."""

AT_MOST = 1.0
"""Seconds in which a bystander has to be answered."""

BYSTANDER = 1900

# Seconds after which nothing more is waited for; between two taps of the bystander; and for finding
# out by what somebody suffers.
_STUCK, _PAUSE, _BLAMING = 20.0, 0.02, 90.0

# Batches after which the bot looks what is due, and after which the data are put back.
_TICKED, _PUT_BACK = 4, 15

_SLOW = f"a bystander waited for more than {AT_MOST:g} s"

# Each Telegram numbers its updates above those of the one before, as one Telegram does.
_FIRST_IDS = count(1_000_000_000, 10_000_000)


@dataclass(frozen=True, slots=True)
class Raw(Update):
    """An update as it stands on the wire, whatever that is."""

    text: bytes = b""

    def wire(self) -> orjson.Fragment:  # type: ignore[override]
        """The text itself."""
        return orjson.Fragment(self.text)


class Running:
    """The bot, and a Telegram of its own; as `tests.support.running`, but it may end."""

    polling: asyncio.Task[None]

    def __init__(self) -> None:
        self._held = AsyncExitStack()
        self._simulator = Simulator(clock=Clock(NOON), first_update_id=next(_FIRST_IDS))
        self._world = self._simulator.world
        self._tutor: app.RunningBot

    async def starts(self, data: Path, people: Sequence[int], listening: logging.Handler) -> None:
        """Start the bot on the database in `data`, with `people` who have begun a chat."""
        for number in (*people, BYSTANDER):
            self._world.person(number, "Somebody").started = True
        simulator = await self._held.enter_async_context(self._simulator)
        logging.getLogger().addHandler(listening)
        self._held.callback(logging.getLogger().removeHandler, listening)

        def now() -> int:
            return int(self._world.clock.now() * 1000)

        settings = Settings(
            token=SecretStr(simulator.token), api_url=simulator.url, admins=(ADMIN,)
        )
        store = await Store.open(f"sqlite:///{data}", now())
        self._held.push_async_callback(store.close)
        running = app.run_bot(settings, SMALL, store, now, PATIENT, FAST)
        self._tutor = await self._held.enter_async_context(running)
        takes_the_beat_from(self._tutor)
        self.polling = asyncio.create_task(self._tutor.poll())

    async def stops(self) -> None:
        """End the bot, whatever became of it."""
        self.polling.cancel()
        await asyncio.wait([self.polling])
        await self._held.aclose()

    def taps(self, person: int) -> Query:
        """Somebody presses a button; gives what becomes of that."""
        return self._world.query(self._world.press(person, 1, "s:help").query_id)

    def sends(self, batch: Iterable[Odd]) -> dict[int, Odd]:
        """Let Telegram hold `batch` for the bot; gives the numbers of its updates."""
        self._world.clock.advance(60)
        updates, sent = self._world.updates, dict[int, Odd]()
        for odd in batch:
            number = updates.add("message", {})
            held = updates._waiting[number]
            updates._waiting[number] = Raw(
                number, held.kind, held.body, held.expires_at, odd.numbered(number)
            )
            sent[number] = odd
        return sent

    async def ticks(self) -> None:
        """Do what is due."""
        await self._tutor.scheduler.tick()

    async def sees_answered(self, query: Query) -> float:
        """How many seconds it took until a tap was answered; at most `_STUCK`."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        while not (query.answered or self.has_ended or loop.time() - since > _STUCK):  # noqa: ASYNC110 - two parties, no common event
            await asyncio.sleep(0.001)
        return loop.time() - since

    @property
    def has_ended(self) -> bool:
        """Whether the bot ended by itself."""
        return self.polling.done()

    def has_done_all(self) -> bool:
        """Whether everything that was sent is confirmed and done."""
        return not (self._world.pending() or self._tutor.inbox.is_busy)


@dataclass(slots=True)
class Driver:
    """Plays batches against a bot, and starts it anew when it ended or stands still.

    Args:
        scene: a database in which there is something of everything.
        people: who is on Telegram.
        findings: where faults are noted.

    Attributes:
        played: how many odd things were sent.
        slowest: how long a bystander waited, in seconds.
    """

    scene: Path
    folder: Path
    people: Sequence[int]
    findings: Findings
    played: int = 0
    slowest: float = 0.0
    _batches: int = 0
    _sent: dict[int, Odd] = field(default_factory=dict)
    _running: Running | None = None

    async def plays(self, batch: Sequence[Odd]) -> None:
        """Send `batch`; where somebody else suffers, find out by which of it."""
        self._batches += 1
        self.played += len(batch)
        if self._batches % _PUT_BACK == 0:
            await self.stops()
        if await self._suffers(batch) is None:
            await self._ticks()
            return
        until = asyncio.get_running_loop().time() + _BLAMING
        for one in batch:  # alone, and twice, as the machine may have been busy with something else
            if await self._suffers([one]) and (symptom := await self._suffers([one])):
                self.findings.add(symptom, one)
            if asyncio.get_running_loop().time() > until:
                break

    async def restarts(self) -> None:
        """End the bot and start it on the same data: what it was left must not end it again."""
        await self._down()
        symptom = await self._suffers(())
        if symptom is not None:
            self.findings.add(f"after a restart: {symptom}", "what was there")

    async def stops(self) -> None:
        """End the bot; the next one begins with the scene as it was."""
        await self._down()
        for file in self.folder.glob("tutor.db*"):
            file.unlink()

    async def _ticks(self) -> None:
        """Let the bot do what is due by the clock, as it does every few seconds."""
        if self._running is None or self._batches % _TICKED:
            return
        try:
            await self._running.ticks()
        except Exception as error:  # noqa: BLE001 - whatever it is, it was found
            self.findings.add(f"a tick failed: {described(error)}", "what was there")

    async def _down(self) -> None:
        if self._running is not None:
            await self._running.stops()
        self._running = None

    async def _up(self) -> Running:
        if self._running is None:
            data = self.folder / "tutor.db"
            if not data.exists():
                shutil.copyfile(self.scene, data)
            self._running = Running()
            await self._running.starts(data, self.people, Listening(self.findings, self._sent))
        return self._running

    async def _suffers(self, batch: Sequence[Odd]) -> str | None:
        """What everybody else suffers by `batch`; `None` when they are served."""
        running = await self._up()
        self._sent.clear()
        half = (len(batch) + 1) // 2
        self._sent |= running.sends(batch[:half])
        query = running.taps(BYSTANDER)
        self._sent |= running.sends(batch[half:])
        longest = await running.sees_answered(query)
        until = asyncio.get_running_loop().time() + _STUCK
        while not (running.has_ended or running.has_done_all()):
            if asyncio.get_running_loop().time() > until:
                await self.stops()
                return "it was never confirmed, or never done"
            await asyncio.sleep(_PAUSE)
            if not running.has_done_all():
                longest = max(longest, await running.sees_answered(running.taps(BYSTANDER)))
        if running.has_ended:
            what = described(running.polling.exception())
            await self.stops()
            return f"the process ended: {what}"
        self.slowest = max(self.slowest, longest)
        return None if longest <= AT_MOST else _SLOW
