"""Calls that wait, are refused, or cannot be made, and what their callers are told."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.bot_api.errors import NotSentError
from bot.bot_api.rate_limiter import (
    MAX_CONNECT_TRIES,
    Droppable,
    RateLimiter,
)
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from simulator.world import World
from tests.bot.bot_api.limited import (
    NEWS,
    NO_CONNECTION,
    broadcast,
    people,
    refusals,
    seen,
)
from tests.support.patience import STUCK


async def test_calls_without_a_chat_pass_a_pause(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 4)
    world.faults.add("sendMessage", "retry_after", times=3, seconds=30)
    waiting = asyncio.ensure_future(asyncio.gather(*broadcast(bot, learners)))
    while lanes.rate_limit_hits < 3:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.001)

    me = await bot.get_me()
    commands = await bot.set_my_commands([("start", "Begin")])

    assert me.is_bot
    assert commands is True
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert not any(lanes.waiting_counts.values())


async def test_a_pause_of_hours_is_told_to_the_caller(
    bot: ExtBot[Lane | Droppable], world: World
) -> None:
    (chat,) = people(world, 1)
    world.faults.add("sendMessage", "retry_after", seconds=10_072)

    with pytest.raises(RetryAfter):
        await bot.send_message(chat, "Hello")
    with pytest.raises(RetryAfter):
        await bot.send_message(chat, "Hello")

    assert refusals(world) == 1  # the second was not even tried


async def test_a_pause_of_hours_is_told_to_those_who_stand_in_line_already(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    chat, other = people(world, 2)
    card = (await bot.send_message(chat, "Card")).message_id
    burst = Rates().burst
    world.faults.add("sendMessage", "retry_after", times=burst, seconds=10_072)

    async with asyncio.timeout(STUCK):
        results = await asyncio.gather(
            *(bot.send_message(chat, str(number)) for number in range(burst + 4)),
            *broadcast(bot, [chat, chat]),
            *(
                bot.edit_message_text(str(number), chat_id=chat, message_id=card)
                for number in range(burst + 2)
            ),
            return_exceptions=True,
        )

    told = [one for one in results if isinstance(one, RetryAfter)]
    assert len(told) >= 4 + 2 + 2
    assert not any(lanes.waiting_counts.values())
    world.faults.clear()
    await bot.send_message(other, "Others are served.")


async def test_a_429_of_a_call_without_a_chat_is_counted_and_told_to_the_caller(
    bot: ExtBot[Lane | Droppable], world: World, lanes: RateLimiter
) -> None:
    (chat,) = people(world, 1)
    world.faults.add("answerCallbackQuery", "retry_after", seconds=30)

    with pytest.raises(RetryAfter):
        await bot.answer_callback_query("1")
    await bot.send_message(chat, "Nobody else waits for it.")

    assert lanes.rate_limit_hits == refusals(world) == 1


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("drop_after", NetworkError),
        ("html_502", NetworkError),
        ("truncated", NetworkError),
        ("foreign", TelegramError),
    ],
)
async def test_what_may_have_been_sent_is_not_sent_again(
    bot: ExtBot[Lane | Droppable], world: World, kind: str, error: type[Exception]
) -> None:
    (chat,) = people(world, 1)
    world.faults.add("sendMessage", kind)

    with pytest.raises(error):
        await bot.send_message(chat, NEWS)

    assert seen(world, [chat])[chat] <= 1
    assert [c.method.lower() for c in world.calls].count("sendmessage") == 1


@pytest.mark.parametrize("error", [BadRequest("no"), TimedOut(), NetworkError("cut")], ids=repr)
async def test_other_errors_go_to_the_caller_at_once(error: Exception) -> None:
    calls = 0

    async def fails(*_: Any, **__: Any) -> bool:
        nonlocal calls
        calls += 1
        raise error

    with pytest.raises(type(error)):
        await RateLimiter().process_request(fails, (), {}, "sendMessage", {"chat_id": 1}, None)

    assert calls == 1


async def test_a_message_without_a_connection_is_tried_again() -> None:
    lanes = RateLimiter()
    tries = 0

    async def works_at_last(*_: Any, **__: Any) -> bool:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise NotSentError(NO_CONNECTION)
        return True

    sent = await lanes.process_request(works_at_last, (), {}, "sendMessage", {"chat_id": 1}, None)

    assert sent is True
    assert lanes.statistics[Lane.ANSWER].connect_failures == 2


async def test_without_any_connection_the_caller_is_told() -> None:
    lanes = RateLimiter()
    tries = 0

    async def fails(*_: Any, **__: Any) -> bool:
        nonlocal tries
        tries += 1
        raise NotSentError(NO_CONNECTION)

    with pytest.raises(NotSentError):
        await lanes.process_request(fails, (), {}, "sendMessage", {"chat_id": 1}, None)

    assert tries == MAX_CONNECT_TRIES


async def test_those_who_wait_at_the_end_are_told_that_nothing_was_sent() -> None:
    lanes = RateLimiter()
    sent: list[int] = []

    async def send(number: int) -> bool:
        sent.append(number)
        return True

    waiting = [
        asyncio.ensure_future(
            lanes.process_request(send, (n,), {}, "sendMessage", {"chat_id": n}, Lane.BROADCAST)
        )
        for n in range(1, 100)
    ]
    await asyncio.sleep(0)

    await lanes.shutdown()

    results = await asyncio.gather(*waiting, return_exceptions=True)
    failed = [one for one in results if isinstance(one, NotSentError)]
    assert len(failed) == 99 - len(sent) > 90


async def test_lanes_can_be_used_again_after_a_shutdown(simulator: Simulator) -> None:
    lanes = RateLimiter()
    (chat,) = people(simulator.world, 1)
    for _ in range(2):
        bot = ExtBot(
            simulator.token,
            base_url=f"{simulator.url}/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
            rate_limiter=lanes,
        )
        async with bot:
            await bot.send_message(chat, NEWS)

    assert seen(simulator.world, [chat]) == Counter({chat: 2})
