"""Lets time pass: an hour at a time, and after each hour the bot does what has become due.

A jump over days without that would skip what the bot sends at certain hours only.
"""

from simulator.errors import DrivingError
from simulator.world import World

HOUR = 3600.0
# Longer than any pause between two reminders of the sample course (20 days) and a snooze after it.
_LONGEST_SEARCH_HOURS = 31 * 24


async def pass_time(world: World, seconds: float) -> None:
    """Move the clock forward by `seconds`.

    Raises:
        DrivingError: `seconds` is negative.
    """
    if seconds < 0:
        reason = "The clock goes forward only: advance is a number of seconds, not negative."
        raise DrivingError(reason)
    await _work(world)
    while seconds > 0:
        step = min(HOUR, seconds)
        world.clock.advance(step)
        seconds -= step
        await _work(world)


async def pass_time_until_message(world: World, chat_id: int) -> None:
    """Move the clock forward until the bot has written in a chat.

    Raises:
        DrivingError: it writes nothing within a month, or it runs by itself, so that nobody can
            wait for it.
    """
    if world.work is None:
        reason = "The bot runs by itself here. Move the time, and wait for its next minute."
        raise DrivingError(reason)
    await world.work()
    before = _newest_of_bot(world, chat_id)
    for _ in range(_LONGEST_SEARCH_HOURS):
        world.clock.advance(HOUR)
        await world.work()
        if _newest_of_bot(world, chat_id) > before:
            return
    reason = "A month has passed, and the bot has written nothing here."
    raise DrivingError(reason)


async def _work(world: World) -> None:
    if world.work is not None:
        await world.work()


def _newest_of_bot(world: World, chat_id: int) -> int:
    return max((one.id for one in world.history(chat_id).values() if one.from_bot), default=0)
