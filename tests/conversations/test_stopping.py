"""Told to stop while Telegram holds something up, the bot stops in time and loses nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.bot_api import transport
from bot.waits import Waits
from course import local_time
from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.leading import BARAKA, FARID, facilitates, makes_cohort, person, silent
from tests.conversations.people import DAY, HOUR, Careful
from tests.course.examples import SMALL
from tests.support.patience import until
from tests.support.running import NOON, Stage, connected

# Seconds that the tests give for stopping; those that a trouble lasts; and those after which it is
# plain that the stop waits for the trouble's end.
LIMIT, TROUBLED, STUCK = 1.5, 40, 20

WAITS = Waits(stop=LIMIT)

TROUBLES = {"429": ("retry_after", {"seconds": TROUBLED}), "silence": ("hang", {})}


@dataclass
class House:
    """A Telegram and a database that stay, and a bot in them that is stopped."""

    simulator: Simulator
    url: str
    stage: Stage = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def opens(self) -> None:
        on = await self._running.enter_async_context(
            connected(self.simulator, self.url, SMALL, WAITS)
        )
        self.stage = on

    async def stops(self) -> None:
        """Stop the bot, while the trouble goes on."""
        async with asyncio.timeout(STUCK):
            await self._running.aclose()

    async def is_held(self, trouble: str) -> None:
        """The bot ticks by itself, as in life, and its next message meets with trouble."""
        kind, detail = TROUBLES[trouble]
        self.simulator.world.faults.add("sendMessage", kind, **detail)
        (tick,) = self.stage.tutor.scheduler.ticks.get_jobs()
        tick.modify(next_run_time=tick.next_run_time - timedelta(minutes=1))
        self.stage.tutor.scheduler.ticks.resume()
        await until(lambda: not len(self.simulator.world.faults))
        await until(lambda: trouble != "429" or self.stage.tutor.rate_limiter.rate_limit_hits > 0)


@pytest.fixture
async def house(store_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(transport, "READ_TIMEOUT", TROUBLED)
    async with Simulator(clock=Clock(NOON)) as simulator:
        one = House(simulator, store_url)
        await one.opens()
        yield one
        await one.stops()


async def a_digest_is_due(stage: Stage) -> Careful:
    farid = await facilitates(stage)
    await silent(stage, farid, await makes_cohort(farid, "Nairobi, March; city Nairobi"))
    await stage.ticks()
    await goes_on_to_nine(stage, farid)
    return farid


async def goes_on_to_nine(stage: Stage, farid: Careful) -> None:
    """Go on to nine in the morning of the next day in Nairobi, from one in the afternoon there."""
    farid.waits(DAY - 5.5 * HOUR)
    await stage.sent()


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_tick_that_is_held_up_does_not_hold_up_the_stop(house: House, trouble: str) -> None:
    farid = await a_digest_is_due(house.stage)
    await house.is_held(trouble)

    await house.stops()

    assert not farid.sees.startswith("Your daily summary")
    await house.opens()
    farid.stage = house.stage
    farid.waits(DAY)
    await house.stage.ticks()
    assert farid.sees.startswith("Your daily summary"), "the next one tells what it would have told"


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_beside_it_taps_in_hand_are_answered_and_the_rest_stays(
    house: House, trouble: str
) -> None:
    await a_digest_is_due(house.stage)
    baraka = Careful(house.stage, BARAKA)
    house.simulator.world.person(BARAKA, "Baraka")
    await baraka.says("/start")
    start = baraka.button("Start")
    await house.is_held(trouble)
    house.simulator.world.faults.add("sendMessage", "delay", seconds=0.2)
    first = house.simulator.world.press(BARAKA, *start)
    house.simulator.world.say(BARAKA, "/help")
    await until(lambda: house.stage.tutor.inbox.pending.count == 2)

    await house.stops()

    assert house.simulator.world.query(first.query_id).answered
    assert "Card 1 of 2" in baraka.sees
    await house.opens()
    assert house.stage.tutor.pending_updates == 1
    await house.stage.settled()
    assert "Card 1 of 2" not in baraka.sees


async def test_a_summary_that_waits_for_its_chat_comes_after_the_start(house: House) -> None:
    farid = await facilitates(house.stage)
    await makes_cohort(farid, "Nairobi; zone Nairobi")
    person(house.stage, BARAKA)
    group = house.simulator.world.group("Friends", [FARID, BARAKA])
    await house.stage.settled()
    house.simulator.world.say(FARID, "/bind", group)
    await house.stage.settled()
    monday = local_time.to_utc("Africa/Nairobi", datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - local
    farid.waits(monday / 1000 - house.simulator.world.clock.now())
    await house.is_held("429")

    await house.stops()

    await house.opens()
    house.simulator.world.clock.advance(60)
    await house.stage.ticks()
    said = [one.text for one in house.simulator.world.chat(group) if one.from_bot]
    assert sum(text.startswith("Your weekly summary") for text in said) == 1
