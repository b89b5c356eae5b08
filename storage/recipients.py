"""Recipients of a broadcast and their deliveries: reads and statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from course.cohorts.audiences import Person
from course.model import LearnerId
from course.reminders.preferences import Preferences
from storage.broadcasts import Broadcast, serialize_cohorts
from storage.outbox import BROADCAST, Delivery, DeliveryState
from storage.statements import Row, Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """Number of a broadcast's deliveries with the same state and reason.

    Attributes:
        reason: the outbox's reason for the state; `None` when there is none.
        due_at: earliest due time among them, in UTC milliseconds.
    """

    state: DeliveryState
    reason: str | None
    count: int
    due_at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of a broadcast, with the result of the delivery. Times are UTC milliseconds.

    Attributes:
        due_at: earliest time to send.
        sent_at: when it was sent, or may have been; `None` when it was not.
    """

    learner: LearnerId
    state: DeliveryState
    reason: str | None
    due_at: int
    sent_at: int | None


async def count_broadcast_deliveries(
    store: Store, broadcast: Broadcast, cohorts: frozenset[int] | None = None
) -> tuple[DeliveryCount, ...]:
    """Count a broadcast's deliveries by state and reason, people who were excluded included.

    Args:
        cohorts: only current members of these cohorts who were members when the recipients were
            listed; `None` for all recipients.
    """
    wanted = statement(
        "count_broadcast_deliveries", subject=broadcast.subject, part=serialize_cohorts(cohorts)
    )
    rows = await store.fetch_rows(wanted)
    return tuple(
        DeliveryCount(DeliveryState(state), reason, count, due)
        for state, reason, count, due in rows
    )


async def fetch_recipient_state(
    store: Store, broadcast: Broadcast, learner: LearnerId
) -> DeliveryState | None:
    """Fetch the state of a broadcast's delivery to a learner; `None` when there is none."""
    delivery = Delivery(learner, BROADCAST, broadcast.subject, 0)
    found = await store.fetch_delivery_state(delivery)
    return found[0] if found else None


async def fetch_recipients(
    store: Store,
    broadcast: Broadcast,
    offset: int,
    limit: int,
    cohorts: frozenset[int] | None = None,
) -> tuple[Recipient, ...]:
    """Fetch a page of a broadcast's recipients; failed and unknown deliveries come first.

    Args:
        cohorts: as in `count_broadcast_deliveries`.
    """
    wanted = statement(
        "fetch_recipients",
        subject=broadcast.subject,
        part=serialize_cohorts(cohorts),
        skip=offset,
        most=limit,
    )
    return tuple(
        Recipient(LearnerId(learner), DeliveryState(state), reason, due_at, sent_at)
        for learner, state, reason, due_at, sent_at in await store.fetch_rows(wanted)
    )


async def fetch_deletable_messages(
    store: Store, broadcast: Broadcast, since: int, after_learner: int, limit: int
) -> tuple[tuple[LearnerId, int], ...]:
    """Fetch messages sent after `since` and not deleted: learner and message id, by learner."""
    wanted = statement(
        "fetch_deletable_messages",
        subject=broadcast.subject,
        since=since,
        beyond=after_learner,
        most=limit,
    )
    rows = await store.fetch_rows(wanted)
    return tuple((LearnerId(learner), message) for learner, message in rows)


def queue_broadcast_delivery(
    broadcast: Broadcast, learner: LearnerId, due_at: int, at: int
) -> Statement:
    """Queue a broadcast's message to a learner in the outbox."""
    return _add_delivery(broadcast, learner, DeliveryState.QUEUED, None, due_at, at)


def exclude_recipient(broadcast: Broadcast, learner: LearnerId, reason: str, at: int) -> Statement:
    """Record why a learner in the audience gets no message."""
    return _add_delivery(broadcast, learner, DeliveryState.SKIPPED, reason, at, at)


def record_deletion(broadcast: Broadcast, learner: LearnerId, *, deleted: bool) -> Statement:
    """Record whether the message to a learner could be deleted."""
    name = "mark_delivery_deleted" if deleted else "mark_delivery_undeletable"
    return statement(name, learner=learner, subject=broadcast.subject)


def retry_deliveries(
    broadcast: Broadcast, which: Sequence[DeliveryCount], at: int
) -> tuple[Statement, ...]:
    """Queue a broadcast's deliveries again whose state and reason are in `which`, due at `at`.

    Those of unknown result no longer count as the learner's message of the day.
    """
    again = (
        statement(
            "retry_deliveries",
            broadcast=broadcast.id,
            subject=broadcast.subject,
            failed=tally.state.value,
            reason=tally.reason,
            at=at,
        )
        for tally in which
    )
    unheard = (
        statement("clear_unknown_proactive", subject=broadcast.subject, failed=tally.state.value)
        for tally in which
        if tally.state is DeliveryState.UNKNOWN
    )
    return (
        *unheard,
        *again,
        statement("retry_broadcast", broadcast=broadcast.id, subject=broadcast.subject),
    )


def _add_delivery(
    broadcast: Broadcast,
    learner: LearnerId,
    state: DeliveryState,
    reason: str | None,
    due_at: int,
    at: int,
) -> Statement:
    return statement(
        "add_broadcast_delivery",
        broadcast=broadcast.id,
        learner=learner,
        subject=broadcast.subject,
        state=state.value,
        reason=reason,
        due_at=due_at,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner who may belong to a broadcast's audience.

    Attributes:
        name: the display name they chose; `None` when they chose none.
    """

    person: Person
    name: str | None


@dataclass(frozen=True, slots=True)
class LearnerCohort:
    """A cohort of a learner, with the membership's name. Times are UTC milliseconds."""

    cohort: int
    name: str | None
    joined_at: int
    starts_at: int | None
    deadline: int | None
    zone: str


async def fetch_candidates(
    store: Store, cohort: int | None, after_learner: int, limit: int
) -> tuple[Candidate, ...]:
    """Fetch up to `limit` members of a cohort, or with `None` learners, after `after_learner`."""
    wanted = (
        statement("fetch_all_candidates", beyond=after_learner, most=limit)
        if cohort is None
        else statement("fetch_member_candidates", cohort=cohort, beyond=after_learner, most=limit)
    )
    return tuple(map(_candidate_from_row, await store.fetch_rows(wanted)))


async def fetch_learner_cohorts(store: Store, learner: LearnerId) -> tuple[LearnerCohort, ...]:
    """Fetch a learner's cohorts, nearest deadline first; archived ones are left out."""
    rows = await store.fetch_rows(statement("fetch_learner_cohorts", learner=learner))
    return tuple(LearnerCohort(*row) for row in rows)


def _candidate_from_row(row: Row) -> Candidate:
    learner, language, zone, quiet_from, quiet_to, stopped_at, unreachable_at, *rest = row
    active_at, proactive_at, name, starts_at, deadline, cohort_zone, joined_at = rest
    wishes = Preferences(
        stopped=stopped_at is not None,
        unreachable=unreachable_at is not None,
        zone=zone or None,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
    )
    person = Person(
        LearnerId(learner),
        wishes,
        language,
        active_at or joined_at,
        proactive_at,
        max(joined_at, starts_at or 0),
        deadline,
        cohort_zone,
    )
    return Candidate(person, name)
