"""Wishes, due reminders and what came of them, on both databases."""

import pytest

from course.model import LearnerId
from course.reminders.experiment import ExperimentArm
from course.reminders.preferences import Pace, Preferences
from course.reminders.rhythm import ReminderKind
from storage import inbox, learners, outbox, reminders
from storage.inbox import ReceivedUpdate
from storage.learners import Learner
from storage.outbox import REMINDER, DeliveryState
from storage.reminders import DueReminder, NextReminderState, ReminderCounts
from storage.store import Store
from tests.storage.conftest import NOW

AMINA, BOB = LearnerId(7_000_000_001), LearnerId(2)
HOUR, DAY = 3_600_000, 86_400_000
NEXT = NOW + 7 * DAY
AFTER = NextReminderState(used=1, deadline_used=NOW + DAY, snoozed_until=None, next_nudge_at=NEXT)
FIRST = DueReminder("5:first", ReminderKind.FIRST, 2, ExperimentArm.SEND, NOW)
HELD = DueReminder("5:first", ReminderKind.FIRST, 1, ExperimentArm.HOLD, NOW)


async def of(store: Store, learner: LearnerId = AMINA) -> Learner:
    known = (await store.fetch_history(learner)).learner
    assert known is not None
    return known


async def due(store: Store, *people: LearnerId, at: int = NOW) -> None:
    for person in people:
        await store.write(
            learners.add_learner(person, NOW - DAY, "en"),
            learners.schedule_reminder_check(person, at),
        )


async def figures(store: Store) -> ReminderCounts:
    (one,) = await store.fetch_reminder_counts()
    assert await store.fetch_reminder_counts(recount=True) == (one,)
    return one


async def sent(store: Store) -> None:
    """What lies in the outbox goes out."""
    await store.write(outbox.claim_deliveries(REMINDER, "run", NOW, 9))
    for delivery in await store.fetch_claimed_deliveries("run"):
        await store.write(*outbox.begin_delivery(delivery, "run", NOW))
        await store.write(*outbox.record_delivery_result(delivery, "run", DeliveryState.SENT))


@pytest.mark.parametrize(
    "wishes",
    [
        Preferences(),
        Preferences(
            stopped=True,
            pace=Pace.GENTLE,
            zone="America/Argentina/Buenos_Aires",
            reminder_minute=0,
            quiet_from=0,
            quiet_to=1439,
            rest_days=frozenset(range(7)),
            snoozed_until=NOW + DAY,
            paused=True,
        ),
        Preferences(
            pace=Pace.NONE, at_usual_time=True, reminder_minute=1439, rest_days=frozenset({4, 5})
        ),
    ],
    ids=["none told", "everything", "as usual"],
)
async def test_wishes_come_back_as_they_were_set(opened_store: Store, wishes: Preferences) -> None:
    await opened_store.write(
        learners.add_learner(AMINA, NOW, "en"), learners.save_preferences(AMINA, wishes, NOW)
    )

    assert (await of(opened_store)).preferences == wishes


async def test_a_newcomer_has_the_wishes_of_somebody_who_told_none(opened_store: Store) -> None:
    await opened_store.write(learners.add_learner(AMINA, NOW, None))

    assert await of(opened_store) == Learner(AMINA, NOW, None)


async def test_wishes_leave_alone_whether_somebody_can_be_reached(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(learners.set_unreachable(AMINA, NOW))

    await opened_store.write(learners.save_preferences(AMINA, Preferences(), NOW))

    assert (await of(opened_store)).unreachable


async def test_learners_are_due_in_the_order_of_lateness(opened_store: Store) -> None:
    await due(opened_store, AMINA, at=NOW - 5)
    await due(opened_store, BOB, at=NOW - 9)
    await due(opened_store, LearnerId(3), at=NOW + 1)

    assert await opened_store.fetch_due_learners(NOW, limit=9) == ((BOB, NOW - 9), (AMINA, NOW - 5))
    assert await opened_store.fetch_due_learners(NOW, limit=1) == ((BOB, NOW - 9),)


async def test_a_due_reminder_is_kept_counted_and_put_into_the_outbox(opened_store: Store) -> None:
    await due(opened_store, AMINA)

    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))

    known, last = await of(opened_store), await opened_store.fetch_last_reminder(AMINA)
    assert (
        known.reminders_used,
        known.reminded_at,
        known.deadline_used,
        known.next_reminder_check_at,
    ) == (
        1,
        NOW,
        NOW + DAY,
        NEXT,
    )
    assert last is not None
    assert last.due == FIRST
    assert await opened_store.fetch_due_reminder(AMINA, "5:first") == FIRST
    assert await opened_store.fetch_last_wording(AMINA, ReminderKind.FIRST) == 2
    assert await opened_store.fetch_last_wording(AMINA, ReminderKind.LAST) is None
    assert await opened_store.count_queued(REMINDER, NOW) == 1
    assert (await figures(opened_store)).due == 1


async def test_what_is_held_out_is_kept_and_not_sent(opened_store: Store) -> None:
    await due(opened_store, AMINA)

    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, HELD, AFTER))

    last = await opened_store.fetch_last_reminder(AMINA)
    assert last is not None
    assert (last.due.arm, last.state) == (ExperimentArm.HOLD, None)
    assert await opened_store.count_queued(REMINDER, NOW) == 0
    assert (await figures(opened_store)).due == 1


async def test_the_same_due_reminder_is_taken_once_whoever_takes_it(
    opened_store: Store, store_url: str
) -> None:
    await due(opened_store, AMINA)
    other = await Store.open(store_url, NOW)

    for store in (opened_store, other, opened_store):
        await store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))
    await other.close()

    assert (await figures(opened_store)).due == 1
    assert await opened_store.count_queued(REMINDER, NOW) == 1


async def test_nothing_is_taken_of_somebody_who_came_meanwhile(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(learners.schedule_reminder_check(AMINA, NOW + 3 * DAY))

    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))

    assert (await of(opened_store)).next_reminder_check_at == NOW + 3 * DAY
    assert await opened_store.fetch_last_reminder(AMINA) is None
    assert await opened_store.fetch_reminder_counts() == ()


async def test_a_later_due_reminder_takes_back_the_message_of_an_earlier_one(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))
    second = DueReminder("5:second", ReminderKind.SECOND, 0, ExperimentArm.SEND, NEXT)

    await opened_store.write(*reminders.take_due_reminder(AMINA, NEXT, second, AFTER))

    counted = await opened_store.count_deliveries()
    assert counted == ((REMINDER, "cancelled", 1), (REMINDER, "queued", 1))


@pytest.mark.parametrize(
    ("later", "in_day", "in_three"),
    [(0, 1, 1), (24 * HOUR, 1, 1), (24 * HOUR + 1, 0, 1), (72 * HOUR, 0, 1), (72 * HOUR + 1, 0, 0)],
)
async def test_who_goes_on_in_time_is_counted_once(
    opened_store: Store, later: int, in_day: int, in_three: int
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))

    for _ in range(2):
        await opened_store.write(*reminders.record_return(AMINA, NOW + later))

    one = await figures(opened_store)
    assert (one.returned_in_day, one.returned_in_three_days) == (in_day, in_three)


async def test_what_is_done_against_reminders_is_counted_once_and_in_time(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))
    await sent(opened_store)

    for _ in range(2):
        await opened_store.write(
            *reminders.record_negative_reaction(AMINA, NOW + HOUR, stopped=True, snoozed=True)
        )
        await opened_store.write(
            *reminders.record_negative_reaction(AMINA, NOW + 2 * HOUR, blocked=True)
        )
    await opened_store.write(
        *reminders.record_negative_reaction(AMINA, NOW + 73 * HOUR, snoozed=True)
    )

    one = await figures(opened_store)
    assert (one.stopped, one.blocked, one.snoozed) == (1, 1, 1)


async def test_what_is_done_against_one_that_never_left_is_not_its_price(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.take_due_reminder(AMINA, NOW, FIRST, AFTER))
    await opened_store.write(outbox.cancel_reminders(AMINA, "wishes"))

    await opened_store.write(*reminders.record_negative_reaction(AMINA, NOW + HOUR, stopped=True))

    one = await figures(opened_store)
    assert (one.due, one.sent, one.stopped) == (1, 0, 0)


async def test_figures_outlive_the_learner_and_say_nothing_of_them(opened_store: Store) -> None:
    await due(opened_store, AMINA, BOB)
    for person in (AMINA, BOB):
        await opened_store.write(*reminders.take_due_reminder(person, NOW, FIRST, AFTER))

    await opened_store.write(learners.delete_learner(AMINA))

    assert [one.due for one in await opened_store.fetch_reminder_counts()] == [2]
    assert [one.due for one in await opened_store.fetch_reminder_counts(recount=True)] == [1]
    assert await opened_store.fetch_last_reminder(AMINA) is None


async def test_looking_counts_when_nothing_else_is_kept_of_it(opened_store: Store) -> None:
    await due(opened_store, AMINA, at=NOW + 5 * DAY)
    for update in (1, 2):
        await opened_store.write(inbox.receive_update(ReceivedUpdate(update, AMINA, "{}", NOW)))
    await opened_store.write(inbox.mark_update_applied(2, NOW))

    await opened_store.write(learners.record_activity(AMINA, 1, NOW + 5, check_at=NOW + DAY))
    await opened_store.write(learners.record_activity(AMINA, 2, NOW + 9, check_at=NOW + 2 * DAY))

    known = await of(opened_store)
    assert (known.active_at, known.next_reminder_check_at) == (NOW + 5, NOW + DAY)


async def test_who_looks_and_had_nothing_to_come_is_looked_at_at_once(
    opened_store: Store,
) -> None:
    await opened_store.write(learners.add_learner(AMINA, NOW, "en"))
    await opened_store.write(inbox.receive_update(ReceivedUpdate(1, AMINA, "{}", NOW)))

    await opened_store.write(learners.record_activity(AMINA, 1, NOW + 5, check_at=NOW + DAY))

    assert (await of(opened_store)).next_reminder_check_at == NOW + 5


async def test_looking_leaves_a_time_to_look_that_is_set(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(inbox.receive_update(ReceivedUpdate(1, AMINA, "{}", NOW)))

    await opened_store.write(learners.record_activity(AMINA, 1, NOW + 5, check_at=NOW + DAY))

    assert (await of(opened_store)).next_reminder_check_at == NOW
