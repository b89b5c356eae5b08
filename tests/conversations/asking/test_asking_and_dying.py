"""A question is passed on though the bot dies before the facilitator is told, and only once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from course.model import LearnerId
from storage import roles
from tests.conversations.leading import AMINA, facilitates, invites, joins, makes_cohort, sends
from tests.conversations.people import Careful
from tests.conversations.test_restarts import Restarting, restarting
from tests.course.examples import SMALL

TOLD = "A question for you\n\n"


@dataclass(slots=True)
class Owed:
    """Amina has asked Farid's cohort, Telegram had no time for what tells him, the bot died."""

    bot: Restarting
    amina: Careful
    farid: Careful
    cohort: int

    async def is_back(self) -> None:
        """The bot starts again."""
        self.amina.stage = self.farid.stage = await self.bot.restart()
        await self.farid.stage.settled()

    async def a_minute_later(self) -> None:
        """The bot looks what is due when Telegram has time again."""
        self.bot.simulator.world.clock.advance(61)
        await self.farid.stage.ticks()

    @property
    def told(self) -> list[str]:
        """What tells Farid of a question."""
        return [one.text for one in self.farid.messages if one.text.startswith(TOLD)]


@pytest.fixture
async def owed(store_url: str) -> AsyncIterator[Owed]:
    async with restarting(store_url, SMALL) as bot:
        farid = await facilitates(await bot.start())
        for line in ("Nairobi, March; city Nairobi", "Lima; city Lima"):
            cohort = await makes_cohort(farid, line)
            amina = await joins(farid.stage, AMINA, await invites(farid, cohort))
        await amina.says("/askfacilitator Where is the pump?")
        place, world = amina.button("Lima"), bot.simulator.world
        world.faults.add("sendMessage", "retry_after", seconds=60)
        world.press(amina.id, *place)
        while world.faults or not amina.sees.startswith("I have passed it on"):  # noqa: ASYNC110 - two parties, no common event
            await asyncio.sleep(0.001)
        await bot.stop()
        yield Owed(bot, amina, farid, cohort)


async def test_the_facilitator_is_told_when_the_bot_is_back(owed: Owed) -> None:
    await owed.is_back()
    assert owed.told == []

    await owed.a_minute_later()

    (told,) = owed.told
    assert "(Lima) asks:\n\nWhere is the pump?" in told
    assert owed.farid.labels == ["Answer"]


async def test_nobody_is_told_again_by_an_update_that_comes_again(owed: Owed) -> None:
    await owed.is_back()
    await owed.a_minute_later()

    await owed.farid.stage.tutor.inbox.receive(owed.bot.arrived)
    await owed.is_back()
    await owed.a_minute_later()

    assert len(owed.told) == 1


async def test_who_has_answered_meanwhile_is_not_told(owed: Owed) -> None:
    await owed.is_back()
    await owed.farid.says("/radar")
    await owed.farid.presses(owed.farid.newest.id, f"q:list:{owed.cohort}:")
    await owed.farid.taps("Answer 1")
    await owed.farid.says("Behind the house.")
    await sends(owed.farid)
    assert "Behind the house." in owed.amina.sees

    await owed.a_minute_later()

    assert owed.told == []


async def test_who_facilitates_no_more_is_not_told(owed: Owed) -> None:
    await owed.is_back()
    person = LearnerId(owed.farid.id)
    await owed.farid.stage.store.write(roles.delete_facilitator(person, owed.cohort))

    await owed.a_minute_later()

    assert owed.told == []
