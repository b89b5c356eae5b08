"""Recipients of a broadcast and their deliveries: reads and statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from course.cohorts.audiences import Person
from course.model import LearnerId
from course.reminders.preferences import Wishes
from storage.broadcasts import KIND, Broadcast, part_text
from storage.outbox import Delivery, State
from storage.statements import Row, Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tally:
    """Number of a broadcast's deliveries with the same state and reason.

    Attributes:
        reason: the outbox's reason for the state; `None` when there is none.
        due_at: earliest due time among them, in UTC milliseconds.
    """

    state: State
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
    state: State
    reason: str | None
    due_at: int
    sent_at: int | None


async def tallies(
    store: Store, broadcast: Broadcast, part: frozenset[int] | None = None
) -> tuple[Tally, ...]:
    """Count a broadcast's deliveries by state and reason, people who were excluded included.

    Args:
        part: only current members of these cohorts who were members when the recipients were
            listed; `None` for all recipients.
    """
    wanted = (
        statement("delivery_states", subject=broadcast.subject)
        if part is None
        else statement("delivery_states_in_part", subject=broadcast.subject, part=part_text(part))
    )
    rows = await store.rows(wanted)
    return tuple(Tally(State(state), reason, count, due) for state, reason, count, due in rows)


async def state_of(store: Store, broadcast: Broadcast, learner: LearnerId) -> State | None:
    """Fetch the state of a broadcast's delivery to a learner; `None` when there is none."""
    delivery = Delivery(learner, KIND, broadcast.subject, 0)
    found = await store.state_of(delivery)
    return found[0] if found else None


async def of(
    store: Store,
    broadcast: Broadcast,
    skip: int,
    most: int,
    part: frozenset[int] | None = None,
) -> tuple[Recipient, ...]:
    """Fetch a page of a broadcast's recipients; failed and unknown deliveries come first.

    Args:
        part: as in `count_broadcast_deliveries`.
    """
    subject = broadcast.subject
    wanted = (
        statement("recipients", subject=subject, skip=skip, most=most)
        if part is None
        else statement(
            "recipients_in_part", subject=subject, part=part_text(part), skip=skip, most=most
        )
    )
    return tuple(
        Recipient(LearnerId(learner), State(state), reason, due_at, sent_at)
        for learner, state, reason, due_at, sent_at in await store.rows(wanted)
    )


async def deletable(
    store: Store, broadcast: Broadcast, since: int, beyond: int, most: int
) -> tuple[tuple[LearnerId, int], ...]:
    """Fetch messages sent after `since` and not deleted: learner and message id, by learner."""
    wanted = statement(
        "sent_deliveries", subject=broadcast.subject, since=since, beyond=beyond, most=most
    )
    rows = await store.rows(wanted)
    return tuple((LearnerId(learner), message) for learner, message in rows)


def delivers(broadcast: Broadcast, learner: LearnerId, due_at: int, at: int) -> Statement:
    """Queue a broadcast's message to a learner in the outbox."""
    return _adds(broadcast, learner, State.QUEUED, None, due_at, at)


def leaves_out(broadcast: Broadcast, learner: LearnerId, reason: str, at: int) -> Statement:
    """Record why a learner in the audience gets no message."""
    return _adds(broadcast, learner, State.SKIPPED, reason, at, at)


def takes_back(broadcast: Broadcast, learner: LearnerId, *, deleted: bool) -> Statement:
    """Record whether the message to a learner could be deleted."""
    name = "take_back" if deleted else "stays_sent"
    return statement(name, learner=learner, subject=broadcast.subject)


def retries(broadcast: Broadcast, which: Sequence[Tally], at: int) -> tuple[Statement, ...]:
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
        statement("forget_unknown", subject=broadcast.subject, failed=tally.state.value)
        for tally in which
        if tally.state is State.UNKNOWN
    )
    return (
        *unheard,
        *again,
        statement("retry_broadcast", broadcast=broadcast.id, subject=broadcast.subject),
    )


def _adds(
    broadcast: Broadcast,
    learner: LearnerId,
    state: State,
    reason: str | None,
    due_at: int,
    at: int,
) -> Statement:
    return statement(
        "add_delivery",
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
class Belonging:
    """A cohort of a learner, with the membership's name. Times are UTC milliseconds."""

    cohort: int
    name: str | None
    joined_at: int
    starts_at: int | None
    deadline: int | None
    zone: str


async def candidates(
    store: Store, cohort: int | None, beyond: int, most: int
) -> tuple[Candidate, ...]:
    """Fetch up to `most` members of a cohort, or with `None` learners, above id `beyond`."""
    wanted = (
        statement("everybody_to_tell", beyond=beyond, most=most)
        if cohort is None
        else statement("members_to_tell", cohort=cohort, beyond=beyond, most=most)
    )
    return tuple(map(_candidate, await store.rows(wanted)))


async def belonging(store: Store, learner: LearnerId) -> tuple[Belonging, ...]:
    """Fetch a learner's cohorts, nearest deadline first; archived ones are left out."""
    rows = await store.rows(statement("belonging_of", learner=learner))
    return tuple(Belonging(*row) for row in rows)


def _candidate(row: Row) -> Candidate:
    learner, language, zone, quiet_from, quiet_to, stopped_at, unreachable_at, *rest = row
    active_at, proactive_at, name, starts_at, deadline, cohort_zone, joined_at = rest
    wishes = Wishes(
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
