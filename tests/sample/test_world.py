"""The demo's small world: made by the rules, in all states, the same every time."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions.learner_state import Services
from bot.demo import sample_world
from bot.demo.sample_cohorts import SAMPLE_COHORTS, LearnerStatus
from bot.demo.sample_people import DAY, FIRST_LEARNER_ID, LearnerPlan, plan_learners
from bot.i18n import Translators
from course.cohorts import learner_status
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.model import LearnerId
from storage import (
    broadcasts,
    cohorts,
    memberships,
    notes,
    recipients,
    support_requests,
)
from storage.broadcasts import BroadcastState
from storage.facts import History
from storage.outbox import DeliveryState as Sent
from storage.recounts import recount_counters
from storage.store import Store
from tests.sample.conftest import NOW
from tests.support.running import real_course

COURSE = real_course()

_OVER = {Sent.SENT, Sent.FAILED, Sent.SKIPPED, Sent.CANCELLED}


@pytest.fixture
async def peopled(peopled_url: str) -> AsyncIterator[Store]:
    store = await Store.open(peopled_url, NOW)
    yield store
    await store.close()


def test_a_hundred_and_twenty_people_are_planned_with_names_that_say_what_they_are() -> None:
    plans = plan_learners(NOW)

    assert (
        len(plans) == len({plan.name for plan in plans}) == len({p.learner for p in plans}) == 120
    )
    assert all(plan.name.startswith("Sim ") for plan in plans)
    assert {plan.status for plan in plans} == set(LearnerStatus)
    assert all(
        s.starts_at < NOW and plan.joins_at < s.starts_at for plan in plans for s in plan.sessions
    )


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_nobody_is_planned_into_the_future_at_any_hour_of_the_day(hour: int) -> None:
    now = NOW + hour * DAY // 24

    for plan in plan_learners(now):
        moments = [plan.joins_at, *(one.starts_at for one in plan.sessions), plan.leaves_at or 0]
        assert max(moments) < now


async def test_everybody_has_become_what_was_planned(peopled: Store) -> None:
    became: dict[LearnerStatus, Counter[bool]] = {fate: Counter() for fate in LearnerStatus}
    for plan in plan_learners(NOW):
        became[plan.status][_has_become(plan, await peopled.fetch_history(plan.learner))] += 1

    assert {fate: count[False] for fate, count in became.items() if count[False]} == {}


def _has_become(plan: LearnerPlan, history: History) -> bool:
    progress, learner = history.progress, history.learner
    assert learner is not None
    match plan.status:
        case LearnerStatus.FINISHED:
            return has_finished_course(COURSE, progress)
        case LearnerStatus.NOT_STARTED:
            return not learner_status.has_started(progress)
        case LearnerStatus.STUCK:
            return learner_status.is_stuck(COURSE, progress)
        case LearnerStatus.SILENT:
            return learner_status.is_silent(COURSE, progress, _newest(progress), NOW)
        case LearnerStatus.BEHIND:
            return learner_status.is_behind(
                COURSE,
                progress,
                plan.joins_at,
                NOW + SAMPLE_COHORTS[plan.cohort_index or 0].ends_in_days * DAY,
                NOW,
            )
        case LearnerStatus.STOPPED:
            return learner.stopped
        case LearnerStatus.BLOCKED:
            return learner.unreachable
        case LearnerStatus.UNDER_WAY:
            return learner_status.has_started(progress) and not has_finished_course(
                COURSE, progress
            )


def _newest(progress: Progress) -> int:
    attempt = progress.newest_attempt()
    return max(*progress.read.values(), attempt.at if attempt else 0)


async def test_the_counters_say_what_the_facts_do(peopled: Store) -> None:
    assert (await recount_counters(peopled, NOW)).is_correct


async def test_farid_leads_two_cohorts_and_not_the_third(peopled: Store) -> None:
    his = await cohorts.fetch_facilitated_cohorts(peopled, sample_world.FACILITATOR)
    every = await cohorts.fetch_facilitated_cohorts(peopled, sample_world.ADMIN, all_cohorts=True)

    assert [one.name for one in every if one not in his] == ["Health partners"]
    assert {one.name: one.members for one in his} == {
        "District courts": 44,
        "Probation service": 36,
    }
    shown = [m.display_name for c in every for m in await memberships.fetch_members(peopled, c.id)]
    assert len(shown) == 112
    assert all(name.startswith("Sim ") for name in shown)


async def test_reminders_were_made_sent_and_answered_and_few_are_due_now(peopled: Store) -> None:
    figures = await peopled.fetch_reminder_counts()

    assert sum(one.sent for one in figures) > 100
    assert sum(one.returned_in_three_days for one in figures) > 20
    assert {one.arm.value for one in figures} == {"send", "hold"}
    assert sum(one.due for one in await peopled.fetch_reminder_counts(recount=True)) == sum(
        one.due for one in figures
    )
    assert len(await peopled.fetch_due_learners(NOW - 1, 1000)) == 0
    assert len(await peopled.fetch_due_learners(NOW + 3_600_000, 1000)) <= 40


async def test_each_led_cohort_has_had_a_broadcast_and_everybody_of_it_a_fate(
    peopled: Store,
) -> None:
    until = NOW + 2 * DAY
    known = sorted(
        await broadcasts.fetch_broadcasts(peopled, until, 10), key=lambda one: one.made_at
    )
    fates = [
        Counter(t.state for t in await recipients.count_broadcast_deliveries(peopled, one))
        for one in known
    ]

    assert [one.state for one in known] == [BroadcastState.DONE] * 3 + [BroadcastState.SCHEDULED]
    assert len({one.audience.cohorts for one in known[:3]}) == 3
    assert {state for one in fates[:3] for state in one} <= _OVER
    assert fates[1][Sent.FAILED] == 1, "somebody blocked the bot, and it showed then"
    assert all(one[Sent.SENT] for one in fates[:3])
    chosen = await broadcasts.count_rsvps(peopled, known[2].id)
    assert set(chosen) == {0, 1, 2}
    assert sum(chosen.values()) >= 8


async def test_one_question_waits_and_one_was_answered(peopled: Store) -> None:
    (cohort,) = [
        one.id
        for one in await cohorts.fetch_facilitated_cohorts(peopled, sample_world.FACILITATOR)
        if one.name == "District courts"
    ]
    (waits,) = await support_requests.fetch_waiting_requests(peopled, cohort, 0, 10)

    assert waits.text.startswith("We have no treatment service")
    assert await notes.fetch_notes_to_report(peopled) == ()
    assert NOW - DAY < waits.at < NOW


async def test_the_same_people_live_the_same_lives(tmp_path: Path) -> None:
    some = list(range(0, 120, 8))

    first, second = [await _lived(tmp_path / name, some) for name in ("one.db", "two.db")]

    assert first == second
    assert sum(len(history.progress.updates) for history in first) > 200


async def _lived(file: Path, some: list[int]) -> list[History]:
    store = await Store.open(f"sqlite:///{file}", NOW)
    services = Services(COURSE, store, frozenset({sample_world.ADMIN}))
    plans = plan_learners(NOW)
    await sample_world.create_sample_world(
        services, Translators.load(), NOW, [plans[number] for number in some]
    )
    lived = [await store.fetch_history(LearnerId(FIRST_LEARNER_ID + number)) for number in some]
    await store.close()
    return lived
