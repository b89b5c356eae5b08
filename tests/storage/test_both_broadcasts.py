"""Broadcasts from draft to done, on both databases."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from course.cohorts.audiences import Audience
from storage import broadcast_transitions, broadcasts, outbox, recipients, roles
from storage.broadcasts import Broadcast, BroadcastContent, BroadcastState
from storage.outbox import DeliveryState as Delivered
from storage.recipients import DeliveryCount
from storage.statements import Statement
from storage.store import Store
from tests.storage.broadcasting import (
    AMINA,
    BOB,
    FARID,
    GRACE,
    NEWS,
    found,
    scheduled,
    sent,
    settled,
)
from tests.storage.conftest import NOW


async def test_a_draft_is_read_back_and_changed_until_it_is_sent(opened_store: Store) -> None:
    await opened_store.write(broadcast_transitions.save_broadcast_draft(NEWS))
    assert await found(opened_store) == NEWS

    other = replace(
        NEWS, content=BroadcastContent("Bye", buttons=()), audience=Audience(None), weekly=True
    )
    await opened_store.write(broadcast_transitions.save_broadcast_draft(other))
    assert await found(opened_store) == other

    await opened_store.write(
        broadcast_transitions.schedule_broadcast(other, NOW + 9, FARID),
        broadcast_transitions.save_broadcast_draft(NEWS),
    )
    begun = replace(other, state=BroadcastState.SCHEDULED, send_at=NOW + 9, chat=FARID)
    assert await found(opened_store) == begun
    assert await broadcasts.fetch_broadcasts_to_send(opened_store, NOW) == ()
    assert await broadcasts.fetch_broadcasts_to_send(opened_store, NOW + 9) == (begun,)


async def test_of_two_who_send_at_once_one_sends(opened_store: Store) -> None:
    await opened_store.write(broadcast_transitions.save_broadcast_draft(NEWS))

    await asyncio.gather(
        *(
            opened_store.write(broadcast_transitions.schedule_broadcast(NEWS, NOW, who))
            for who in (FARID, GRACE) * 8
        )
    )

    assert (await found(opened_store)).chat in (FARID, GRACE)
    chosen = (await found(opened_store)).chat
    await opened_store.write(
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, GRACE),
    )
    assert (await found(opened_store)).chat == chosen


async def test_a_broadcast_that_was_taken_back_gets_no_recipients(opened_store: Store) -> None:
    await scheduled(opened_store, AMINA)

    await opened_store.write(*broadcast_transitions.cancel_broadcast(NEWS))
    await opened_store.write(
        recipients.queue_broadcast_delivery(NEWS, AMINA, NOW, NOW),
        *broadcast_transitions.start_sending_broadcast(NEWS, NOW),
    )

    assert (await found(opened_store)).state is BroadcastState.CANCELLED
    assert await broadcasts.fetch_broadcast(opened_store, NEWS.next_id) is None
    assert await recipients.count_broadcast_deliveries(opened_store, NEWS) == ()


async def test_one_that_has_begun_is_stopped_and_not_called_off(opened_store: Store) -> None:
    await scheduled(opened_store, AMINA, BOB)
    await opened_store.write(recipients.queue_broadcast_delivery(NEWS, AMINA, NOW, NOW))

    await opened_store.write(*broadcast_transitions.cancel_broadcast(NEWS))
    assert (await found(opened_store)).state is BroadcastState.SCHEDULED
    await opened_store.write(*broadcast_transitions.stop_broadcast(NEWS))
    await opened_store.write(
        recipients.queue_broadcast_delivery(NEWS, BOB, NOW, NOW),
        *broadcast_transitions.start_sending_broadcast(NEWS, NOW),
    )

    assert (await found(opened_store)).state is BroadcastState.STOPPED
    assert await broadcasts.fetch_broadcast(opened_store, NEWS.next_id) is None
    assert await recipients.count_broadcast_deliveries(opened_store, NEWS) == (
        DeliveryCount(Delivered.CANCELLED, "sender", 1),
    )


async def test_who_deletes_their_data_while_it_is_put_together_sends_none_of_it(
    opened_store: Store,
) -> None:
    await scheduled(opened_store, AMINA, BOB)
    await opened_store.write(recipients.queue_broadcast_delivery(NEWS, AMINA, NOW, NOW))

    await opened_store.write(*roles.erase_person(FARID))
    await opened_store.write(
        recipients.queue_broadcast_delivery(NEWS, BOB, NOW, NOW),
        *broadcast_transitions.start_sending_broadcast(NEWS, None),
    )

    assert (await found(opened_store)).state is BroadcastState.CANCELLED
    assert await recipients.count_broadcast_deliveries(opened_store, NEWS) == (
        DeliveryCount(Delivered.CANCELLED, "sender", 1),
    )


@pytest.mark.parametrize(
    "taken_back",
    [broadcast_transitions.stop_broadcast, broadcast_transitions.start_deleting_broadcast],
)
async def test_what_was_on_its_way_when_it_was_taken_back_does_not_wait_again(
    opened_store: Store, taken_back: Callable[[Broadcast], tuple[Statement, ...]]
) -> None:
    news = await sent(opened_store, AMINA)
    await opened_store.write(outbox.claim_deliveries(outbox.BROADCAST, "run", NOW, 9))
    (delivery,) = await opened_store.fetch_claimed_deliveries("run")
    await opened_store.write(*outbox.begin_delivery(delivery, "run", NOW))

    await opened_store.write(*taken_back(news))
    await opened_store.write(*outbox.requeue_delivery(delivery, "run", NOW + 9, "too many"))

    assert await recipients.count_broadcast_deliveries(opened_store, news) == (
        DeliveryCount(Delivered.CANCELLED, "sender", 1),
    )


async def test_it_is_done_when_nothing_waits_and_not_before(opened_store: Store) -> None:
    news = await sent(opened_store, AMINA, BOB)
    await settled(opened_store, AMINA, Delivered.SENT, None)

    await opened_store.write(broadcast_transitions.finish_broadcast(news))
    assert (await found(opened_store)).state is BroadcastState.SENDING

    await settled(opened_store, BOB, Delivered.FAILED, "blocked")
    await opened_store.write(broadcast_transitions.finish_broadcast(news))
    assert (await found(opened_store)).state is BroadcastState.DONE
    listed = await recipients.fetch_recipients(opened_store, news, 0, 9)
    assert [(one.learner, one.state, one.reason) for one in listed] == [
        (BOB, Delivered.FAILED, "blocked"),
        (AMINA, Delivered.SENT, None),
    ]
    assert await recipients.fetch_recipients(opened_store, news, 1, 9) == listed[1:]


async def test_stopping_takes_back_what_is_not_on_its_way(opened_store: Store) -> None:
    news = await sent(opened_store, AMINA, BOB)
    await settled(opened_store, AMINA, Delivered.SENT, None)

    await opened_store.write(*broadcast_transitions.stop_broadcast(news))
    await opened_store.write(
        *broadcast_transitions.stop_broadcast(news), broadcast_transitions.finish_broadcast(news)
    )

    assert (await found(opened_store)).state is BroadcastState.STOPPED
    assert await recipients.count_broadcast_deliveries(opened_store, news) == (
        DeliveryCount(Delivered.CANCELLED, "sender", 1),
        DeliveryCount(Delivered.SENT, None, 1),
    )


async def test_a_weekly_one_is_repeated_once_each_time(opened_store: Store) -> None:
    weekly = replace(NEWS, weekly=True)
    await opened_store.write(
        broadcast_transitions.save_broadcast_draft(weekly),
        broadcast_transitions.schedule_broadcast(weekly, NOW, FARID),
    )
    for _ in range(2):
        await opened_store.write(*broadcast_transitions.start_sending_broadcast(NEWS, NOW + 7))

    following = await found(opened_store, NEWS.next_id)
    assert following == replace(
        NEWS,
        id=NEWS.next_id,
        weekly=True,
        state=BroadcastState.SCHEDULED,
        send_at=NOW + 7,
        chat=FARID,
    )
    assert following.week == 1
    assert (await broadcasts.fetch_broadcasts(opened_store, NOW + 99, 9))[0] == following
