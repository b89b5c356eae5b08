"""Troubles on order, and Telegram's rates."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.clock import Clock
from simulator.errors import DrivingError
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot


async def test_a_flood_answer_tells_how_long_to_wait(world: World, bot: Bot) -> None:
    world.faults.add("sendMessage", "retry_after", seconds=7)

    answer = await bot("sendMessage", chat_id=AMINA, text="x")
    again = await bot("sendMessage", chat_id=AMINA, text="x")

    assert answer.status == 429
    assert answer.description == "Too Many Requests: retry after 7"
    assert answer.body["parameters"] == {"retry_after": 7}
    assert answer.headers["Retry-After"] == "7"
    assert again.status == 200


async def test_an_error_on_order(world: World, bot: Bot) -> None:
    world.faults.add("*", "status", times=2, code=500, description="Internal Server Error")

    answers = [await bot("getMe"), await bot("getUpdates"), await bot("getMe"), await bot("getMe")]

    assert [answer.status for answer in answers] == [500, 200, 500, 200]


async def test_a_gateway_page(world: World, bot: Bot) -> None:
    world.faults.add("getMe", "html_502")

    async with bot.session.post(f"{bot.base}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


async def test_what_another_server_says_is_passed_on_and_nothing_happened(
    world: World, bot: Bot
) -> None:
    world.faults.add("sendMessage", "foreign", code=203, body='{"welcome":"log in"}')

    answer = await bot("sendMessage", chat_id=AMINA, text="x")

    assert (answer.status, answer.body) == (203, {"welcome": "log in"})
    assert world.chat(AMINA)[1:] == []


@pytest.mark.parametrize(
    ("kind", "messages"), [("drop_before", 0), ("drop_after", 1), ("truncated", 1)]
)
async def test_a_lost_answer_took_effect_or_not(
    world: World, bot: Bot, kind: str, messages: int
) -> None:
    world.faults.add("sendMessage", kind)

    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=AMINA, text="x")

    assert len(world.chat(AMINA)[1:]) == messages
    (call,) = world.calls
    assert call.status == 0


async def test_a_call_that_hangs_has_no_effect(world: World, bot: Bot) -> None:
    world.faults.add("sendMessage", "hang")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await bot("sendMessage", chat_id=AMINA, text="x")

    assert world.chat(AMINA)[1:] == []


async def test_a_late_answer_took_effect_before_it_came(world: World, bot: Bot) -> None:
    world.faults.add("sendMessage", "delay", seconds=50)
    posted = asyncio.Event()
    world.listen(lambda event: posted.set() if event.kind == "message" else None)

    waiting = asyncio.create_task(bot("sendMessage", chat_id=AMINA, text="x"))
    await posted.wait()

    assert not waiting.done()
    assert len(world.chat(AMINA)) == 2
    waiting.cancel()


def test_a_fault_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(DrivingError, match="There is no fault 'earthquake'"):
        world.faults.add("*", "earthquake")


async def test_nothing_is_limited_unless_asked_for(bot: Bot) -> None:
    answers = [await bot("sendMessage", chat_id=AMINA, text="x") for _ in range(40)]

    assert {answer.status for answer in answers} == {200}


async def test_one_chat_takes_a_burst_and_then_one_a_second(
    world: World, bot: Bot, clock: Clock
) -> None:
    world.limits.enforce = True
    burst = world.limits.burst

    statuses = [(await bot("sendMessage", chat_id=AMINA, text="x")).status for _ in range(burst)]
    refused = await bot("sendMessage", chat_id=AMINA, text="x")
    clock.advance(refused.body["parameters"]["retry_after"])
    later = await bot("sendMessage", chat_id=AMINA, text="x")

    assert statuses == [200] * burst
    assert (refused.status, refused.body["parameters"]) == (429, {"retry_after": 1})
    assert later.status == 200


async def test_all_chats_together_take_30_a_second(world: World, bot: Bot, clock: Clock) -> None:
    world.limits.enforce = True
    for user_id in range(1, 32):
        world.person(user_id)
        world.say(user_id, "/start")

    statuses = [(await bot("sendMessage", chat_id=n, text="x")).status for n in range(1, 32)]
    clock.advance(1)
    later = await bot("sendMessage", chat_id=31, text="x")

    assert statuses == [200] * 30 + [429]
    assert later.status == 200


async def test_a_group_takes_20_a_minute(world: World, bot: Bot, clock: Clock) -> None:
    world.limits.enforce = True
    group = world.group("Monday", [AMINA])

    statuses: list[int] = []
    for _ in range(20):
        statuses.append((await bot("sendMessage", chat_id=group, text="x")).status)
        clock.advance(1)
    refused = await bot("sendMessage", chat_id=group, text="x")

    assert statuses == [200] * 20
    assert refused.body["parameters"] == {"retry_after": 40}


async def test_answers_to_presses_are_not_limited(world: World, bot: Bot) -> None:
    world.limits.enforce = True
    message = await bot.sends("Which?", ["A"])
    queries = [world.press(AMINA, message, "a").query_id for _ in range(40)]

    answers: list[Any] = [
        (await bot("answerCallbackQuery", callback_query_id=query)).status for query in queries
    ]

    assert set(answers) == {200}
