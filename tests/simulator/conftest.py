"""A simulator on a free port, and a bot's side that speaks plain HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from simulator.clock import Clock
from simulator.server import Simulator
from simulator.world import World

NOON = 1_741_003_200.0  # 3 March 2025, 12:00 UTC
AMINA = 1001


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the Bot API."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        return str(self.body["description"])


@dataclass(frozen=True, slots=True)
class Bot:
    """Calls the simulator as a bot would, one JSON body a call."""

    session: aiohttp.ClientSession
    base: str

    async def __call__(self, method: str, **parameters: Any) -> Answer:
        async with self.session.post(f"{self.base}/{method}", json=parameters) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def send_form(self, method: str, form: aiohttp.FormData | dict[str, str]) -> Answer:
        async with self.session.post(f"{self.base}/{method}", data=form) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def sends(self, text: str, *rows: list[str], chat: int = AMINA) -> int:
        """Send HTML with a keyboard of `rows`, and return the message's id."""
        markup = {"reply_markup": keyboard(*rows)} if rows else {}
        answer = await self("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup)
        return int(answer.result["message_id"])


def keyboard(*rows: list[str]) -> dict[str, Any]:
    """A keyboard whose buttons send their own text in lower case."""
    return {
        "inline_keyboard": [
            [{"text": text, "callback_data": text.lower()} for text in row] for row in rows
        ]
    }


@pytest.fixture
def clock() -> Clock:
    """Stands at noon until a test moves it."""
    return Clock(NOON)


@pytest_asyncio.fixture
async def simulator(clock: Clock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture
def world(simulator: Simulator) -> World:
    """The simulator's world, where Amina has started the bot and the bot has seen it."""
    simulator.world.say(AMINA, "/start")
    simulator.world.updates.clear()
    return simulator.world


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(simulator: Simulator, world: World, session: aiohttp.ClientSession) -> Bot:  # noqa: ARG001
    return Bot(session, f"{simulator.url}/bot{simulator.token}")
