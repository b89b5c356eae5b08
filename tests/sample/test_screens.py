"""What Farid and Ada of the chat page see of the small world."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.demo.sample_people import plan_learners
from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.leading import ADA, FARID
from tests.conversations.people import Careful
from tests.sample.conftest import NOW
from tests.support.running import NOON, Stage, connected, real_course


@pytest.fixture
async def peopled_stage(peopled_url: str) -> AsyncIterator[Stage]:
    async with Simulator(clock=Clock(NOON)) as simulator:
        for plan in plan_learners(NOW):
            simulator.world.unplayed(plan.learner, plan.name, blocked=False)
        async with connected(simulator, peopled_url, real_course()) as stage:
            yield stage


async def test_farid_sees_his_cohorts_and_ada_all(peopled_stage: Stage) -> None:
    farid, ada = Careful(peopled_stage, FARID), Careful(peopled_stage, ADA)

    await farid.says("/cohorts")
    await ada.says("/cohorts")

    everything = "\n".join((ada.sees, *ada.labels))
    his = "\n".join((farid.sees, *farid.labels))
    assert all(name in everything for name in ("District", "Probation", "Health"))
    assert "District" in his
    assert "Health" not in his


async def test_ada_sees_what_reminders_did(peopled_stage: Stage) -> None:
    ada = Careful(peopled_stage, ADA)

    await ada.says("/nudges")

    assert re.search(r"^Sent: \d{3}\. Held out: \d{2}\.$", ada.sees, re.MULTILINE)


async def test_farid_sees_what_became_of_his_broadcasts(peopled_stage: Stage) -> None:
    farid = Careful(peopled_stage, FARID)

    await farid.says("/deliveries")

    fates = [line.rpartition(" · ")[2] for line in farid.sees.splitlines() if " · " in line]
    assert fates == ["planned", "sent", "sent"]

    await farid.taps("1")

    assert "At 09:00 of each person's own day." in farid.sees
    assert "people in all" not in farid.sees


async def test_somebody_waits_for_farids_answer(peopled_stage: Stage) -> None:
    farid = Careful(peopled_stage, FARID)

    await farid.says("/radar District courts")

    assert any("question" in label.casefold() for label in (farid.sees, *farid.labels))


async def test_a_simulated_learner_gets_reminders_and_is_not_on_the_page(
    peopled_stage: Stage,
) -> None:
    world = peopled_stage.simulator.world
    world.clock.advance(2 * 24 * 3600)

    await peopled_stage.ticks()

    learners = {plan.learner for plan in plan_learners(NOW)}
    sent = [
        call
        for call in world.calls
        if call.method.lower() == "sendmessage" and call.params["chat_id"] in learners
    ]
    assert 3 <= len(sent) <= 80
    assert {call.status for call in sent} == {200}
    assert [person.first_name for person in world.personas()] == ["Amina", "Farid", "Ada"]
