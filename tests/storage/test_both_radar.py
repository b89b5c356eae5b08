"""What the radar reads, notes, requests and digests, on both databases."""

from dataclasses import replace

import pytest

from course.cohorts.radar import Concern
from course.learning.progress import Reading
from course.model import LearnerId, QuestionId
from storage import (
    cohorts,
    digests,
    facts,
    invitations,
    learners,
    memberships,
    notes,
    outbox,
    radar,
    roles,
    support_requests,
)
from storage.notes import Note
from storage.outbox import (
    ANSWER,
    DIGEST,
    NOTE,
    QUESTION,
    Delivery,
    DeliveryState,
)
from storage.store import Store
from tests.course.examples import Walker
from tests.storage.conftest import NOW
from tests.storage.test_both_cohorts import AMINA, BARAKA, LINK, NAIROBI

FARID, GRACE = LearnerId(2001), LearnerId(2002)
COHORT = NAIROBI.id
NOTE_TO_AMINA = Note(70, AMINA, COHORT, "silent:0", "Hello", FARID, NOW, 9)


@pytest.fixture
async def store(opened_store: Store) -> Store:
    """Amina and Baraka in a cohort of Farid's."""
    await opened_store.write(
        *(learners.add_learner(person, NOW, "en") for person in (AMINA, BARAKA)),
        cohorts.add_cohort(NAIROBI, FARID),
        roles.add_facilitator(FARID, COHORT, NOW),
        invitations.add_invitation(LINK, FARID),
        *memberships.join_cohort(
            AMINA, 9_000 + AMINA, LINK.digest, "Amina", f"Oak {AMINA}", NOW + 1
        ),
        *memberships.join_cohort(
            BARAKA, 9_000 + BARAKA, LINK.digest, None, f"Oak {BARAKA}", NOW + 1
        ),
    )
    return opened_store


async def walks(store: Store, learner: LearnerId, steps: int) -> Walker:
    walker = Walker(at=NOW)
    for _ in range(steps):
        walker.goes_on()
    for reading in walker.readings:
        await store.write(*facts.add_reading(learner, replace(reading, update=reading.update)))
    for attempt in walker.attempts:
        await store.write(*facts.add_attempt(learner, attempt, "1"))
    return walker


async def test_members_come_in_pages_with_the_same_progress_as_alone(store: Store) -> None:
    await walks(store, AMINA, 7)

    everybody = await radar.fetch_radar_members(store, COHORT, 0, 10)
    first = await radar.fetch_radar_members(store, COHORT, 0, 1)
    second = await radar.fetch_radar_members(store, COHORT, AMINA, 1)

    assert [one.display_name for one in everybody] == ["Amina", f"Oak {BARAKA}"]
    assert everybody == (*first, *second)
    for one in everybody:
        assert one.progress == (await store.fetch_history(one.learner)).progress
    assert everybody[0].progress.attempts.keys() == {QuestionId("m1q1"), QuestionId("m1q2")}
    assert await radar.fetch_radar_members(store, COHORT, BARAKA, 10) == ()
    await store.write(memberships.leave_cohort(AMINA, COHORT, NOW + 2))
    assert [one.learner for one in await radar.fetch_radar_members(store, COHORT, 0, 10)] == [
        BARAKA
    ]


async def test_what_was_seen_is_kept_and_never_goes_back(store: Store) -> None:
    await store.write(radar.mark_concern_handled(COHORT, AMINA, Concern.SILENT, NOW + 5))
    await store.write(radar.mark_concern_handled(COHORT, AMINA, Concern.SILENT, NOW + 3))
    await store.write(radar.mark_concern_handled(COHORT, FARID, Concern.SILENT, NOW))

    assert await radar.fetch_handled_concerns(store, COHORT) == {AMINA: {Concern.SILENT: NOW + 5}}


async def test_of_two_notes_for_the_same_thing_the_first_is_kept_and_queued(store: Store) -> None:
    await store.write(*notes.add_note(NOTE_TO_AMINA))
    await store.write(*notes.add_note(NOTE_TO_AMINA))
    await store.write(*notes.add_note(replace(NOTE_TO_AMINA, id=71, made_by=GRACE)))

    assert await notes.fetch_note(store, 70) == NOTE_TO_AMINA
    assert await notes.fetch_note(store, 71) is None
    assert await notes.count_notes_about(store, AMINA, COHORT, Concern.SILENT) == 1
    assert await notes.count_notes_about(store, AMINA, COHORT, Concern.STUCK) == 0
    assert await store.count_queued(NOTE, NOW) == 1
    stand = await notes.fetch_note_status(store, 70)
    assert stand is not None
    assert (stand.state, stand.is_final, stand.reported_at) == (DeliveryState.QUEUED, False, None)


@pytest.mark.parametrize(
    ("topic", "kind", "told"), [("silent:0", NOTE, True), ("request:5", ANSWER, False)]
)
async def test_a_note_counts_as_heard_unasked_and_an_answer_does_not(
    store: Store, topic: str, kind: str, told: bool
) -> None:
    note = replace(NOTE_TO_AMINA, topic=topic)
    await store.write(*notes.add_note(note))
    await store.write(outbox.acquire_lease("h", NOW, NOW + 1000))
    await store.write(outbox.claim_deliveries(kind, "h", NOW, 9))
    (claimed,) = await store.fetch_claimed_deliveries("h")
    assert claimed == Delivery(AMINA, kind, "70", NOW)

    await store.write(*outbox.begin_delivery(claimed, "h", NOW + 7))
    await store.write(*outbox.record_delivery_result(claimed, "h", DeliveryState.SENT, message=3))

    learner = (await store.fetch_history(AMINA)).learner
    assert learner is not None
    assert (learner.proactive_at == NOW + 7) is told
    ((kept, stand),) = await notes.fetch_notes_to_report(store)
    assert kept == note
    assert stand.is_final
    await store.write(notes.mark_note_reported(70, NOW + 8))
    assert await notes.fetch_notes_to_report(store) == ()


async def test_a_question_is_taken_once_and_answered_once(store: Store) -> None:
    await store.write(support_requests.add_request(5, AMINA, COHORT, "m1q1", "Why & <b>?", NOW))
    await store.write(support_requests.add_request(5, AMINA, COHORT, "m1q1", "Again", NOW))
    await store.write(support_requests.take_request(5, FARID))
    await store.write(support_requests.take_request(5, GRACE))
    found = await support_requests.fetch_request(store, 5)
    assert found is not None
    assert (found.text, found.taken_by, found.display_name) == ("Why & <b>?", FARID, "Amina")
    await store.write(support_requests.take_request(5, GRACE, reassign=True))
    await store.write(support_requests.release_request(5, FARID))
    assert (await support_requests.fetch_waiting_requests(store, COHORT, 0, 9))[0].taken_by == GRACE

    await store.write(support_requests.mark_request_answered(5, 99, NOW + 1))
    assert (await support_requests.count_waiting_requests(store, COHORT)).count == 1, "no such note"
    answer = replace(NOTE_TO_AMINA, topic=notes.topic_of_request(5))
    await store.write(
        *notes.add_note(answer), support_requests.mark_request_answered(5, answer.id, NOW + 2)
    )

    assert (await support_requests.count_waiting_requests(store, COHORT)).count == 0
    assert await support_requests.fetch_waiting_requests(store, COHORT, 0, 9) == ()


async def test_what_tells_of_a_question_is_kept_once_and_goes_with_whom_it_is_for(
    store: Store,
) -> None:
    def told(request: int, person: LearnerId) -> Delivery:
        return Delivery(person, QUESTION, str(request), NOW)

    await store.write(
        support_requests.add_request(5, AMINA, COHORT, "", "?", NOW),
        support_requests.queue_request_notification(5, GRACE, NOW),
    )
    await store.write(
        support_requests.queue_request_notification(5, FARID, NOW),
        support_requests.queue_request_notification(6, FARID, NOW),
    )
    await store.write(support_requests.queue_request_notification(5, FARID, NOW + 1))

    assert await store.fetch_delivery_state(told(6, FARID)) is None, "no such question"
    assert await store.fetch_delivery_state(told(5, FARID)) == (DeliveryState.QUEUED, None)
    await store.write(*roles.erase_person(FARID))
    assert await store.fetch_delivery_state(told(5, FARID)) is None
    assert await store.fetch_delivery_state(told(5, GRACE)) == (DeliveryState.QUEUED, None)
    await store.write(learners.delete_learner(AMINA))
    assert await store.fetch_delivery_state(told(5, GRACE)) is None


async def test_nobody_asks_more_than_three_questions_at_a_time(store: Store) -> None:
    for number in range(5):
        await store.write(
            support_requests.add_request(number, AMINA, COHORT, "", "?", NOW + number)
        )
    await store.write(support_requests.add_request(9, BARAKA, COHORT, "", "?", NOW + 9))

    counted = await support_requests.count_waiting_requests(store, COHORT, NOW + 1)
    assert (counted.count, counted.fresh) == (4, 2)
    await store.write(memberships.leave_cohort(AMINA, COHORT, NOW + 10))
    assert (await support_requests.count_waiting_requests(store, COHORT)).count == 1
    assert await support_requests.fetch_request(store, 0) is None


async def test_a_digest_is_queued_once(store: Store) -> None:
    (wanted,) = await digests.fetch_digests(store)
    assert (wanted.person, wanted.hour, wanted.zone) == (FARID, 9, NAIROBI.zone)

    for _ in range(2):  # two runs of the program
        await store.write(*digests.queue_digest(wanted, NOW, NOW + 1))

    assert await store.count_deliveries() == ((DIGEST, "queued", 1),)
    assert await digests.fetch_digests_of_person(store, FARID) == await digests.fetch_digests(store)
    await store.write(digests.mark_digest_reported(wanted, NOW + 1))
    (after,) = await digests.fetch_digests(store)
    assert (after.made_at, after.reported_until) == (NOW + 1, NOW + 1)
    await store.write(digests.set_digest_hour(FARID, None))
    assert await digests.fetch_digests(store) == ()
    assert await digests.fetch_digest_hours(store, FARID) == ((NAIROBI.name, None),)
    await store.write(*roles.erase_person(FARID))
    assert await store.count_deliveries() == ()


async def test_whoever_belongs_to_a_cohort_has_somebody_to_ask(store: Store) -> None:
    await store.write(cohorts.update_cohort(replace(NAIROBI, deadline=None)))
    learner = (await store.fetch_history(AMINA)).learner
    assert learner is not None
    assert (learner.has_cohort, learner.deadlines) == (True, ())

    await store.write(memberships.leave_cohort(AMINA, COHORT, NOW + 1))

    learner = (await store.fetch_history(AMINA)).learner
    assert learner is not None
    assert not learner.has_cohort


async def test_with_the_learner_everything_about_them_goes(store: Store) -> None:
    await store.write(*facts.add_reading(AMINA, Reading("m1l1c1", NOW, 1)))
    await store.write(*notes.add_note(NOTE_TO_AMINA))
    await store.write(support_requests.add_request(5, AMINA, COHORT, "", "?", NOW))
    await store.write(radar.mark_concern_handled(COHORT, AMINA, Concern.SILENT, NOW))

    await store.write(learners.delete_learner(AMINA))

    assert await notes.fetch_note(store, 70) is None
    assert await radar.fetch_handled_concerns(store, COHORT) == {}
    assert (await support_requests.count_waiting_requests(store, COHORT)).count == 0
