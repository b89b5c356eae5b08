"""The weekly report: on Monday at the hour that was wished, once, to who may have it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.actions.learner_changes import save_preferences
from bot.actions.learner_state import Interaction, Services, load_learner
from bot.actions.weekly_reports import fetch_due_reports
from bot.chart_renderer import ChartRenderer
from course.model import LearnerId
from course.reminders.preferences import Preferences
from simulator.clock import Clock
from simulator.messages import Message
from simulator.server import Simulator
from storage import learners, outbox, roles, weekly_reports
from storage.outbox import RECOUNT
from storage.roles import Role
from storage.store import Store
from tests.conftest import Copy
from tests.conversations.audit import audit, first_line_tells
from tests.conversations.leading import ADA, FARID, person
from tests.conversations.people import Careful
from tests.statistics.world import COHORTS, WIDE, live, prepare
from tests.support.patience import until
from tests.support.running import NOON, Stage, connected

HOUR, DAY = 3_600.0, 24 * 3_600.0
MONDAY_NINE = NOON + 7 * DAY - 3 * HOUR
"""NOON is a Monday."""


async def ninety_have_learned(url: str) -> None:
    store = await Store.open(url, now=0)
    await prepare(store)
    await live(store, 90)
    await store.write(
        *(learners.schedule_reminder_check(LearnerId(10_000 + n), None) for n in range(90))
    )
    await store.close()


@pytest.fixture
async def world(store_copy: Copy) -> AsyncIterator[tuple[Simulator, str]]:
    """Telegram, and a database in which ninety people have learned; at the end all is looked at."""
    url = await store_copy(ninety_have_learned)
    async with Simulator(clock=Clock(NOON)) as simulator:
        yield simulator, url
        audit(simulator.world)


REALLY_DRAW = ChartRenderer.render


async def draw_nothing(*_: object) -> None:
    """Instead of a real picture, which takes a second of processor."""


@pytest.fixture
async def stage(
    world: tuple[Simulator, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    monkeypatch.setattr(ChartRenderer, "render", draw_nothing)
    async with connected(*world, WIDE) as running:
        yield running


def waits_until(stage: Stage, moment: float) -> None:
    clock = stage.simulator.world.clock
    clock.advance(moment - clock.now())


def reports(one: Careful) -> list[Message]:
    return [message for message in one.messages if message.text.startswith("Your weekly report")]


async def wishes(stage: Stage, number: int, hour: int = 9) -> Careful:
    """Somebody who turns the report on."""
    one = person(stage, number)
    await one.says("/stats")
    await one.presses(one.newest.id, f"g:weekly-set:0:7.{hour * 60}")
    assert "Now: on Mondays at" in one.sees
    return one


async def test_it_comes_on_monday_at_the_hour_and_only_then(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChartRenderer, "render", REALLY_DRAW)
    ada = await wishes(stage, ADA)
    await stage.ticks()
    waits_until(stage, MONDAY_NINE - 1)
    await stage.ticks()
    assert reports(ada) == []

    waits_until(stage, MONDAY_NINE)
    await stage.ticks()
    await stage.ticks()

    (came,) = reports(ada)
    assert came.kind == "photo"
    assert not first_line_tells(came.html or "")
    assert len(came.text.splitlines()) <= 16
    assert "\nEverybody · Last 7 days\n\nEnrolled: " in came.text
    stops = "\nIn the last 90 days: "
    assert f"{stops}Most people stop" in came.text or f"{stops}Nowhere do many" in came.text
    assert came.text.endswith("All figures: /stats. There you can also turn this report off.")

    waits_until(stage, MONDAY_NINE + 7 * DAY)
    await stage.ticks()
    assert len(reports(ada)) == 2


async def test_reports_of_mistakes_that_wait_are_told_to_admins(stage: Stage) -> None:
    ada, amina = await wishes(stage, ADA), person(stage, 1001)
    await amina.says("/start")
    await amina.says("/report The year is wrong.")

    waits_until(stage, MONDAY_NINE)
    await stage.ticks()

    (came,) = reports(ada)
    assert "\n1 report of a mistake waits: /reports\n" in came.text


@pytest.mark.journey
async def test_it_comes_once_whatever_restarts_and_late_if_it_must(
    world: tuple[Simulator, str],
) -> None:
    async with connected(*world, WIDE) as first:
        ada = await wishes(first, ADA)

    world[0].world.clock.advance(8 * DAY)  # Tuesday a week later
    for _ in range(2):
        async with connected(*world, WIDE) as again:
            await again.ticks()

    assert len(reports(Careful(again, ADA))) == 1
    assert ada.id == ADA


async def test_another_hour_on_the_same_monday_brings_no_second_one(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    screen = ada.newest.id
    waits_until(stage, MONDAY_NINE)
    await stage.ticks()

    await ada.presses(screen, "g:weekly-set:0:7.1080")
    waits_until(stage, MONDAY_NINE + 10 * HOUR)
    await stage.ticks()

    assert len(reports(ada)) == 1


async def test_it_goes_by_the_clock_and_the_plain_text_of_who_reads_it(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    services, turn = (
        Services(WIDE, stage.store),
        Interaction(LearnerId(ADA), "en", 1, int(NOON * 1000)),
    )
    here = await load_learner(services, turn)
    await save_preferences(services, here, Preferences(zone="Asia/Tokyo"))
    await stage.store.write(learners.set_plain(LearnerId(ADA), True))

    waits_until(stage, MONDAY_NINE - 9 * HOUR)
    await stage.ticks()

    (came,) = reports(ada)
    assert came.kind == "text"


async def test_a_facilitator_hears_of_their_cohort_or_of_all_their_cohorts(stage: Stage) -> None:
    for cohort in COHORTS[:1]:
        await stage.store.write(roles.add_facilitator(LearnerId(FARID), cohort, 1))
    farid = await wishes(stage, FARID)
    waits_until(stage, MONDAY_NINE)
    await stage.ticks()
    assert "\nCohort 11 · Last 7 days\n\nEnrolled: " in reports(farid)[-1].text

    await stage.store.write(roles.add_facilitator(LearnerId(FARID), COHORTS[1], 1))
    waits_until(stage, MONDAY_NINE + 7 * DAY)
    await stage.ticks()

    told = reports(farid)[-1].text
    assert "Cohort 11: " in told
    assert "Cohort 12: " in told
    assert "Everybody" not in told
    assert "Cohort 13" not in told


async def test_who_leads_nothing_any_more_hears_nothing_any_more(stage: Stage) -> None:
    await stage.store.write(roles.add_role(LearnerId(FARID), Role.FACILITATOR, ADA, 1))
    await stage.store.write(roles.add_facilitator(LearnerId(FARID), COHORTS[0], 1))
    farid = await wishes(stage, FARID)
    await stage.store.write(*roles.erase_person(LearnerId(FARID)))

    waits_until(stage, MONDAY_NINE)
    await stage.ticks()

    assert reports(farid) == []
    assert await weekly_reports.fetch_subscription(stage.store, FARID) is None


async def test_who_has_no_cohort_is_asked_again_next_week_and_holds_up_nobody(
    stage: Stage,
) -> None:
    for number in range(21):
        person = LearnerId(3_000 + number)
        await stage.store.write(
            roles.add_role(person, Role.FACILITATOR, ADA, 1),
            weekly_reports.save_subscription(person, 540, 1),
        )
    ada = await wishes(stage, ADA)
    waits_until(stage, MONDAY_NINE)

    await stage.ticks()

    assert len(reports(ada)) == 1
    now = int(stage.simulator.world.clock.now() * 1000)
    assert await fetch_due_reports(Services(WIDE, stage.store), now) == ()
    next_week = await fetch_due_reports(Services(WIDE, stage.store), now + int(7 * DAY * 1000))
    assert {3_000 + number for number in range(21)} <= {one.person for one in next_week}


async def test_other_messages_go_out_while_a_picture_is_drawn(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, may_end = asyncio.Event(), asyncio.Event()

    async def render(*_: object) -> None:
        drawing.set()
        await may_end.wait()

    ada = await wishes(stage, ADA)
    monkeypatch.setattr(ChartRenderer, "render", render)
    waits_until(stage, MONDAY_NINE)

    await stage.tutor.scheduler.tick()
    await drawing.wait()
    await stage.store.write(outbox.queue_notice(ADA, RECOUNT, "1:5", 1))
    await stage.tutor.scheduler.tick()
    await until(lambda: any("5 figures were wrong" in one.text for one in ada.messages))
    assert reports(ada) == []
    may_end.set()
    await stage.sent()

    assert len(reports(ada)) == 1


async def test_who_turned_it_off_or_stopped_all_messages_hears_nothing(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    await ada.says("/stop")
    waits_until(stage, MONDAY_NINE)
    await stage.ticks()
    assert reports(ada) == []

    await ada.says("/start")
    await ada.says("/stats")
    await ada.presses(ada.newest.id, "g:weekly-set:0:7.off")
    waits_until(stage, MONDAY_NINE + 7 * DAY)
    await stage.ticks()
    assert reports(ada) == []


async def test_it_is_tried_again_when_it_surely_was_not_sent(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    await ada.says("/start")
    await stage.store.write(learners.set_plain(LearnerId(ADA), True))
    faults = stage.simulator.world.faults
    faults.add("sendMessage", "retry_after", seconds=1)
    waits_until(stage, MONDAY_NINE)
    await stage.ticks()
    assert reports(ada) == []

    faults.clear()
    stage.simulator.world.clock.advance(60)
    await stage.ticks()

    assert len(reports(ada)) == 1


async def test_it_is_not_sent_again_when_it_may_have_arrived(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    await ada.says("/start")
    await stage.store.write(learners.set_plain(LearnerId(ADA), True))
    stage.simulator.world.faults.add("sendMessage", "drop_after")
    waits_until(stage, MONDAY_NINE)
    await stage.ticks()
    stage.simulator.world.clock.advance(60)
    await stage.ticks()

    assert len(reports(ada)) == 1


async def test_who_has_blocked_the_bot_is_left_alone(stage: Stage) -> None:
    ada = await wishes(stage, ADA)
    stage.simulator.world.block(ADA)
    await stage.settled()
    waits_until(stage, MONDAY_NINE)
    calls = len(stage.simulator.world.calls)
    await stage.ticks()
    await stage.ticks()

    sent = [call.method for call in list(stage.simulator.world.calls)[calls:]]
    assert sum(method in ("sendMessage", "sendPhoto") for method in sent) <= 1
    assert reports(ada) == []
