"""A poller on a simulated Telegram, and what it hands on."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.bot_api.polling import Poller, PollWaits
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from storage.errors import UnavailableError
from tests.support.patience import STUCK

AMINA = 1001


UPDATE = {"update_id": 5, "message": {"text": "hello"}}


class Kept:
    """What was received, in order; refuses the first times as it is told."""

    def __init__(self) -> None:
        self.updates: list[int] = []
        self.texts: list[str] = []
        self.unavailable = 0
        self.news = asyncio.Event()

    async def receive(self, raws: Iterable[Mapping[str, Any]]) -> None:
        if self.unavailable:
            self.unavailable -= 1
            reason = "the disk is full"
            raise UnavailableError(reason)
        raws = list(raws)
        self.updates += [raw["update_id"] for raw in raws]
        self.texts += [raw["message"]["text"] for raw in raws]
        self.news.set()

    async def reaches(self, count: int) -> None:
        async with asyncio.timeout(STUCK):
            while len(self.updates) < count:
                self.news.clear()
                await self.news.wait()


def poller(
    telegram: Simulator, transport: AiohttpRequest, token: str = "", **waits: float
) -> Poller:
    base = f"{telegram.url}/bot{token or telegram.token}"
    short = PollWaits(**{"first": 0.001, **waits})
    return Poller(transport, base, ("message", "callback_query"), short)


async def stopped(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
