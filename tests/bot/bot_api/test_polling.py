"""Fetching updates: none is confirmed before it is kept, and troubles end where they should."""

import asyncio
from typing import Any

import orjson
import pytest

from bot.bot_api.polling import RefusedTokenError
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from tests.bot.bot_api.polled import AMINA, Kept, poller, stopped

# What a proxy or the page of a hotel's network may say, with its status: JSON, but no updates.
FOREIGN = [
    (200, "{}"),
    (200, "null"),
    (200, "[]"),
    (200, '"welcome"'),
    (200, '{"ok":true}'),
    (200, '{"ok":true,"result":true}'),
    (200, '{"ok":true,"result":{"update_id":5}}'),
    (200, '{"ok":true,"result":[5,{},{"update_id":"5"}]}'),
    (200, '{"ok":false}'),
    (200, '{"ok":false,"description":"log in first"}'),
    (401, "<html>"),
    (404, "{}"),
    (409, "null"),
    (502, "null"),
    (502, "[]"),
    (502, '{"ok":false,"description":5}'),
]


async def test_updates_come_in_order_and_are_confirmed(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    sent = [telegram.world.say(AMINA, f"text {number}").update_id for number in range(250)]
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(250)
    later = telegram.world.say(AMINA, "one more").update_id
    await kept.reaches(251)

    assert kept.updates == [*sent, later]
    assert later not in sent
    await stopped(polls)
    assert all(one.id == later for one in telegram.world.pending())


async def test_what_could_not_be_kept_is_not_confirmed_and_comes_again(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    kept.unavailable = 2
    sent = telegram.world.say(AMINA, "hello").update_id
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(1)

    assert kept.updates == [sent]
    assert kept.unavailable == 0
    await stopped(polls)


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("html_502", {}),
        ("truncated", {}),
        ("drop_before", {}),
        ("drop_after", {}),
        ("status", {"code": 500, "description": "Internal Server Error"}),
        ("retry_after", {"seconds": 0}),
        *(("foreign", {"code": code, "body": body}) for code, body in FOREIGN),
    ],
    ids=str,
)
async def test_troubles_of_the_network_are_got_over(
    telegram: Simulator, request_: AiohttpRequest, kind: str, detail: dict[str, Any]
) -> None:
    kept = Kept()
    telegram.world.faults.add("getUpdates", kind, times=2, **detail)
    sent = telegram.world.say(AMINA, "hello").update_id
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(1)

    assert set(kept.updates) == {sent}
    assert len(telegram.world.faults) == 0
    await stopped(polls)


@pytest.mark.parametrize(
    ("odd", "text"),
    [
        ('5,{"message":{}}', "hello"),
        ("null", "an \\ud83d\\ude00"),
        ("[]", "half an \\ud83d"),
        ("{}", "not half a \\\\ud83d"),
    ],
    ids=["no objects", "a whole emoji", "half an emoji", "what looks like half an emoji"],
)
async def test_what_is_odd_in_a_poll_blocks_nobody(
    telegram: Simulator, request_: AiohttpRequest, odd: str, text: str
) -> None:
    kept = Kept()
    update = f'{{"update_id":5,"message":{{"text":"{text}"}}}}'
    body = f'{{"ok":true,"result":[{odd},{update}]}}'
    telegram.world.faults.add("getUpdates", "foreign", body=body)
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(1)

    await stopped(polls)
    meant = orjson.loads(f'"{text}"') if "half an" not in text else "half an ?"
    assert (kept.updates, kept.texts) == ([5], [meant])


async def test_a_number_of_too_many_digits_in_a_poll_blocks_nobody(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    odd = f'{{"update_id":4,"message":{{"text":{5000 * "9"}}}}}'
    good = '{"update_id":5,"message":{"text":"hello"}}'
    body = f'{{"ok":true,"result":[{odd},{good}]}}'
    telegram.world.faults.add("getUpdates", "foreign", body=body)
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(2)

    await stopped(polls)
    assert kept.updates == [4, 5]
    assert kept.texts[1] == "hello"


@pytest.mark.parametrize("token", ["999999:WRONG-TOKEN-0000000000000000000000000", "nonsense"])
async def test_a_token_that_telegram_does_not_know_ends_it_with_a_sentence(
    telegram: Simulator, request_: AiohttpRequest, token: str
) -> None:
    with pytest.raises(RefusedTokenError, match="Copy it again from BotFather") as refused:
        await poller(telegram, request_, token).run(Kept().receive)

    assert token not in str(refused.value)


async def test_it_asks_for_the_kinds_it_needs(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))
    telegram.world.say(AMINA, "hello")
    await kept.reaches(1)
    await stopped(polls)

    assert telegram.world.updates.allowed == ["callback_query", "message"]
