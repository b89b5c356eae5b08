"""The recipients of a broadcast, on both databases."""

from dataclasses import replace

import pytest

from course.cohorts.audiences import Audience
from storage import broadcast_transitions, broadcasts, cohorts, learners, outbox, recipients, roles
from storage.broadcasts import BroadcastState
from storage.cohorts import Cohort
from storage.outbox import DeliveryState as Delivered
from storage.recipients import DeliveryCount
from storage.statements import statement
from storage.store import Store
from tests.storage.broadcasting import (
    AMINA,
    BOB,
    CHLOE,
    FARID,
    GRACE,
    NEWS,
    found,
    scheduled,
    sent,
    settled,
)
from tests.storage.conftest import NOW, joined


async def test_each_recipient_has_one_row_however_often_they_are_added(
    opened_store: Store,
) -> None:
    await scheduled(opened_store, AMINA, BOB)
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
        *(recipients.record_deletion(news, CHLOE, deleted=one) for one in (True, False)),
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

    assert await broadcasts.fetch_broadcasts(opened_store, NOW + 1, 9, FARID) == (
        to_theirs,
        NEWS,
    )
    assert await broadcasts.fetch_broadcasts(opened_store, NOW + 1, 1, FARID) == (to_theirs,)
    mine = await broadcasts.fetch_broadcasts(opened_store, NOW + 1, 9, GRACE)
    assert mine == (to_all, to_theirs, to_others)


async def test_a_facilitator_is_shown_the_part_of_their_cohort(
    opened_store: Store, cohort: Cohort
) -> None:
    await sent(opened_store, AMINA, BOB, CHLOE)
    for person in (AMINA, BOB):
        await settled(opened_store, person, Delivered.SENT, None)
        await opened_store.write(broadcast_transitions.set_rsvp(5, person, 0, NOW))

    mine, nobody = frozenset({cohort.id, 80}), frozenset[int]()

    assert await recipients.count_broadcast_deliveries(opened_store, NEWS, mine) == (
        DeliveryCount(Delivered.CLAIMED, None, 1),
        DeliveryCount(Delivered.SENT, None, 1),
    )
    listed = await recipients.fetch_recipients(opened_store, NEWS, 0, 9, mine)
    assert [one.learner for one in listed] == [CHLOE, AMINA]
    assert await broadcasts.count_rsvps(opened_store, 5, mine) == {0: 1}
    assert await recipients.fetch_recipients(opened_store, NEWS, 0, 9, nobody) == ()
    assert await broadcasts.count_rsvps(opened_store, 5, nobody) == {}
    assert await broadcasts.count_rsvps(opened_store, 5) == {0: 2}
