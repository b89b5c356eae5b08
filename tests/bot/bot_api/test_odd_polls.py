"""Polls that conflict, hang, or bring what is no update."""

import asyncio
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bot_api import polling
from bot.bot_api.polling import OtherInstanceError, Poller, PollWaits
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from tests.bot.bot_api.polled import AMINA, UPDATE, Kept, poller, stopped
from tests.support.patience import STUCK


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
