"""The lanes in python-telegram-bot, against the simulator with its rates enforced."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio
from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.bot_api.errors import DroppedCallError, NotSentError
from bot.bot_api.rate_limiter import (
    MAX_CONNECT_TRIES,
    BulkSend,
    Droppable,
    RateLimiter,
)
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.sliding_window import MAX_DELAY
from bot.bot_api.transport import AiohttpRequest
from simulator.server import Simulator
from simulator.world import World
from tests.support.patience import STUCK

# More than Telegram permits, on both sides, so that a broadcast takes seconds and not minutes.
QUICK = 100

NO_CONNECTION = "no connection"
NEWS = "The new lesson is open."


@pytest_asyncio.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        simulator.world.limits.enforce = True
        simulator.world.limits.per_second = QUICK
        yield simulator


@pytest.fixture
def world(simulator: Simulator) -> World:
    return simulator.world


@pytest.fixture
def lanes() -> RateLimiter:
    return RateLimiter(Rates(per_second=QUICK))


@pytest_asyncio.fixture
async def bot(simulator: Simulator, lanes: RateLimiter) -> AsyncIterator[ExtBot[Lane | Droppable]]:
    bot = ExtBot(
        simulator.token,
        base_url=f"{simulator.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=lanes,
    )
    async with bot:
        yield bot


def people(world: World, count: int, first: int = 10_000) -> list[int]:
    """New people who have started the bot."""
    found = list(range(first, first + count))
    for number in found:
        world.person(number)
        world.say(number, "/start")
    world.updates.clear()
    return found


def broadcast(bot: ExtBot[Lane | Droppable], to: list[int]) -> list[Awaitable[Message]]:
    return [bot.send_message(chat, NEWS, rate_limit_args=Lane.BROADCAST) for chat in to]


def seen(world: World, to: list[int]) -> Counter[int]:
    """How often each got the news."""
    return Counter(chat for chat in to for one in world.chat(chat) if one.text == NEWS)


def refusals(world: World) -> int:
    return sum(call.status == 429 for call in world.calls)


async def tap(
    bot: ExtBot[Lane | Droppable], world: World, person: int, card: int, number: int
) -> float:
    """Press a button and have it answered and the card edited; gives the seconds it took."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    query = world.press(person, card, "next").query_id
    edit = bot.edit_message_text(f"Card {number}", chat_id=person, message_id=card)
    await asyncio.gather(bot.answer_callback_query(query), edit)
    return loop.time() - begun


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
