"""The tick end to end: learners stay away, the clock moves, reminders come; or they do not."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.actions.learner_state import Services
from bot.callback_data import Snooze, pack
from bot.i18n import Translators
from bot.jobs.reminders import ReminderSender
from course.reminders.experiment import ExperimentArm
from course.reminders.preferences import Preferences
from course.reminders.rhythm import ReminderKind, Rhythm
from storage import learners
from storage.outbox import REMINDER
from storage.store import Store
from tests.conversations.people import Careful
from tests.conversations.reminding.steps import (
    ALL_HELD,
    ALL_SENT,
    AMINA,
    DAY,
    HOUR,
    MINUTE,
    arrived,
    local,
    passes,
)
from tests.course.examples import SMALL
from tests.support.running import Stage, staged


async def test_a_reminder_comes_after_three_days_with_where_to_go_on(
    on: Stage, amina: Careful
) -> None:
    heard = amina.heard
    await passes(on, 2.5 * DAY, HOUR)
    assert amina.heard == heard

    while amina.heard == heard:
        await passes(on, 5 * MINUTE)

    assert "10:00" <= local(on).split()[-1] <= "10:15"
    assert "Module 1, lesson 1 of 2" in amina.sees
    await amina.taps_forward()
    assert "Card" in amina.sees


async def test_the_question_in_a_reminder_is_answered_by_one_tap(on: Stage, amina: Careful) -> None:
    await amina.goes_to_question()

    await passes(on, 3 * DAY, 4 * HOUR)
    assert amina.has_question
    await amina.answers()

    assert amina.sees.startswith("You chose ")
    (figures,) = await on.store.fetch_reminder_counts()
    assert (
        figures.due,
        figures.sent,
        figures.returned_in_day,
        figures.returned_in_three_days,
    ) == (1, 1, 1, 1)
    assert await on.store.fetch_reminder_counts(recount=True) == (figures,)


@pytest.mark.journey
async def test_three_reminders_then_silence_until_the_learner_comes_back(
    on: Stage, amina: Careful
) -> None:
    heard = amina.heard

    await passes(on, 60 * DAY, 4 * HOUR)
    assert amina.heard == heard + 3
    texts = [message.text for message in amina.messages if message.from_bot][-3:]
    assert len(set(texts)) == 3

    await amina.taps_forward()
    heard = amina.heard
    await passes(on, 5 * DAY, 4 * HOUR)
    assert amina.heard == heard + 1


@pytest.mark.parametrize("asks", ["/why", "/reminders"])
async def test_whoever_asks_is_here_and_what_is_said_to_come_comes(
    on: Stage, amina: Careful, asks: str
) -> None:
    await passes(on, 40 * DAY, 4 * HOUR)

    await amina.says(asks)
    said = amina.sees
    assert "for 3 days by then" in said
    assert "None will come" not in said
    heard = amina.heard
    await passes(on, 2.5 * DAY, HOUR)
    assert amina.heard == heard
    await passes(on, 1 * DAY, HOUR)

    last = await on.store.fetch_last_reminder(AMINA)
    assert last is not None
    assert amina.heard == heard + 1
    day = datetime.fromtimestamp(last.due.at / 1000, UTC)
    assert f"Next: {day:%A} {day.day} {day:%B}, 10:0" in said


async def test_why_counts_the_days_from_when_they_were_last_here(on: Stage, amina: Careful) -> None:
    await passes(on, 2 * DAY, HOUR)
    await amina.says("/help")
    await passes(on, 4 * DAY, 4 * HOUR)

    await amina.says("/why")

    assert "because you had not been here for 3 days" in amina.sees


async def test_who_has_finished_is_left_in_peace(on: Stage, amina: Careful) -> None:
    while "Done" not in str(amina.labels) and "finished" not in amina.sees.lower():
        await amina.goes_on()
        if not amina.has_question and not any("Next" in x or "Continue" in x for x in amina.labels):
            break
    heard = amina.heard

    await passes(on, 60 * DAY, 4 * HOUR)

    assert amina.heard == heard
    assert (
        await on.store.fetch_due_learners(now=int(on.simulator.world.clock.now() * 1000), limit=9)
        == ()
    )


@pytest.mark.journey
async def test_a_snoozed_learner_hears_at_the_time_they_chose(on: Stage, amina: Careful) -> None:
    until = on.simulator.world.clock.now() + 20 * HOUR  # Tuesday 11:00 there
    await amina.presses(amina.newest.id, pack(Snooze("tomorrow")))
    heard = amina.heard

    while amina.heard == heard and on.simulator.world.clock.now() < until + 2 * DAY:
        await passes(on, 5 * MINUTE)

    assert amina.heard == heard + 1
    last = await on.store.fetch_last_reminder(AMINA)
    assert last is not None
    assert last.due.kind is ReminderKind.SNOOZED
    assert (await on.store.fetch_history(AMINA)).learner.preferences.snoozed_until is None  # type: ignore[union-attr]


async def test_without_a_zone_what_was_put_off_by_hours_comes_then(
    on: Stage, amina: Careful
) -> None:
    await on.store.write(
        learners.save_preferences(AMINA, Preferences(rest_days=frozenset(range(6))), 1)
    )
    await amina.presses(amina.newest.id, pack(Snooze("hours")))
    heard = amina.heard
    await passes(on, 3.9 * HOUR)
    assert amina.heard == heard

    await passes(on, 0.5 * HOUR)

    assert amina.heard == heard + 1


async def test_what_is_held_out_is_counted_and_not_sent(store_url: str) -> None:
    async with staged(store_url, ALL_HELD) as on:
        amina = await arrived(on)
        heard = amina.heard

        await passes(on, 4 * DAY, 4 * HOUR)

        assert amina.heard == heard
        await amina.taps_forward()
        (figures,) = await on.store.fetch_reminder_counts()
        assert (figures.arm, figures.due, figures.sent) == (ExperimentArm.HOLD, 1, 0)
        assert (figures.returned_in_day, figures.returned_in_three_days) == (0, 1)


async def test_a_question_left_open_is_asked_again_after_two_hours_where_a_course_wants_that(
    store_url: str,
) -> None:
    after_two_hours = Rhythm(hold_out_percent=0, open_question_hours=2)
    async with staged(store_url, replace(SMALL, rhythm=after_two_hours)) as on:
        amina = await arrived(on)
        await amina.goes_to_question()
        heard = amina.heard
        await passes(on, 1.9 * HOUR)
        assert amina.heard == heard

        await passes(on, 0.5 * HOUR)

        assert amina.heard == heard + 1
        assert amina.has_question
        last = await on.store.fetch_last_reminder(AMINA)
        assert last is not None
        assert last.due.kind is ReminderKind.OPEN_QUESTION
        await amina.answers()
        assert amina.sees.startswith("You chose ")


async def test_a_question_left_open_is_left_in_peace_otherwise(on: Stage, amina: Careful) -> None:
    await amina.goes_to_question()
    heard = amina.heard

    await passes(on, 2 * DAY, HOUR)

    assert amina.heard == heard


async def test_an_older_reminders_buttons_still_do_the_right_thing(
    on: Stage, amina: Careful
) -> None:
    await amina.goes_to_question()
    await passes(on, 4 * DAY, 4 * HOUR)
    older = amina.newest
    await passes(on, 8 * DAY, 4 * HOUR)
    assert amina.newest.id != older.id
    assert [len(older.buttons), len(amina.newest.buttons)] == [1, 2], (
        "letters stand under the newest"
    )

    newer, answer, (later, why) = amina.newest, amina.newest.buttons[0][0], older.buttons[0]
    await amina.presses(older.id, why["callback_data"])
    assert "because you had not been here for 10 days" in amina.sees
    await amina.presses(older.id, answer["callback_data"])
    assert next(one for one in amina.messages if one.id == older.id).text.startswith("You chose ")
    facts = len((await on.store.fetch_history(AMINA)).progress.attempts)
    assert facts == 1

    await amina.presses(newer.id, answer["callback_data"])
    assert amina.toast == "Your answer is in. Press Next to go on."
    assert len((await on.store.fetch_history(AMINA)).progress.attempts) == facts
    await amina.presses(older.id, later["callback_data"])
    assert "When shall I write?" in str([one.text for one in amina.messages])


async def test_the_same_words_never_come_twice_running(on: Stage, amina: Careful) -> None:
    openings = []
    for _ in range(5):
        await passes(on, 4 * DAY, 4 * HOUR)
        openings.append(amina.sees.splitlines()[0].split(":")[0])
        await amina.says("/help")

    assert all(one != following for one, following in pairwise(openings))
    assert len(set(openings)) > 1


@pytest.mark.journey
async def test_two_processes_that_tick_at_the_same_time_take_a_due_reminder_once(
    on: Stage, amina: Careful, store_url: str
) -> None:
    on.simulator.world.clock.advance(4 * DAY + 20 * HOUR)

    def now() -> int:
        return round(on.simulator.world.clock.now() * 1000)

    other = await Store.open(store_url, now())
    nudging = ReminderSender(Services(ALL_SENT, other), Translators.load(), now)
    heard = amina.heard
    await asyncio.gather(on.tutor.scheduler.jobs["reminders"](), nudging.tick(), nudging.tick())
    await other.close()

    assert await on.store.count_deliveries() == ((REMINDER, "queued", 1),)
    assert [one.due for one in await on.store.fetch_reminder_counts()] == [1]
    await on.ticks()
    assert amina.heard == heard + 1


async def test_no_tick_is_lost_when_the_process_slept_and_several_late_ones_run_once(
    on: Stage,
) -> None:
    (tick,) = on.tutor.scheduler.ticks.get_jobs()

    assert tick.misfire_grace_time is None
    assert (tick.coalesce, tick.max_instances) == (True, 1)
    assert tick.trigger.interval.total_seconds() == MINUTE


async def test_two_ticks_at_once_take_a_due_reminder_once(on: Stage, amina: Careful) -> None:
    heard = amina.heard
    on.simulator.world.clock.advance(4 * DAY + 20 * HOUR)  # Saturday, 11:00

    for _ in range(3):
        await on.tutor.scheduler.jobs["reminders"]()
        await on.ticks()

    assert amina.heard == heard + 1
