"""Who is out of reach, wants none, or looked at something: when reminders come, or do not."""

import pytest

from bot.callback_data import SetPreference, pack
from course.reminders.rhythm import ReminderKind
from simulator.clock import Clock
from simulator.server import Simulator
from storage import learners
from storage.outbox import REMINDER, DeliveryState
from tests.conversations.people import Careful
from tests.conversations.reminding.steps import ALL_SENT, AMINA, DAY, HOUR, arrived, passes
from tests.support.running import NOON, Stage, connected


async def test_looking_at_something_counts_as_being_there(on: Stage, amina: Careful) -> None:
    await passes(on, 2 * DAY, HOUR)
    await amina.says("/progress")
    heard = amina.heard

    await passes(on, 2 * DAY, HOUR)
    assert amina.heard == heard

    await passes(on, 1 * DAY, HOUR)
    assert amina.heard == heard + 1


async def test_looking_after_a_reminder_begins_the_count_anew(on: Stage, amina: Careful) -> None:
    await passes(on, 3 * DAY, 4 * HOUR)
    await amina.says("/progress")
    heard = amina.heard

    await passes(on, 3.5 * DAY, 4 * HOUR)

    assert amina.heard == heard + 1  # the second of those that counted before was to come later
    last = await on.store.fetch_last_reminder(AMINA)
    assert last is not None
    assert last.due.kind is ReminderKind.FIRST


async def test_who_looks_after_the_last_reminder_is_reminded_again(
    on: Stage, amina: Careful
) -> None:
    await passes(on, 40 * DAY, 4 * HOUR)
    await amina.says("/help")
    heard = amina.heard

    await passes(on, 4 * DAY, 4 * HOUR)

    assert amina.heard == heard + 1


async def test_nothing_comes_after_stop_and_something_after_start_again(
    on: Stage, amina: Careful
) -> None:
    await amina.says("/stop")
    heard = amina.heard
    await passes(on, 40 * DAY, 4 * HOUR)
    assert amina.heard == heard

    await amina.says("/start")
    heard = amina.heard
    await passes(on, 4 * DAY, 4 * HOUR)

    assert amina.heard == heard + 1


async def test_who_blocked_the_bot_is_not_written_to_and_is_when_they_are_back(
    on: Stage, amina: Careful
) -> None:
    on.simulator.world.block(amina.id)
    await on.settled()
    heard = amina.heard
    await passes(on, 20 * DAY, 4 * HOUR)
    assert amina.heard == heard

    on.simulator.world.unblock(amina.id)
    await on.settled()
    await passes(on, 4 * DAY, 4 * HOUR)

    assert amina.heard == heard + 1


async def test_a_block_that_nobody_told_of_is_noted_and_counted(on: Stage, amina: Careful) -> None:
    on.simulator.world.deactivate(amina.id)

    await passes(on, 4 * DAY, 4 * HOUR)

    kept = (await on.store.fetch_history(AMINA)).learner
    last = await on.store.fetch_last_reminder(AMINA)
    assert kept is not None
    assert kept.unreachable
    assert last is not None
    assert (last.state, last.reason) == (DeliveryState.FAILED, "Forbidden: user is deactivated")
    (figures,) = await on.store.fetch_reminder_counts()
    assert (figures.due, figures.sent, figures.blocked) == (1, 0, 0)


@pytest.mark.parametrize("says", ["/help", "/progress", "hello there"])
async def test_whoever_writes_can_be_written_to_whatever_was_noted_before(
    on: Stage, amina: Careful, says: str
) -> None:
    now = round(on.simulator.world.clock.now() * 1000)
    await on.store.write(learners.set_unreachable(AMINA, now))
    on.simulator.world.clock.advance(HOUR)

    await amina.says(says)

    kept = (await on.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert not kept.unreachable
    heard = amina.heard
    await passes(on, 4 * DAY, 4 * HOUR)
    assert amina.heard == heard + 1


async def test_an_answer_that_cannot_be_sent_is_no_sign_of_being_reachable(
    on: Stage, amina: Careful
) -> None:
    on.simulator.world.clock.advance(HOUR)
    on.simulator.world.faults.add(
        "sendMessage", "status", code=403, description="Forbidden: bot was blocked by the user"
    )

    on.simulator.world.say(amina.id, "/help")
    await on.settled()

    kept = (await on.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert kept.unreachable


async def test_who_was_out_of_reach_and_sets_something_is_looked_at_again(
    on: Stage, amina: Careful
) -> None:
    await on.store.write(learners.set_unreachable(AMINA, 1))

    await amina.presses(amina.newest.id, pack(SetPreference("pace", "gentle")))

    kept = (await on.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert not kept.unreachable
    assert kept.next_reminder_check_at is not None


async def test_who_says_stop_while_no_process_is_there_gets_nothing_from_the_next(
    store_url: str,
) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        async with connected(simulator, store_url, ALL_SENT) as on:
            amina = await arrived(on)
            simulator.world.clock.advance(4 * DAY + 20 * HOUR)  # Saturday, 11:00
            await on.tutor.scheduler.jobs["reminders"]()  # it dies before it sends
            assert (
                await on.store.count_queued(REMINDER, round(simulator.world.clock.now() * 1000))
                == 1
            )

        simulator.world.say(amina.id, "/stop")
        simulator.world.faults.add("getUpdates", "delay", seconds=0.5)
        heard = amina.heard
        async with connected(simulator, store_url, ALL_SENT) as on:
            await on.settled()
            assert amina.heard == heard + 1  # the answer to /stop
            await on.ticks()

            assert amina.heard == heard + 1
