"""Two who write at the same moment: neither undoes what the other one means to write."""

import asyncio

from course.cohorts.audiences import Audience
from course.model import LearnerId
from storage import (
    broadcast_transitions,
    broadcasts,
    cohorts,
    invitations,
    learners,
    outbox,
)
from storage.broadcasts import Broadcast, Content
from storage.broadcasts import State as Stage
from storage.cohorts import Cohort
from storage.cohorts import State as Open
from storage.invitations import Invitation, Kind
from storage.outbox import Delivery, State
from storage.statements import Statement, statement
from storage.store import Store
from tests.storage.conftest import NOW

AMINA, BOB, FARID = LearnerId(1), LearnerId(2), LearnerId(9)
OTHER, NEWS = (
    Broadcast(number, FARID, NOW, Audience(None), Content("hi"), None) for number in (5, 6)
)


async def at_once(store: Store, *writings: tuple[Statement, ...]) -> None:
    await asyncio.gather(*(store.write(*writing) for writing in writings))


def queued(of: Broadcast, learner: LearnerId) -> Statement:
    return statement(
        "add_delivery",
        broadcast=of.id,
        learner=learner,
        subject=of.subject,
        state=State.QUEUED.value,
        reason=None,
        due_at=NOW,
        at=NOW,
    )


async def broadcast_to(store: Store, *people: LearnerId) -> None:
    """NEWS waits for each of them, and OTHER is to be sent too."""
    for one in people:
        await store.write(learners.joins(one, NOW, "en"))
    for news in (OTHER, NEWS):
        await store.write(broadcast_transitions.keeps(news))
        await store.write(broadcast_transitions.starts(news, NOW, FARID))
    await store.write(*(queued(NEWS, one) for one in people))
    await store.write(*broadcast_transitions.begins(NEWS, None))


async def test_stopping_one_broadcast_beside_calling_off_another_takes_back_what_waits(
    opened_store: Store,
) -> None:
    await broadcast_to(opened_store, AMINA, BOB)

    await at_once(
        opened_store, broadcast_transitions.calls_off(OTHER), broadcast_transitions.stops(NEWS)
    )

    found = await broadcasts.of(opened_store, NEWS.id)
    assert found is not None
    assert found.state is Stage.STOPPED
    assert await opened_store.delivery_counts() == (("broadcast", "cancelled", 2),)


async def test_a_new_link_beside_another_that_takes_the_place_of_older_ones_serves(
    opened_store: Store,
) -> None:
    red, blue = 100, 200
    for number in (red, blue):
        cohort = Cohort(number, "A", None, None, "UTC", "", None, Open.OPEN, None, NOW)
        await opened_store.write(cohorts.makes(cohort, FARID))
    later = NOW + 86_400_000
    one, two = (
        Invitation(f"digest {cohort}", Kind.COHORT, cohort, later, 5, None, None, NOW, 0)
        for cohort in (red, blue)
    )

    await at_once(
        opened_store,
        (invitations.makes(one, FARID),),
        (invitations.revokes(blue, NOW), invitations.makes(two, FARID)),
    )

    found, _ = await invitations.for_(opened_store, two.digest, AMINA, NOW)
    assert found is not None
    assert found.serves(NOW + 1)


async def test_what_failed_beside_what_was_sent_is_not_what_its_learner_heard_today(
    opened_store: Store,
) -> None:
    await broadcast_to(opened_store, AMINA, BOB)
    await opened_store.write(outbox.leases("run", NOW, NOW + 1000))
    await opened_store.write(outbox.claims("broadcast", "run", NOW, 10))
    to_amina, to_bob = (Delivery(one, "broadcast", NEWS.subject, NOW) for one in (AMINA, BOB))
    for one in (to_amina, to_bob):
        await opened_store.write(*outbox.begins(one, "run", NOW))

    await at_once(
        opened_store,
        outbox.settles(to_amina, "run", State.SENT, message=1),
        outbox.settles(to_bob, "run", State.FAILED, "refused"),
    )

    amina, bob = (
        (await opened_store.history(AMINA)).learner,
        (await opened_store.history(BOB)).learner,
    )
    assert amina is not None
    assert bob is not None
    assert (amina.proactive_at, bob.proactive_at) == (NOW, None)
