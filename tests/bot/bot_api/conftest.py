"""A limited bot on a simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram.ext import ExtBot

from bot.bot_api.rate_limiter import (
    Droppable,
    RateLimiter,
)
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from simulator.world import World
from tests.bot.bot_api.limited import QUICK


@pytest_asyncio.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        simulator.world.limits.enforce = True
        simulator.world.limits.per_second = QUICK
        yield simulator


@pytest.fixture
def world(simulator: Simulator) -> World:
    return simulator.world


@pytest.fixture
def lanes() -> RateLimiter:
    return RateLimiter(Rates(per_second=QUICK))


@pytest_asyncio.fixture
async def bot(simulator: Simulator, lanes: RateLimiter) -> AsyncIterator[ExtBot[Lane | Droppable]]:
    bot = ExtBot(
        simulator.token,
        base_url=f"{simulator.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=lanes,
    )
    async with bot:
        yield bot


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connections=4) as transport:
        yield transport
