"""Updates pushed to the bot: order, secret, failures."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from simulator.clock import Clock
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot


class Hook:
    """A bot's webhook that answers as a test says."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.hold: asyncio.Event | None = None
        self.got: asyncio.Queue[tuple[dict[str, Any], dict[str, str]]] = asyncio.Queue()

    async def answer(self, request: web.Request) -> web.Response:
        await self.got.put((await request.json(), dict(request.headers)))
        if self.hold is not None:
            await self.hold.wait()
        return web.Response(status=self.status)

    async def next(self) -> dict[str, Any]:
        return (await self.got.get())[0]


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.answer)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(world: World, bot: Bot, hook: Hook) -> None:
    before = world.say(AMINA, "before").update_id
    await bot("setWebhook", url=hook.url, secret_token="Secret_1-2")
    after = world.say(AMINA, "after").update_id

    first, headers = await hook.got.get()
    second = await hook.next()

    assert [first["update_id"], second["update_id"]] == [before, after]
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "Secret_1-2"
    assert headers["Content-Type"] == "application/json"


async def test_a_failed_push_is_repeated_until_it_is_taken(
    world: World, bot: Bot, hook: Hook
) -> None:
    world.limits.webhook_pause_seconds = 0.01
    hook.status = 500
    await bot("setWebhook", url=hook.url)
    said = world.say(AMINA, "hello").update_id

    tries = [await hook.next() for _ in range(3)]
    info = (await bot("getWebhookInfo")).result
    hook.status = 204
    world.say(AMINA, "the next")
    while (update := await hook.next())["update_id"] == said:
        pass

    assert update["message"]["text"] == "the next"
    assert {update["update_id"] for update in tries} == {said}
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_an_update_that_is_too_old_is_given_up(
    world: World, bot: Bot, hook: Hook, clock: Clock
) -> None:
    world.limits.webhook_pause_seconds = 0.01
    hook.status = 500
    message = await bot.sends("Which?", ["A"])
    await bot("setWebhook", url=hook.url)
    world.press(AMINA, message, "a")
    await hook.next()

    clock.advance(151)
    world.press(AMINA, message, "b")
    while (update := await hook.next())["callback_query"]["data"] == "a":
        pass

    assert update["callback_query"]["data"] == "b"


async def test_one_chat_waits_while_presses_and_other_chats_go_on(
    world: World, bot: Bot, hook: Hook
) -> None:
    message = await bot.sends("Which?", ["A"])
    hook.hold = asyncio.Event()
    await bot("setWebhook", url=hook.url)

    world.say(AMINA, "first")
    world.say(AMINA, "second")
    world.press(AMINA, message, "a")
    world.say(2001, "from Farid")
    together = [await hook.next() for _ in range(3)]
    none_more = hook.got.empty()
    hook.hold.set()
    last = await hook.next()

    said = [update["message"]["text"] for update in together if "message" in update]
    assert sorted(said) == ["first", "from Farid"]
    assert sum("callback_query" in update for update in together) == 1
    assert none_more
    assert last["message"]["text"] == "second"


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        (
            {"url": "http://example.org/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.org/hook", "secret_token": "with space"},
            "secret token contains unallowed characters",
        ),
    ],
    ids=["no TLS", "another port", "a wrong secret"],
)
async def test_addresses_that_telegram_refuses_are_refused(
    bot: Bot, parameters: dict[str, str], refusal: str
) -> None:
    answer = await bot("setWebhook", **parameters)

    assert (answer.status, answer.description) == (400, f"Bad Request: {refusal}")


async def test_a_deleted_webhook_leaves_updates_for_polls(
    world: World, bot: Bot, hook: Hook
) -> None:
    hook.status = 500
    await bot("setWebhook", url=hook.url)
    said = world.say(AMINA, "hello").update_id
    await hook.next()

    await bot("deleteWebhook")

    assert [update["update_id"] for update in (await bot("getUpdates")).result] == [said]
