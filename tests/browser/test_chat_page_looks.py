"""The chat page can be read and worked by everyone, and shows nothing it should not."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, ViewportSize, expect

from simulator.server import Simulator
from tests.browser.conftest import DESK, PHONE, ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
SOURCE = "Source: a report, with a note on how its figures were found. " * 6
BARS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="36"><path d="M8 8h9v20H8z"/></svg>'
)


async def one_of_everything(bot: ScriptedBot, page: Page) -> None:
    await bot.call("setMyCommands", commands=[{"command": "help", "description": "What helps"}])
    link = "<a href='https://example.org'>here</a>"
    await bot.says(f"<b>Question</b>\n\nWhich? See /help or {link}.", ["A", "B", "A longer answer"])
    await bot.says(
        f"<code>■■□□</code>\n<blockquote expandable>{SOURCE}</blockquote>\n<pre>as is</pre>"
    )
    await bot.says("<tg-spoiler>Hidden</tg-spoiler>")
    data = aiohttp.FormData({"chat_id": "1001", "caption": "Your record"})
    data.add_field("document", BARS, filename="record.svg", content_type="image/svg+xml")
    async with bot.session.post(f"{bot.base}/sendDocument", data=data) as response:
        assert (await response.json())["ok"]
    await expect(page.get_by_test_id("message")).to_have_count(6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_everything_can_be_read_and_pressed(
    scheme: Any, size: ViewportSize, bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.emulate_media(color_scheme=scheme)
    await chatting.set_viewport_size(size)
    await one_of_everything(bot, chatting)
    await chatting.reload()
    await chatting.get_by_test_id("menu-button").click()
    await expect(chatting.get_by_test_id("command")).to_have_count(1)

    with_menu = await chatting.evaluate(LOOK)
    await chatting.keyboard.press("Escape")
    if size is PHONE:
        await chatting.get_by_test_id("panel-open").click()
    await chatting.get_by_text("Add a person").click()
    with_panel = await chatting.evaluate(LOOK)

    for seen in (with_menu, with_panel):
        assert seen.pop("words") > 20
        assert seen == {"faint": [], "small": [], "nameless": [], "tooWide": []}


async def test_a_screen_reader_finds_its_way(bot: ScriptedBot, chatting: Page) -> None:
    await bot.says("Question", ["A"])
    name = (await bot.call("getMe"))["first_name"]

    log = chatting.get_by_role("log", name="Messages")

    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.get_by_role("article", name=f"{name}: 12:0")).to_have_count(2)
    await expect(log.get_by_role("article", name="Amina: 12:0")).to_have_count(1)
    for role in ("banner", "main"):
        await expect(chatting.get_by_role(role)).to_have_count(1)
    await expect(chatting.get_by_role("heading", level=1)).to_have_text(name)
    await expect(chatting.get_by_role("form", name="Write a message")).to_be_visible()


async def test_the_page_asks_nobody_but_the_simulator(simulator: Simulator, chatting: Page) -> None:
    asked: list[str] = []
    chatting.on("request", lambda request: asked.append(request.url))

    await chatting.reload()
    await expect(chatting.get_by_test_id("message")).to_have_count(2)

    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(simulator.url)] == []
