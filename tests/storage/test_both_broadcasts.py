"""Broadcasts and their recipients, on both databases."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from course.cohorts.audiences import Audience, AudienceFilter
from course.model import LearnerId
from storage import (
    broadcast_transitions,
    broadcasts,
    cohorts,
    learners,
    outbox,
    recipients,
    roles,
)
from storage.broadcasts import (
    AnswerButton,
    Broadcast,
    BroadcastContent,
    BroadcastState,
    ContinueButton,
    LinkButton,
)
from storage.cohorts import Cohort
from storage.outbox import DeliveryState as Delivered
from storage.recipients import DeliveryCount
from storage.statements import Statement, statement
from storage.store import Store
from tests.storage.conftest import NOW

FARID, GRACE = LearnerId(2001), LearnerId(2002)
AMINA, BOB, CHLOE = LearnerId(1), LearnerId(2), LearnerId(7_000_000_003)
NEWS = Broadcast(
    5,
    FARID,
    NOW,
    Audience(frozenset({8, 9}), frozenset({AudienceFilter.STUCK, AudienceFilter.SILENT}), 3, "sw"),
    BroadcastContent(
        "Hello <b>{name}</b> & é",
        photo="AgAC",
        buttons=(
            ContinueButton(),
            LinkButton("Read", "https://a.example/?a=b"),
            AnswerButton("Yes"),
        ),
    ),
    local_hour=9,
    urgent=True,
)


async def joined(store: Store, *people: LearnerId) -> None:
    await store.write(*(learners.add_learner(person, NOW, "en") for person in people))


async def sent(store: Store, *people: LearnerId) -> Broadcast:
    """A broadcast that is being sent to these people."""
    await joined(store, *people)
    await store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )
    await store.write(
        *(recipients.queue_broadcast_delivery(NEWS, person, NOW, NOW) for person in people)
    )
    await store.write(*broadcast_transitions.start_sending_broadcast(NEWS, None))
    return await found(store)


async def found(store: Store, broadcast: int = NEWS.id) -> Broadcast:
    known = await broadcasts.fetch_broadcast(store, broadcast)
    assert known is not None
    return known


async def settled(store: Store, person: LearnerId, state: Delivered, reason: str | None) -> None:
    await store.write(outbox.claim_deliveries(outbox.BROADCAST, "run", NOW, 99))
    delivery = outbox.Delivery(person, outbox.BROADCAST, NEWS.subject, NOW)
    await store.write(*outbox.begin_delivery(delivery, "run", NOW))
    await store.write(*outbox.record_delivery_result(delivery, "run", state, reason, 77))


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


async def test_each_recipient_has_one_row_however_often_they_are_added(
    opened_store: Store,
) -> None:
    await joined(opened_store, AMINA, BOB)
    await opened_store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )
    for _ in range(2):
        await opened_store.write(
            recipients.queue_broadcast_delivery(NEWS, AMINA, NOW, NOW),
            recipients.exclude_recipient(NEWS, BOB, "stopped", NOW),
            recipients.queue_broadcast_delivery(NEWS, BOB, NOW, NOW),
            recipients.queue_broadcast_delivery(NEWS, CHLOE, NOW, NOW),  # whom nobody knows
        )

    assert await recipients.count_broadcast_deliveries(opened_store, NEWS) == (
        DeliveryCount(Delivered.QUEUED, None, 1),
        DeliveryCount(Delivered.SKIPPED, "stopped", 1),
    )


async def test_a_broadcast_that_was_taken_back_gets_no_recipients(opened_store: Store) -> None:
    await joined(opened_store, AMINA)
    await opened_store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )

    await opened_store.write(*broadcast_transitions.cancel_broadcast(NEWS))
    await opened_store.write(
        recipients.queue_broadcast_delivery(NEWS, AMINA, NOW, NOW),
        *broadcast_transitions.start_sending_broadcast(NEWS, NOW),
    )

    assert (await found(opened_store)).state is BroadcastState.CANCELLED
    assert await broadcasts.fetch_broadcast(opened_store, NEWS.next_id) is None
    assert await recipients.count_broadcast_deliveries(opened_store, NEWS) == ()


async def test_one_that_has_begun_is_stopped_and_not_called_off(opened_store: Store) -> None:
    await joined(opened_store, AMINA, BOB)
    await opened_store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )
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
    await joined(opened_store, AMINA, BOB)
    await opened_store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )
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


async def test_only_what_failed_for_a_reason_is_sent_again(opened_store: Store) -> None:
    news = await sent(opened_store, AMINA, BOB, CHLOE)
    await settled(opened_store, AMINA, Delivered.FAILED, "blocked")
    await settled(opened_store, BOB, Delivered.FAILED, "gone")
    await settled(opened_store, CHLOE, Delivered.SENT, None)
    await opened_store.write(broadcast_transitions.finish_broadcast(news))

    again = recipients.retry_deliveries(
        news, [DeliveryCount(Delivered.FAILED, "blocked", 1)], NOW + 5
    )
    await opened_store.write(*again)
    await opened_store.write(*again)

    assert (await found(opened_store)).state is BroadcastState.SENDING
    stand = await recipients.count_broadcast_deliveries(opened_store, news)
    assert [one.due_at for one in stand if one.state is Delivered.QUEUED] == [NOW + 5]
    assert stand == (
        DeliveryCount(Delivered.FAILED, "gone", 1),
        DeliveryCount(Delivered.QUEUED, None, 1),
        DeliveryCount(Delivered.SENT, None, 1),
    )


async def test_what_was_sent_is_deleted_once_where_it_can_be(opened_store: Store) -> None:
    news = await sent(opened_store, AMINA, BOB, CHLOE)
    for person in (AMINA, BOB):
        await settled(opened_store, person, Delivered.SENT, None)
    await opened_store.write(*broadcast_transitions.start_deleting_broadcast(news))
    assert await broadcasts.fetch_broadcasts_to_delete(opened_store) == (await found(opened_store),)

    assert await recipients.fetch_deletable_messages(opened_store, news, NOW, 0, 9) == ()
    both = await recipients.fetch_deletable_messages(opened_store, news, NOW - 1, 0, 9)
    assert both == ((AMINA, 77), (BOB, 77))
    assert (
        await recipients.fetch_deletable_messages(opened_store, news, NOW - 1, AMINA, 9) == both[1:]
    )
    await opened_store.write(
        recipients.record_deletion(news, AMINA, deleted=True),
        recipients.record_deletion(news, BOB, deleted=False),
    )
    assert await recipients.fetch_deletable_messages(opened_store, news, NOW - 1, 0, 9) == ()
    await opened_store.write(broadcast_transitions.mark_broadcast_deleted(news))

    assert (await found(opened_store)).state is BroadcastState.DELETED
    assert await recipients.count_broadcast_deliveries(opened_store, news) == (
        DeliveryCount(Delivered.CANCELLED, "sender", 1),
        DeliveryCount(Delivered.DELETED, None, 1),
        DeliveryCount(Delivered.SENT, "not-deleted", 1),
    )


async def test_what_surely_was_not_sent_is_not_what_somebody_heard_today(
    opened_store: Store,
) -> None:
    await sent(opened_store, AMINA, BOB)
    await opened_store.write(outbox.claim_deliveries(outbox.BROADCAST, "run", NOW, 9))
    for person in (AMINA, BOB):
        delivery = outbox.Delivery(person, outbox.BROADCAST, NEWS.subject, NOW)
        await opened_store.write(*outbox.begin_delivery(delivery, "run", NOW))

    not_sent = outbox.Delivery(AMINA, outbox.BROADCAST, NEWS.subject, NOW)
    await opened_store.write(*outbox.requeue_delivery(not_sent, "run", NOW + 5, "too many"))

    told = [(await opened_store.fetch_history(person)).learner for person in (AMINA, BOB)]
    assert [one and one.proactive_at for one in told] == [None, NOW]
    assert await recipients.fetch_recipient_state(opened_store, NEWS, AMINA) is Delivered.QUEUED


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


async def test_answers_are_counted_once_for_each_and_only_of_recipients(
    opened_store: Store,
) -> None:
    await sent(opened_store, AMINA, BOB)
    await joined(opened_store, CHLOE)

    await opened_store.write(
        broadcast_transitions.set_rsvp(5, AMINA, 0, NOW),
        broadcast_transitions.set_rsvp(5, BOB, 0, NOW),
        broadcast_transitions.set_rsvp(5, CHLOE, 1, NOW),
    )
    await opened_store.write(broadcast_transitions.set_rsvp(5, BOB, 1, NOW + 1))
    assert await broadcasts.count_rsvps(opened_store, 5) == {0: 1, 1: 1}

    await opened_store.write(learners.delete_learner(BOB))
    assert await broadcasts.count_rsvps(opened_store, 5) == {0: 1}


@pytest.fixture
async def cohort(opened_store: Store) -> Cohort:
    """A cohort with Amina and Chloe, and Bob, who has left it."""
    nairobi = Cohort(
        8,
        "Nairobi",
        NOW + 1,
        NOW + 2,
        "Africa/Nairobi",
        "",
        None,
        cohorts.CohortState.OPEN,
        None,
        NOW,
    )
    await joined(opened_store, AMINA, BOB, CHLOE)
    await opened_store.write(cohorts.add_cohort(nairobi, FARID))
    await opened_store.write(
        statement(
            "add_invitation", digest="d", kind="cohort", cohort=8, expires_at=NOW + 9,
            most_uses=9, made_by=FARID, made_at=NOW,
        )
    )  # fmt: skip
    for number, person in enumerate((AMINA, BOB, CHLOE)):
        await opened_store.write(
            statement(
                "join_cohort", learner=person, membership=number, digest="d",
                name="Ada" if person == AMINA else None, pseudonym=f"Heron {number}", at=NOW,
            )
        )  # fmt: skip
    await opened_store.write(statement("leave_cohort", learner=BOB, cohort=8, at=NOW))
    return nairobi


async def test_candidates_come_in_pages_with_what_the_rules_look_at(
    opened_store: Store, cohort: Cohort
) -> None:
    first = await recipients.fetch_candidates(opened_store, cohort.id, 0, 1)
    rest = await recipients.fetch_candidates(opened_store, cohort.id, AMINA, 9)

    (amina,) = first
    assert (amina.name, amina.person.learner) == ("Ada", AMINA)
    assert (amina.person.started_at, amina.person.deadline) == (NOW + 1, NOW + 2)
    assert amina.person.time_zone == "Africa/Nairobi"
    assert [one.person.learner for one in rest] == [CHLOE]
    everybody = await recipients.fetch_candidates(opened_store, None, 0, 9)
    assert [one.person.learner for one in everybody] == [AMINA, BOB, CHLOE]
    assert [one.person.deadline for one in everybody] == [NOW + 2, None, NOW + 2]
    assert everybody[0] == amina
    (belongs,) = await recipients.fetch_learner_cohorts(opened_store, AMINA)
    assert (belongs.cohort, belongs.name, belongs.deadline) == (8, "Ada", NOW + 2)
    assert await recipients.fetch_learner_cohorts(opened_store, BOB) == ()


async def test_what_somebody_made_or_may_have_to_do_with_is_found_among_many(
    opened_store: Store, cohort: Cohort
) -> None:
    to_others = replace(NEWS, id=6, made_by=GRACE, audience=Audience(frozenset({80, 19})))
    to_theirs = replace(NEWS, id=7, made_by=GRACE, audience=Audience(frozenset({8})))
    to_all = replace(NEWS, id=8, made_by=GRACE, audience=Audience(None, silent_days=9))
    await opened_store.write(roles.add_facilitator(FARID, cohort.id, NOW))
    await opened_store.write(
        *map(broadcast_transitions.save_broadcast_draft, (NEWS, to_others, to_theirs, to_all))
    )

    assert await broadcasts.fetch_broadcasts_of_facilitator(opened_store, FARID, NOW + 1, 9) == (
        to_theirs,
        NEWS,
    )
    assert await broadcasts.fetch_broadcasts_of_facilitator(opened_store, FARID, NOW + 1, 1) == (
        to_theirs,
    )
    mine = await broadcasts.fetch_broadcasts_of_facilitator(opened_store, GRACE, NOW + 1, 9)
    assert mine == (to_all, to_theirs, to_others)
