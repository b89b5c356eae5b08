"""The lanes in python-telegram-bot, against the simulator with its rates enforced."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from telegram.error import Forbidden
from telegram.ext import ExtBot

from bot.bot_api.errors import DroppedCallError
from bot.bot_api.rate_limiter import (
    BulkSend,
    Droppable,
    RateLimiter,
)
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.sliding_window import MAX_DELAY
from simulator.world import World
from tests.bot.bot_api.limited import (
    broadcast,
    people,
    refusals,
    seen,
    tap,
)


async def test_600_messages_go_out_while_people_tap(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 600)
    tapping = people(world, 10, first=1_000_000)
    cards = [(await bot.send_message(one, "Card")).message_id for one in tapping]
    took: list[float] = []

    async def keep_tapping(until: asyncio.Task[Any]) -> None:
        number = 0
        while not until.done():
            who = number % len(tapping)
            took.append(await tap(bot, world, tapping[who], cards[who], number))
            number += 1
            await asyncio.wait({until}, timeout=0.15)

    sending = asyncio.ensure_future(asyncio.gather(*broadcast(bot, learners)))
    await asyncio.gather(sending, keep_tapping(asyncio.ensure_future(sending)))

    assert seen(world, learners) == Counter(learners)
    assert refusals(world) == lanes.rate_limit_hits == 0
    assert max(took) < lanes.statistics[Lane.BROADCAST].longest_wait / 2, (
        "answers do not wait for it"
    )
    assert lanes.statistics[Lane.BROADCAST].released == 600
    assert lanes.statistics[Lane.BROADCAST].longest_wait > 4
    assert not any(lanes.waiting_counts.values())


async def test_a_refused_message_comes_again_and_the_others_go_on(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 60)
    world.faults.add("sendMessage", "retry_after", seconds=1)

    await asyncio.gather(*broadcast(bot, learners))

    assert seen(world, learners) == Counter(learners)
    assert (
        lanes.rate_limit_hits
        == lanes.statistics[Lane.BROADCAST].rate_limit_hits
        == refusals(world)
        == 1
    )
    statuses = [call.status for call in world.calls if call.method.lower() == "sendmessage"]
    assert statuses == [429] + 60 * [200]
    assert lanes.margin > 0.004


async def test_several_refused_chats_pause_all_and_nothing_is_lost(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 60)
    world.faults.add("sendMessage", "retry_after", times=5, seconds=1)

    await asyncio.gather(*broadcast(bot, learners))

    assert seen(world, learners) == Counter(learners)
    assert 3 <= lanes.rate_limit_hits == refusals(world)
    refused = [call.at for call in world.calls if call.status == 429]
    taken = [c.at for c in world.calls if c.status == 200 and c.method.lower() == "sendmessage"]
    assert not any(refused[2] + 0.3 < at < refused[0] + 1 for at in taken)


async def test_somebody_who_blocked_the_bot_disturbs_nobody(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 30)
    world.block(learners[7])

    results = await asyncio.gather(*broadcast(bot, learners), return_exceptions=True)

    failed = [one for one in results if isinstance(one, BaseException)]
    assert [type(one) for one in failed] == [Forbidden]
    assert isinstance(results[7], Forbidden)
    assert seen(world, learners) == Counter(learners[:7] + learners[8:])
    assert lanes.rate_limit_hits == 0


async def test_an_answer_overtakes_a_broadcast(bot: ExtBot[Lane | Droppable], world: World) -> None:
    learners = people(world, 50)
    (asking,) = people(world, 1, first=1_000_000)
    sending = asyncio.ensure_future(asyncio.gather(*broadcast(bot, learners)))

    await bot.send_message(asking, "Here you are.")

    assert seen(world, learners).total() < 25
    await sending


async def test_one_chat_takes_a_burst_and_then_waits(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    (chat,) = people(world, 1)
    burst = Rates().burst

    async with asyncio.TaskGroup() as group:
        for number in range(burst + 1):
            group.create_task(bot.send_message(chat, str(number)))

    texts = [one.text for one in world.chat(chat) if one.from_bot]
    assert texts == [str(number) for number in range(burst + 1)]
    assert lanes.statistics[Lane.ANSWER].longest_wait > 0.5
    assert refusals(world) == 0


async def test_a_spare_call_is_made_only_when_there_is_room(
    bot: ExtBot[Lane | Droppable], world: World
) -> None:
    (chat,) = people(world, 1)
    card = (await bot.send_message(chat, "Card")).message_id

    tidied = 0
    for number in range(Rates().burst):
        try:
            await bot.edit_message_text(
                f"Card {number}", chat_id=chat, message_id=card, rate_limit_args=Droppable.CALL
            )
            tidied += 1
        except DroppedCallError:
            break

    assert tidied == Rates().burst - 1  # the last place is left for what people wait for


async def test_a_spare_call_is_left_out_while_others_wait(
    bot: ExtBot[Lane | Droppable], world: World
) -> None:
    learners = people(world, 20)
    sending = asyncio.ensure_future(asyncio.gather(*broadcast(bot, learners)))
    await asyncio.sleep(0)

    with pytest.raises(DroppedCallError):
        await bot.send_chat_action(learners[0], "typing", rate_limit_args=Droppable.CALL)

    await sending


async def test_senders_who_are_held_up_at_their_turn_do_not_all_go_at_once() -> None:
    lanes, loop = RateLimiter(Rates(per_second=10)), asyncio.get_running_loop()
    stored = asyncio.Event()
    times: list[float] = []

    async def begin() -> None:
        await stored.wait()

    async def sends(*_: Any, **__: Any) -> bool:
        times.append(loop.time())
        return True

    bulk = BulkSend(Lane.BROADCAST, begin)
    chats = range(1, 31)
    calls = [
        lanes.process_request(sends, (), {}, "sendMessage", {"chat_id": chat}, bulk)
        for chat in chats
    ]
    loop.call_later(MAX_DELAY + 2.5, stored.set)
    await asyncio.gather(*calls)

    assert max(sum(at <= other < at + 1 for other in times) for at in times) <= 10


async def test_callers_who_go_away_leave_no_hole(
    bot: ExtBot[Lane | Droppable], lanes: RateLimiter, world: World
) -> None:
    learners = people(world, 40)
    gone = [asyncio.ensure_future(one) for one in broadcast(bot, learners[:30])]
    await asyncio.sleep(0)
    for one in gone[1:]:
        one.cancel()

    await asyncio.gather(*broadcast(bot, learners[30:]))

    await asyncio.gather(*gone, return_exceptions=True)
    assert seen(world, learners) == Counter([learners[0], *learners[30:]])
    assert lanes.statistics[Lane.BROADCAST].longest_wait < 0.3  # eleven places, not forty
    assert not any(lanes.waiting_counts.values())


async def test_a_caller_cancelled_in_the_moment_of_its_turn_gives_it_back() -> None:
    lanes = RateLimiter(Rates(burst=1))
    sent: list[int] = []

    async def send(number: int) -> bool:
        sent.append(number)
        return True

    async def ask(number: int) -> Any:
        data = {"chat_id": number}
        return await lanes.process_request(send, (number,), {}, "x", data, Lane.NUDGE)

    first, second, third = (asyncio.ensure_future(ask(number)) for number in (1, 2, 3))
    while lanes.statistics[Lane.NUDGE].released < 1 or lanes.waiting_counts[Lane.NUDGE] > 1:  # noqa: ASYNC110
        await asyncio.sleep(0)
    second.cancel()

    await asyncio.gather(first, third)

    assert sent == [1, 3]
    assert second.cancelled()
