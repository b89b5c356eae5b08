"""The simulator in its own process, with Telegram's rate limits and a latency."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.telegram import ROOT

# Seconds that every call but a poll takes, after it was counted.
LATENCY = 0.04

_FOR_EVER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API that the simulator received.

    Attributes:
        at: when it was answered, in seconds of the simulator's clock: its latency included.
    """

    method: str
    chat: int | None
    text: str
    status: int
    at: float


@dataclass(frozen=True, slots=True)
class SimulatorProcess:
    """A running simulator."""

    session: aiohttp.ClientSession
    url: str
    token: str

    async def crowd(self, count: int) -> list[int]:
        """Create many people who have started the bot before, without updates."""
        made: list[int] = (await self._post("crowd", count=count))["ids"]
        return made

    async def people(self, count: int) -> list[int]:
        """Create people who start the bot now."""
        return list(await asyncio.gather(*(self._person() for _ in range(count))))

    async def enforce(self, per_second: int) -> None:
        """Switch rate limits and latency on.

        Args:
            per_second: messages that are taken in all.
        """
        await self._post("limits", enforce=True, per_second=per_second)
        await self._slow()

    async def refuse(self, times: int, seconds: int) -> None:
        """Answer the next `times` messages with 429; the latency applies after that."""
        async with self.session.delete(f"{self.url}/control/faults") as response:
            response.raise_for_status()
        await self._post(
            "faults", method="sendMessage", kind="retry_after", times=times, seconds=seconds
        )
        await self._slow()

    async def press(self, person: int, message: int, data: str) -> None:
        """Press a button as a person."""
        await self._post("press", user=person, chat=person, message=message, data=data)

    async def calls(self, methods: Iterable[str]) -> list[Call]:
        """All calls of `methods`, in lower case, in the order of their responses."""
        async with self.session.get(f"{self.url}/control/calls") as response:
            found = (await response.json())["calls"]
        wanted = frozenset(methods)
        return [_call(one) for one in found if one["method"].lower() in wanted]

    async def _person(self) -> int:
        person = int((await self._post("persona", first_name="Amina"))["id"])
        await self._post("say", user=person, chat=person, text="/start")
        return person

    async def _slow(self) -> None:
        await self._post("faults", method="*", kind="delay", times=_FOR_EVER, seconds=LATENCY)

    async def _post(self, name: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/control/{name}", json=body) as response:
            response.raise_for_status()
            return await response.json()


def _call(logged: dict[str, Any]) -> Call:
    params = logged["params"]
    chat, text = params.get("chat_id"), str(params.get("text", ""))
    return Call(logged["method"].lower(), chat, text, logged["status"], logged["at"])


@asynccontextmanager
async def start_simulator() -> AsyncIterator[SimulatorProcess]:
    """Run a new simulator on a free port."""
    command = [sys.executable, "-m", "simulator", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220 - before anything is measured
        try:
            assert process.stdout is not None, "asked for above"
            url = process.stdout.readline().split()[-1].rstrip("/")
            process.stdout.readline()
            token = process.stdout.readline().split()[-1]
            async with aiohttp.ClientSession() as session:
                yield SimulatorProcess(session, url, token)
        finally:
            process.kill()
