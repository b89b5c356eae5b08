"""A limited bot on a simulated Telegram, and what it sends."""

import asyncio
from collections import Counter
from collections.abc import Awaitable

from telegram import Message
from telegram.ext import ExtBot

from bot.bot_api.rate_limiter import (
    Droppable,
)
from bot.bot_api.rate_limits import Lane
from simulator.world import World

# More than Telegram permits, on both sides, so that a broadcast takes seconds and not minutes.
QUICK = 100


NO_CONNECTION = "no connection"


NEWS = "The new lesson is open."


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
