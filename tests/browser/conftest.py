"""A browser, a simulator, and a bot that says what a test tells it to say."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from simulator.clock import Clock
from simulator.server import Simulator

TOKEN = "123456:SIMULATOR-TOKEN-000000000000000000000"
MONDAY_NOON = 1_741_003_200  # 3 March 2025, 12:00 UTC
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Json = dict[str, Any]

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1440, "height": 900}


@dataclass(frozen=True, slots=True)
class ScriptedBot:
    """The Bot API from the bot's side; each test is the bot's program."""

    session: aiohttp.ClientSession
    base: str

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.base}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, text: str, *rows: list[str], chat: int = 1001) -> int:
        markup = {"reply_markup": keyboard(*rows)} if rows else {}
        sent = await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup)
        return int(sent["message_id"])

    async def hears(self, kind: str = "message") -> Json:
        """The next update of `kind`; those before it are left aside."""
        while True:
            updates = await self.call("getUpdates", timeout=10)
            for update in updates:
                await self.call("getUpdates", offset=update["update_id"] + 1, timeout=0, limit=1)
                if kind in update:
                    found: Json = update[kind]
                    return found


def keyboard(*rows: list[str]) -> Json:
    return {"inline_keyboard": [[{"text": t, "callback_data": t} for t in row] for row in rows]}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=10_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def simulator() -> AsyncIterator[Simulator]:
    simulator = Simulator(token=TOKEN, clock=Clock(MONDAY_NOON))
    await simulator.start(host="127.0.0.1", port=0)
    yield simulator
    await simulator.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(simulator: Simulator) -> AsyncIterator[ScriptedBot]:
    async with aiohttp.ClientSession() as session:
        bot = ScriptedBot(session, f"{simulator.url}/bot{TOKEN}")
        await bot.call("getUpdates", timeout=0)
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Page]:
    """An empty page, as large as a small phone; anything it reports as an error fails the test."""
    context = await browser.new_context(
        viewport=PHONE, timezone_id="UTC", color_scheme="light", reduced_motion="reduce"
    )
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    await context.close()
    assert wrong == []


@pytest_asyncio.fixture(loop_scope="session")
async def chatting(simulator: Simulator, bot: ScriptedBot, phone: Page) -> Page:
    """The page of Amina, who has pressed START and read the bot's welcome."""
    simulator.world.say(1001, "/start")
    await bot.hears()
    await bot.says("Welcome. This is a short course.")
    await phone.goto(simulator.url)
    await expect(phone.get_by_test_id("message")).to_have_count(2)
    return phone


@pytest.fixture
def amina() -> int:
    return 1001
