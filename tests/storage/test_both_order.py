"""Two who write at the same moment: neither undoes what the other one means to write."""

import asyncio

from course.cohorts.audiences import Audience
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, cohorts, invitations, learners, outbox
from storage.broadcasts import Broadcast, BroadcastContent
from storage.broadcasts import BroadcastState as Stage
from storage.cohorts import Cohort
from storage.cohorts import CohortState as Open
from storage.invitations import Invitation, InvitationKind
from storage.outbox import Delivery, DeliveryState
from storage.statements import Statement, statement
from storage.store import Store
from tests.storage.conftest import NOW

AMINA, BOB, FARID = LearnerId(1), LearnerId(2), LearnerId(9)
OTHER, NEWS = (
    Broadcast(number, FARID, NOW, Audience(None), BroadcastContent("hi"), None) for number in (5, 6)
)


async def at_once(store: Store, *writings: tuple[Statement, ...]) -> None:
    await asyncio.gather(*(store.write(*writing) for writing in writings))


def queued(of: Broadcast, learner: LearnerId) -> Statement:
    return statement(
        "add_broadcast_delivery",
        broadcast=of.id,
        learner=learner,
        subject=of.subject,
        state=DeliveryState.QUEUED.value,
        reason=None,
        due_at=NOW,
        at=NOW,
    )


async def broadcast_to(store: Store, *people: LearnerId) -> None:
    """NEWS waits for each of them, and OTHER is to be sent too."""
    for one in people:
        await store.write(learners.add_learner(one, NOW, "en"))
    for news in (OTHER, NEWS):
        await store.write(broadcast_transitions.save_broadcast_draft(news))
        await store.write(broadcast_transitions.schedule_broadcast(news, NOW, FARID))
    await store.write(*(queued(NEWS, one) for one in people))
    await store.write(*broadcast_transitions.start_sending_broadcast(NEWS, None))


async def test_stopping_one_broadcast_beside_calling_off_another_takes_back_what_waits(
    opened_store: Store,
) -> None:
    await broadcast_to(opened_store, AMINA, BOB)

    await at_once(
        opened_store,
        broadcast_transitions.cancel_broadcast(OTHER),
        broadcast_transitions.stop_broadcast(NEWS),
    )

    found = await broadcasts.fetch_broadcast(opened_store, NEWS.id)
    assert found is not None
    assert found.state is Stage.STOPPED
    assert await opened_store.count_deliveries() == (("broadcast", "cancelled", 2),)


async def test_a_new_link_beside_another_that_takes_the_place_of_older_ones_serves(
    opened_store: Store,
) -> None:
    red, blue = 100, 200
    for number in (red, blue):
        cohort = Cohort(number, "A", None, None, "UTC", "", None, Open.OPEN, None, NOW)
        await opened_store.write(cohorts.add_cohort(cohort, FARID))
    later = NOW + 86_400_000
    one, two = (
        Invitation(f"digest {cohort}", InvitationKind.COHORT, cohort, later, 5, None, None, NOW, 0)
        for cohort in (red, blue)
    )

    await at_once(
        opened_store,
        (invitations.add_invitation(one, FARID),),
        (invitations.revoke_invitations(blue, NOW), invitations.add_invitation(two, FARID)),
    )

    found, _ = await invitations.fetch_invitation(opened_store, two.digest, AMINA, NOW)
    assert found is not None
    assert found.is_usable(NOW + 1)


async def test_what_failed_beside_what_was_sent_is_not_what_its_learner_heard_today(
    opened_store: Store,
) -> None:
    await broadcast_to(opened_store, AMINA, BOB)
    await opened_store.write(outbox.acquire_lease("run", NOW, NOW + 1000))
    await opened_store.write(outbox.claim_deliveries("broadcast", "run", NOW, 10))
    to_amina, to_bob = (Delivery(one, "broadcast", NEWS.subject, NOW) for one in (AMINA, BOB))
    for one in (to_amina, to_bob):
        await opened_store.write(*outbox.begin_delivery(one, "run", NOW))

    await at_once(
        opened_store,
        outbox.record_delivery_result(to_amina, "run", DeliveryState.SENT, message=1),
        outbox.record_delivery_result(to_bob, "run", DeliveryState.FAILED, "refused"),
    )

    amina, bob = (
        (await opened_store.fetch_history(AMINA)).learner,
        (await opened_store.fetch_history(BOB)).learner,
    )
    assert amina is not None
    assert bob is not None
    assert (amina.proactive_at, bob.proactive_at) == (NOW, None)
