"""Updates that the Bot API does not describe: everybody else is served, also by the next run."""

import json
from typing import Any, cast

import orjson
import pytest

from bot.inbox.retries import MAX_TRIES
from simulator.clock import Clock
from simulator.server import Simulator
from storage.inbox import ReceivedUpdate, receive_update
from storage.store import Store
from tests.bot.inbox.test_odd_updates import BODIES
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import NOON, connected

NOW = int(NOON * 1000)
AMINA = 1001


def sent(simulator: Simulator, body: dict[str, Any]) -> int:
    """Have an odd update wait for the bot; gives its number."""
    (kind, content), *_ = body.items()
    written = orjson.Fragment(json.dumps(content))  # orjson itself writes nothing so odd
    return simulator.world.updates.add(kind, cast("dict[str, Any]", written))


async def test_each_odd_update_is_set_aside_and_people_are_served_also_by_the_next_run(
    store_url: str,
) -> None:
    mended = ("half an emoji", "a message that is none")  # on the way: the rest is as it should be
    bodies = [body for name, body in BODIES.items() if name not in mended]
    async with Simulator(clock=Clock(NOON)) as simulator:
        odd = [sent(simulator, body) for body in bodies]
        async with connected(simulator, store_url, SMALL) as on:
            amina = Careful(on)
            await amina.says("/start")
            assert "Start" in amina.labels
            assert [one.update for one in await on.store.fetch_set_aside_updates(MAX_TRIES)] == odd

        odd += [sent(simulator, body) for body in bodies]
        async with connected(simulator, store_url, SMALL) as on:
            amina = Careful(on)
            await amina.taps("Start")
            assert amina.labels
            assert [one.update for one in await on.store.fetch_set_aside_updates(MAX_TRIES)] == odd


@pytest.mark.parametrize(
    "body", [{"chat": 7}, {"chat": {"id": AMINA, "type": "private"}, "text": "a", "date": "soon"}]
)
async def test_one_that_an_earlier_run_has_kept_is_set_aside_after_its_tries(
    store_url: str, body: dict[str, Any]
) -> None:
    owed = json.dumps({"update_id": 5, "message": {"from": {"id": AMINA}, **body}})
    store = await Store.open(store_url, NOW)
    await store.write(receive_update(ReceivedUpdate(5, AMINA, owed, NOW)))
    await store.close()

    async with (
        Simulator(clock=Clock(NOON)) as simulator,
        connected(simulator, store_url, SMALL) as on,
    ):
        amina = Careful(on)
        await amina.says("/start")

        assert "Start" in amina.labels
        assert [one.update for one in await on.store.fetch_set_aside_updates(MAX_TRIES)] == [5]
