"""What the outbox promises, on both databases: one sender at a time, nothing lost or doubled."""

import asyncio

import pytest

from course.model import LearnerId
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind
from storage import learners, outbox, reminders
from storage.outbox import REMINDER, Delivery, DeliveryState
from storage.reminders import DueReminder, NextReminderState
from storage.store import Store
from tests.storage.conftest import NOW

AMINA, BOB, CHLOE = LearnerId(1), LearnerId(2), LearnerId(7_000_000_003)
ONE, TWO = "run-one", "run-two"
MINUTE = 60_000
NEVER = NextReminderState(used=1, deadline_used=None, snoozed_until=None, next_nudge_at=None)


async def put(store: Store, learner: LearnerId, due_at: int = NOW) -> Delivery:
    """A nudge in the outbox."""
    name = f"{due_at}:first"
    await store.write(
        learners.add_learner(learner, NOW, "en"), learners.schedule_reminder_check(learner, due_at)
    )
    taken = DueReminder(name, ReminderKind.FIRST, 0, ExperimentArm.SEND, due_at)
    await store.write(*reminders.take_due_reminder(learner, due_at, taken, NEVER))
    return Delivery(learner, REMINDER, name, due_at)


async def claimed(store: Store, holder: str = ONE, now: int = NOW, most: int = 10) -> list[int]:
    """Whose deliveries a sender gets."""
    await store.write(outbox.claim_deliveries(REMINDER, holder, now, most))
    return [delivery.recipient for delivery in await store.fetch_claimed_deliveries(holder)]


async def begun(store: Store, delivery: Delivery, holder: str = ONE, at: int = NOW) -> bool:
    await store.write(*outbox.begin_delivery(delivery, holder, at))
    return await store.fetch_delivery_state(delivery) == (DeliveryState.SENDING, holder)


async def proactive_at(store: Store, learner: LearnerId) -> int | None:
    known = (await store.fetch_history(learner)).learner
    assert known is not None
    return known.proactive_at


async def test_what_is_due_is_claimed_the_latest_first_and_no_more_than_wanted(
    opened_store: Store,
) -> None:
    await put(opened_store, AMINA, NOW - MINUTE)
    await put(opened_store, BOB, NOW + 1)
    await put(opened_store, CHLOE, NOW - 2 * MINUTE)

    assert await claimed(opened_store, most=1) == [CHLOE]
    assert await claimed(opened_store) == [CHLOE, AMINA]
    assert await opened_store.count_queued(REMINDER, NOW) == 0
    assert await opened_store.count_queued(REMINDER, NOW + 1) == 1


async def test_two_senders_never_get_the_same(opened_store: Store, store_url: str) -> None:
    people = [LearnerId(number) for number in range(1, 41)]
    await asyncio.gather(*(put(opened_store, person) for person in people))
    other = await Store.open(store_url, NOW)

    found = await asyncio.gather(
        *(claimed(store, holder, most=7) for store, holder in ((opened_store, ONE), (other, TWO)))
    )
    await other.close()

    assert len(found[0]) == len(found[1]) == 7 or sum(map(len, found)) == 7
    assert not set(found[0]) & set(found[1])


async def test_a_delivery_is_begun_by_its_holder_only_and_counts_as_heard(
    opened_store: Store,
) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)

    assert not await begun(opened_store, delivery, TWO)
    assert await proactive_at(opened_store, AMINA) is None
    assert await begun(opened_store, delivery, ONE, NOW + 5)
    assert await proactive_at(opened_store, AMINA) == NOW + 5


async def test_what_was_taken_back_is_not_begun(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)

    await opened_store.write(outbox.cancel_reminders(AMINA, "wishes"))

    assert not await begun(opened_store, delivery)
    assert await proactive_at(opened_store, AMINA) is None
    await opened_store.write(*outbox.record_delivery_result(delivery, ONE, DeliveryState.SENT))
    assert await opened_store.count_deliveries() == ((REMINDER, "cancelled", 1),)


async def test_what_is_on_its_way_is_not_taken_back(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)
    await begun(opened_store, delivery)

    await opened_store.write(outbox.cancel_reminders(AMINA, "wishes"))
    await opened_store.write(
        *outbox.record_delivery_result(delivery, ONE, DeliveryState.SENT, message=77)
    )

    last = await opened_store.fetch_last_reminder(AMINA)
    assert last is not None
    assert (last.state, last.sent_at) == (DeliveryState.SENT, NOW)
    (figures,) = await opened_store.fetch_reminder_counts()
    assert figures.sent == 1


async def test_settled_twice_is_counted_once(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)
    await begun(opened_store, delivery)

    for _ in range(3):
        await opened_store.write(*outbox.record_delivery_result(delivery, ONE, DeliveryState.SENT))

    assert [one.sent for one in await opened_store.fetch_reminder_counts()] == [1]
    assert await opened_store.fetch_reminder_counts() == await opened_store.fetch_reminder_counts(
        recount=True
    )


async def test_what_surely_was_not_sent_waits_again(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)
    await begun(opened_store, delivery)

    await opened_store.write(*outbox.requeue_delivery(delivery, ONE, NOW + MINUTE, "too many"))

    assert await proactive_at(opened_store, AMINA) is None
    assert await claimed(opened_store) == []
    assert await claimed(opened_store, TWO, NOW + MINUTE) == [AMINA]


async def test_one_sends_at_a_time_and_the_next_one_when_it_is_gone(opened_store: Store) -> None:
    await opened_store.write(outbox.acquire_lease(ONE, NOW, NOW + MINUTE))
    await opened_store.write(outbox.acquire_lease(TWO, NOW + 1, NOW + 2 * MINUTE))
    assert await opened_store.fetch_lease_holder() == (ONE, NOW + MINUTE)

    await opened_store.write(outbox.acquire_lease(ONE, NOW + 2, NOW + 3 * MINUTE))
    assert await opened_store.fetch_lease_holder() == (ONE, NOW + 3 * MINUTE)

    await opened_store.write(outbox.acquire_lease(TWO, NOW + 3 * MINUTE, NOW + 4 * MINUTE))
    assert await opened_store.fetch_lease_holder() == (TWO, NOW + 4 * MINUTE)


async def test_a_lease_of_a_clock_that_has_gone_back_since_keeps_nobody_waiting(
    opened_store: Store,
) -> None:
    ahead = NOW + 60 * MINUTE
    await opened_store.write(outbox.acquire_lease(ONE, ahead, ahead + MINUTE))

    await opened_store.write(outbox.acquire_lease(TWO, NOW, NOW + MINUTE))
    assert await opened_store.fetch_lease_holder() == (TWO, NOW + MINUTE)

    a_minute_behind = NOW - MINUTE
    await opened_store.write(outbox.acquire_lease(ONE, a_minute_behind, NOW))
    assert await opened_store.fetch_lease_holder() == (TWO, NOW + MINUTE)


async def test_a_dead_sender_leaves_what_it_had_not_begun_and_gives_up_what_it_had(
    opened_store: Store,
) -> None:
    first, second = await put(opened_store, AMINA), await put(opened_store, BOB)
    await claimed(opened_store)
    await begun(opened_store, first)
    await opened_store.write(*outbox.recover_deliveries(TWO))  # without the lease: nothing
    assert await opened_store.fetch_delivery_state(second) == (DeliveryState.CLAIMED, ONE)

    await opened_store.write(outbox.acquire_lease(TWO, NOW, NOW + MINUTE))
    await opened_store.write(*outbox.recover_deliveries(TWO))

    assert await opened_store.fetch_delivery_state(first) == (DeliveryState.UNKNOWN, ONE)
    assert await opened_store.fetch_delivery_state(second) == (DeliveryState.QUEUED, None)
    assert await proactive_at(opened_store, AMINA) == NOW


async def test_a_sender_thought_dead_may_still_say_what_became_of_it(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)
    await begun(opened_store, delivery)
    await opened_store.write(outbox.acquire_lease(TWO, NOW, NOW + MINUTE))
    await opened_store.write(*outbox.recover_deliveries(TWO))

    await opened_store.write(*outbox.record_delivery_result(delivery, ONE, DeliveryState.SENT))

    assert await opened_store.fetch_delivery_state(delivery) == (DeliveryState.SENT, ONE)


async def test_who_leaves_lets_others_send_at_once(opened_store: Store) -> None:
    first, second = await put(opened_store, AMINA), await put(opened_store, BOB)
    await opened_store.write(outbox.acquire_lease(ONE, NOW, NOW + MINUTE))
    await claimed(opened_store)
    await begun(opened_store, first)

    await opened_store.write(*outbox.release_outbox(ONE))

    assert await opened_store.fetch_lease_holder() is None
    assert await opened_store.fetch_delivery_state(first) == (DeliveryState.UNKNOWN, ONE)
    assert await opened_store.fetch_delivery_state(second) == (DeliveryState.QUEUED, None)


async def test_there_is_work_when_something_is_due_or_lies_in_other_hands(
    opened_store: Store,
) -> None:
    assert not await opened_store.has_outbox_work(ONE, NOW)

    await put(opened_store, AMINA, NOW + MINUTE)
    assert not await opened_store.has_outbox_work(ONE, NOW)
    assert await opened_store.has_outbox_work(ONE, NOW + MINUTE)

    await claimed(opened_store, ONE, NOW + MINUTE)
    assert not await opened_store.has_outbox_work(ONE, NOW + MINUTE)
    assert await opened_store.has_outbox_work(TWO, NOW + MINUTE)


async def test_deleting_a_learner_takes_what_waits_for_them(opened_store: Store) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)

    await opened_store.write(learners.delete_learner(AMINA))

    assert not await begun(opened_store, delivery)
    assert await opened_store.fetch_delivery_state(delivery) is None
    await opened_store.write(*outbox.record_delivery_result(delivery, ONE, DeliveryState.SENT))
    assert await opened_store.count_deliveries() == ()


@pytest.mark.parametrize(
    "state",
    [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.SKIPPED],
)
async def test_what_is_settled_is_never_claimed_again(
    opened_store: Store, state: DeliveryState
) -> None:
    delivery = await put(opened_store, AMINA)
    await claimed(opened_store)
    await opened_store.write(*outbox.record_delivery_result(delivery, ONE, state, "why"))

    await opened_store.write(*outbox.release_outbox(ONE))

    assert await claimed(opened_store, TWO, NOW + MINUTE) == []
