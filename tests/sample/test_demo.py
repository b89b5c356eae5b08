"""The demo as somebody meets it: time that is moved on the page brings what is due, by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import chat_page
from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.leading import AMINA, FARID
from tests.conversations.people import Careful
from tests.support.running import NOON, Stage, connected, real_course

HOUR, DAY = 3600, 24 * 3600
GROUP = -100_001


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot as the demo joins it to the page; nobody but the page says that time has passed."""
    async with Simulator(clock=Clock(NOON)) as simulator:
        chat_page.prepare_people(simulator.world, empty=False)
        course = chat_page.remind_everybody(real_course())
        url = f"sqlite:///{tmp_path / 'demo.db'}"
        async with connected(simulator, url, course) as stage:
            chat_page.connect_time(simulator.world, stage.tutor)
            yield stage


@pytest.fixture
async def amina(demo: Stage) -> Careful:
    """Amina at the first card."""
    amina = Careful(demo)
    await amina.says("/start")
    await amina.taps("Start")
    return amina


async def moves(demo: Stage, **how: Any) -> tuple[int, dict[str, Any]]:
    """Press a button of the page that moves the clock; returns the answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{demo.simulator.url}/control/clock", json=how) as response,
    ):
        return response.status, await response.json()


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize("days", [4, 7])
async def test_days_that_pass_bring_the_reminder_at_its_time(demo: Stage, days: int) -> None:
    clock, before = demo.simulator.world.clock, len(demo.simulator.world.chat(AMINA))
    began = clock.now()

    await moves(demo, advance=days * DAY)

    came = demo.simulator.world.chat(AMINA)[before:]
    assert [message.from_bot for message in came] == [True]
    assert 2 * DAY < came[0].date - began < 4 * DAY
    assert clock.now() == began + days * DAY


@pytest.mark.usefixtures("amina")
async def test_a_jump_ends_where_the_next_reminder_has_come(demo: Stage) -> None:
    before = len(demo.simulator.world.chat(AMINA))

    status, _answer = await moves(demo, until_message=AMINA)

    *_, newest = demo.simulator.world.chat(AMINA)
    assert status == 200
    assert len(demo.simulator.world.chat(AMINA)) == before + 1
    assert newest.date == demo.simulator.world.today()


async def test_a_jump_for_whom_nothing_comes_says_so(demo: Stage) -> None:
    status, answer = await moves(demo, until_message=AMINA)

    assert status == 400
    assert answer["error"] == "A month has passed, and the bot has written nothing here."


async def test_two_moves_at_once_come_one_after_the_other(demo: Stage) -> None:
    await asyncio.gather(moves(demo, advance=HOUR), moves(demo, advance=2 * HOUR))

    assert demo.simulator.world.clock.now() == NOON + 3 * HOUR


async def test_farid_and_amina_share_a_group_where_the_bot_answers(demo: Stage) -> None:
    world = demo.simulator.world

    world.say(FARID, "/bind", GROUP)
    await demo.settled()

    assert world.groups[GROUP].members == {AMINA, FARID}
    assert world.chat(GROUP)[-1].from_bot


@pytest.mark.parametrize("empty", [False, True])
def test_each_of_the_three_has_something_to_try(empty: bool) -> None:
    world = Simulator().world

    chat_page.prepare_people(world, empty=empty)

    assert all(person.tip for person in world.personas())
