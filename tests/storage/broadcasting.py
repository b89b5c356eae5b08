"""A broadcast that tests of the store save, schedule and send."""

from course.cohorts.audiences import Audience, AudienceFilter
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, outbox, recipients
from storage.broadcasts import AnswerButton, Broadcast, BroadcastContent, ContinueButton, LinkButton
from storage.outbox import DeliveryState as Delivered
from storage.store import Store
from tests.storage.conftest import NOW, joined

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


async def scheduled(store: Store, *people: LearnerId) -> None:
    """These people are learners, and a broadcast is to be sent now."""
    await joined(store, *people)
    await store.write(
        broadcast_transitions.save_broadcast_draft(NEWS),
        broadcast_transitions.schedule_broadcast(NEWS, NOW, FARID),
    )


async def sent(store: Store, *people: LearnerId) -> Broadcast:
    """A broadcast that is being sent to these people."""
    await scheduled(store, *people)
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
