"""getUpdates: order, confirmation, waiting, conflicts and lifetimes."""

import asyncio

import pytest

from simulator.clock import Clock
from simulator.world import World
from tests.simulator.conftest import AMINA, Answer, Bot


async def a_waiting_poll(bot: Bot, world: World) -> asyncio.Task[Answer]:
    """A poll that has reached the simulator and found nothing."""
    connected = asyncio.Event()
    stop = world.listen(lambda event: connected.set() if event.kind == "bot" else None)
    poll = asyncio.create_task(bot("getUpdates", timeout=50))
    await connected.wait()
    stop()
    return poll


async def test_updates_stay_until_an_offset_confirms_them(world: World, bot: Bot) -> None:
    sent = [world.say(AMINA, text).update_id for text in ("one", "two", "three")]

    first = (await bot("getUpdates")).result
    again = (await bot("getUpdates", offset=sent[1], limit=1)).result
    rest = (await bot("getUpdates", offset=sent[2])).result
    none = (await bot("getUpdates", offset=sent[2] + 1)).result

    assert [update["update_id"] for update in first] == sent
    assert sent == list(range(sent[0], sent[0] + 3))
    assert [update["message"]["text"] for update in again] == ["two"]
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert none == []
    assert world.pending() == []


async def test_a_negative_offset_keeps_the_newest_only(world: World, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        world.say(AMINA, text)

    updates = (await bot("getUpdates", offset=-2)).result

    assert [update["message"]["text"] for update in updates] == ["two", "three"]
    assert len(world.pending()) == 2


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (1, 1), (100, 100), (1000, 100)])
async def test_the_limit_is_1_to_100(world: World, bot: Bot, limit: int, count: int) -> None:
    for number in range(120):
        world.say(AMINA, str(number))

    assert len((await bot("getUpdates", limit=limit)).result) == count


async def test_a_poll_waits_for_what_comes(world: World, bot: Bot) -> None:
    poll = await a_waiting_poll(bot, world)

    said = world.say(AMINA, "at last")

    assert [update["update_id"] for update in (await poll).result] == [said.update_id]


async def test_a_newer_poll_ends_the_older_one(world: World, bot: Bot) -> None:
    older = await a_waiting_poll(bot, world)

    newer = asyncio.create_task(bot("getUpdates", timeout=50))
    ended = await older
    world.say(AMINA, "hello")

    assert ended.status == 409
    assert ended.description == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len((await newer).result) == 1


async def test_a_bot_that_dies_while_it_waits_loses_nothing(world: World, bot: Bot) -> None:
    poll = await a_waiting_poll(bot, world)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)

    said = world.say(AMINA, "are you there")

    assert [update["update_id"] for update in (await bot("getUpdates")).result] == [said.update_id]


async def test_a_webhook_and_polls_exclude_each_other(world: World, bot: Bot) -> None:
    waiting = await a_waiting_poll(bot, world)

    await bot("setWebhook", url="https://example.org/hook")
    refused = await bot("getUpdates")
    await bot("deleteWebhook")

    assert (await waiting).description == "Conflict: terminated by setWebhook request"
    assert refused.status == 409
    assert refused.description == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await bot("getUpdates")).result == []


async def test_a_press_waits_150_seconds_and_a_message_a_day(
    world: World, bot: Bot, clock: Clock
) -> None:
    message = await bot.sends("Which?", ["A"])
    world.press(AMINA, message, "a")
    world.say(AMINA, "hello")

    clock.advance(149)
    both = (await bot("getUpdates")).result
    clock.advance(1)
    one = (await bot("getUpdates")).result
    clock.advance(86_400 - 150)
    none = (await bot("getUpdates")).result

    assert [len(both), len(one), len(none)] == [2, 1, 0]
    assert "message" in one[0]


async def test_only_allowed_updates_come_and_the_choice_is_remembered(
    world: World, bot: Bot
) -> None:
    message = await bot.sends("Which?", ["A"])
    await bot("getUpdates", allowed_updates=["callback_query"])

    unwanted = world.say(AMINA, "hello")
    await bot("getUpdates")
    world.press(AMINA, message, "a")
    (update,) = (await bot("getUpdates")).result

    assert unwanted.update_id == 0
    assert "callback_query" in update


async def test_update_ids_do_not_begin_at_the_same_place_twice(clock: Clock) -> None:
    first, second = (World(clock, 123456).updates.add("message", {}) for _ in range(2))

    assert first != second
    assert World(clock, 123456, first_update_id=7).updates.add("message", {}) == 7
