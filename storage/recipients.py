"""Who gets a broadcast, and what becomes of it for each; statements to change that."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from course.audiences import Person
from course.model import LearnerId
from course.wishes import Wishes
from storage.broadcasts import KIND, Broadcast, part_text
from storage.deliveries import Delivery, State
from storage.statements import Row, Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a broadcast's recipients stand the same.

    Attributes:
        reason: why, in the outbox's words; `None` when there is none.
        due_at: when the first of them is or was to be sent at the earliest.
    """

    state: State
    reason: str | None
    count: int
    due_at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """What became of a broadcast for one learner.

    Attributes:
        due_at: when it is or was to be sent at the earliest.
        sent_at: when it was, or may have been.
    """

    learner: LearnerId
    state: State
    reason: str | None
    due_at: int
    sent_at: int | None


async def tallies(
    store: Store, broadcast: Broadcast, part: frozenset[int] | None = None
) -> tuple[Tally, ...]:
    """How many recipients are in each state, and why; whoever is left out counts too.

    Args:
        part: only people who belonged to one of these cohorts when it was put together, and do
            still; `None` for everybody.
    """
    wanted = (
        statement("delivery_states", subject=broadcast.subject)
        if part is None
        else statement("delivery_states_in_part", subject=broadcast.subject, part=part_text(part))
    )
    rows = await store.rows(wanted)
    return tuple(Tally(State(state), reason, count, due) for state, reason, count, due in rows)


async def state_of(store: Store, broadcast: Broadcast, learner: LearnerId) -> State | None:
    """Where it stands for one learner; `None` when it is not for them."""
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
    """What became of each recipient; what needs a look comes first.

    Args:
        part: as of `tallies`.
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
    """Messages sent after `since` that are still there: learner and number, by learner."""
    wanted = statement(
        "sent_deliveries", subject=broadcast.subject, since=since, beyond=beyond, most=most
    )
    rows = await store.rows(wanted)
    return tuple((LearnerId(learner), message) for learner, message in rows)


def delivers(broadcast: Broadcast, learner: LearnerId, due_at: int, at: int) -> Statement:
    """Put its message to somebody into the outbox."""
    return _adds(broadcast, learner, State.QUEUED, None, due_at, at)


def leaves_out(broadcast: Broadcast, learner: LearnerId, reason: str, at: int) -> Statement:
    """Note why somebody of its audience gets nothing."""
    return _adds(broadcast, learner, State.SKIPPED, reason, at, at)


def takes_back(broadcast: Broadcast, learner: LearnerId, *, deleted: bool) -> Statement:
    """Whether the message to somebody could be deleted again."""
    name = "take_back" if deleted else "stays_sent"
    return statement(name, learner=learner, subject=broadcast.subject)


def retries(broadcast: Broadcast, which: Sequence[Tally], at: int) -> tuple[Statement, ...]:
    """Send it once more to those who stand as `which` say, from `at` on.

    Of whom nobody knows whether it arrived counts as not having heard it.
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
    """Somebody whom a broadcast may be for.

    Attributes:
        name: as they want to be called; `None` when they chose no name.
    """

    person: Person
    name: str | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """A cohort to which a learner belongs. Times are UTC milliseconds."""

    cohort: int
    name: str | None
    joined_at: int
    starts_at: int | None
    deadline: int | None
    zone: str


async def candidates(
    store: Store, cohort: int | None, beyond: int, most: int
) -> tuple[Candidate, ...]:
    """Who belongs to a cohort, or with `None` everybody: at most `most` with ids above `beyond`."""
    wanted = (
        statement("everybody_to_tell", beyond=beyond, most=most)
        if cohort is None
        else statement("members_to_tell", cohort=cohort, beyond=beyond, most=most)
    )
    return tuple(map(_candidate, await store.rows(wanted)))


async def belonging(store: Store, learner: LearnerId) -> tuple[Belonging, ...]:
    """Where a learner belongs, the nearest deadline first; cohorts that are over left out."""
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
