"""Fetching updates: none is confirmed before it is kept, and troubles end where they should."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bot_api import polling
from bot.bot_api.polling import OtherInstanceError, Poller, PollWaits, RefusedTokenError
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from storage.errors import UnavailableError
from tests.support.patience import STUCK

AMINA = 1001

UPDATE = {"update_id": 5, "message": {"text": "hello"}}

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


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connections=4) as transport:
        yield transport


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


async def test_another_instance_is_borne_for_a_while_and_then_given_way_to(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    telegram.world.faults.add(
        "getUpdates", "status", times=1000, code=409, description="Conflict: terminated by other"
    )

    with pytest.raises(OtherInstanceError, match="Stop it, then start this one again"):
        await poller(telegram, request_, conflict_limit=0.02).run(Kept().receive)


async def test_another_instance_is_given_way_to_while_people_write(
    telegram: Simulator, request_: AiohttpRequest
) -> None:

    class Shared(Kept):
        async def receive(self, raws: Iterable[Mapping[str, Any]]) -> None:
            await super().receive(raws)
            telegram.world.faults.add(
                "getUpdates", "status", code=409, description="Conflict: terminated by other"
            )
            telegram.world.say(AMINA, "and somebody goes on writing")

    telegram.world.say(AMINA, "hello")
    shared = Shared()

    with pytest.raises(OtherInstanceError):
        async with asyncio.timeout(STUCK):
            await poller(telegram, request_, conflict_limit=0.2).run(shared.receive)

    assert len(shared.updates) > 2, "polls were answered in between"


async def test_conflicts_that_lie_far_apart_are_borne(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    polls = asyncio.create_task(poller(telegram, request_, conflict_limit=0.05).run(kept.receive))

    for count in range(1, 5):
        telegram.world.faults.add(
            "getUpdates", "status", code=409, description="Conflict: terminated by other"
        )
        telegram.world.say(AMINA, "hello")
        await kept.reaches(count)
        await asyncio.sleep(0.1)

    assert not polls.done()
    await stopped(polls)


async def test_a_short_conflict_is_forgotten(telegram: Simulator, request_: AiohttpRequest) -> None:
    kept = Kept()
    telegram.world.faults.add(
        "getUpdates", "status", times=3, code=409, description="Conflict: terminated by other"
    )
    said = telegram.world.say(AMINA, "hello")
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(1)

    await stopped(polls)
    assert kept.updates == [said.update_id]


async def test_it_asks_for_the_kinds_it_needs(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))
    telegram.world.say(AMINA, "hello")
    await kept.reaches(1)
    await stopped(polls)

    assert telegram.world.updates.allowed == ["callback_query", "message"]


def hanging(*, drips: bool) -> web.Application:
    """A Telegram whose first poll does not end, and whose second one brings an update."""
    polls = itertools.count()

    async def tell(request: web.Request) -> web.StreamResponse:
        if next(polls):
            return web.json_response({"ok": True, "result": [UPDATE]})
        answer = web.StreamResponse()
        await answer.prepare(request)
        while drips:
            await answer.write(b" ")
            await asyncio.sleep(0.02)
        await asyncio.Event().wait()
        return answer

    application = web.Application()
    application.router.add_post("/bot1:A/getUpdates", tell)
    return application


@pytest.mark.parametrize(
    ("drips", "noticed"),
    [(False, "poll_failed"), (True, "poll_hung")],
    ids=["no byte comes", "bytes drip in"],
)
async def test_a_poll_that_hangs_is_noticed_and_followed_by_another(
    request_: AiohttpRequest,
    caplog: pytest.LogCaptureFixture,
    drips: bool,
    noticed: str,
) -> None:
    usual, waits = PollWaits(), PollWaits(read_timeout=0.3, time_limit=0.9)
    assert polling.LONG_POLL_SECONDS < usual.read_timeout < usual.time_limit
    kept = Kept()

    async with TestServer(hanging(drips=drips), handler_cancellation=True) as server:
        base = str(server.make_url("/bot1:A"))
        polls = asyncio.create_task(Poller(request_, base, ("message",), waits).run(kept.receive))
        try:
            await kept.reaches(1)
        finally:
            await stopped(polls)

    assert set(kept.updates) == {UPDATE["update_id"]}
    actions = [getattr(one, "action", None) for one in caplog.records]
    assert [action for action in actions if action is not None] == [noticed]


async def test_what_has_no_usable_number_is_left_out_and_moves_nothing(
    telegram: Simulator, request_: AiohttpRequest
) -> None:
    kept = Kept()
    sent = telegram.world.say(AMINA, "hello").update_id
    numbers = (True, -sent, 2**52, 2**63, 1e30, str(sent), None)
    odd = [{"update_id": number, "message": {"text": "odd"}} for number in numbers]
    good = {"update_id": sent, "message": {"text": "hello"}}
    body = orjson.dumps({"ok": True, "result": [*odd, good, *odd]}).decode()
    telegram.world.faults.add("getUpdates", "foreign", code=200, body=body)
    polls = asyncio.create_task(poller(telegram, request_).run(kept.receive))

    await kept.reaches(1)
    later = telegram.world.say(AMINA, "one more").update_id
    await kept.reaches(2)

    assert kept.updates == [sent, later]
    await stopped(polls)
