"""The outbox: messages that nobody asked for, each to one learner, and what becomes of them.

A delivery is claimed by one sender, begun when its request is about to be written, and settled. A
sender that dies leaves what it had claimed to the next one, which sends it, and what it had begun,
which nobody sends again: it may have arrived. See docs/decisions/0010-sending-at-least-once.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from course.model import LearnerId
from storage.statements import Statement, statement

NUDGE = "nudge"
"""The kind of a reminder; its subject is its opportunity."""

NOTE = "note"
"""The kind of what a facilitator writes to one learner; its subject is the note's id."""

ANSWER = "answer"
"""The kind of a note that answers a request. The learner asked for it: it is nothing unasked."""

QUESTION = "question"
"""The kind of what tells a facilitator that a member asks. They may be no learner, so that it is
kept with whoever asked, and goes with them; its subject is the request's id and the facilitator's.
"""

LEASE = "outbox"
"""Who holds this lease sends; Telegram's rate is one for the whole bot."""


class State(StrEnum):
    """Where a delivery stands; stored, so never renamed."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    """In the hands of a sender, surely not sent."""
    SENDING = "sending"
    """The request may have been written."""
    SENT = "sent"
    FAILED = "failed"
    """Telegram refused it, or it could not be made."""
    UNKNOWN = "unknown"
    """No answer came; it is not sent again."""
    SKIPPED = "skipped"
    """It was no longer wanted or allowed when its turn came."""
    CANCELLED = "cancelled"
    """The learner came before it, or changed their wishes; or whoever sent it took it back."""
    DELETED = "deleted"
    """It was sent, and deleted again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one learner.

    Attributes:
        subject: what it is about: of a nudge its opportunity.
        due_at: not before, in UTC milliseconds.
    """

    learner: LearnerId
    kind: str
    subject: str
    due_at: int

    @property
    def to(self) -> LearnerId:
        """Who gets it."""
        if self.kind != QUESTION:
            return self.learner
        return LearnerId(int(self.subject.partition(":")[2]))

    @property
    def key(self) -> tuple[LearnerId, str, str]:
        """What no other delivery has."""
        return self.learner, self.kind, self.subject


def about_question(request: int, person: LearnerId) -> str:
    """The subject of what tells `person` of a request."""
    return f"{request}:{person}"


def claims(kind: str, holder: str, now: int, most: int) -> Statement:
    """Take up to `most` deliveries that are due, the latest first; see `Store.claimed`."""
    return statement("claim_deliveries", kind=kind, holder=holder, now=now, most=most)


def begins(delivery: Delivery, holder: str, at: int) -> tuple[Statement, ...]:
    """The request is about to be written, unless the delivery was taken away meanwhile."""
    which = _which(delivery)
    begun = statement("begin_delivery", **which, holder=holder, at=at)
    if delivery.kind in (ANSWER, QUESTION):
        return (begun,)
    return begun, statement("begin_proactive", **which, holder=holder, at=at)


def settles(
    delivery: Delivery,
    holder: str,
    state: State,
    reason: str | None = None,
    message: int | None = None,
) -> tuple[Statement, ...]:
    """What became of it; of one that failed its learner heard nothing.

    Args:
        reason: for whoever looks why.
        message: its number in the chat.
    """
    settled = statement(
        "settle_delivery",
        **_which(delivery),
        holder=holder,
        state=state.value,
        reason=reason,
        message_id=message,
    )
    if state is State.FAILED:
        return statement("forget_proactive", **_which(delivery), holder=holder), settled
    if state is not State.SENT or delivery.kind != NUDGE:
        return (settled,)
    counted = statement(
        "count_sent", learner=delivery.learner, opportunity=delivery.subject, holder=holder
    )
    return counted, settled


def requeues(
    delivery: Delivery, holder: str, due_at: int, reason: str | None = None
) -> tuple[Statement, ...]:
    """It was surely not sent: it waits until `due_at`, and its learner heard nothing by it.

    Of a broadcast that was stopped or undone meanwhile nothing waits any more.
    """
    which = _which(delivery)
    return (
        statement("forget_proactive", **which, holder=holder),
        statement("requeue_delivery", **which, holder=holder, due_at=due_at, reason=reason),
        statement("cancel_requeued", **which),
    )


def cancels(learner: LearnerId, reason: str) -> Statement:
    """Take back nudges that are not on their way."""
    return statement("cancel_nudges", learner=learner, reason=reason)


def leases(holder: str, now: int, until: int) -> Statement:
    """Be the one who sends, until `until`, unless another one is; see `Store.sender`."""
    return statement("take_lease", lease=LEASE, holder=holder, now=now, until=until)


def leaves(holder: str) -> tuple[Statement, ...]:
    """Let others send, also what this sender had in hand; what it had begun nobody sends again."""
    return (
        statement("let_go", holder=holder),
        statement("give_up", holder=holder),
        statement("drop_lease", lease=LEASE, holder=holder),
    )


def recovers(holder: str) -> tuple[Statement, ...]:
    """Take over what senders that are gone have left; nothing for who does not hold the lease."""
    return (
        statement("requeue_orphans", holder=holder),
        statement("give_up_orphans", holder=holder),
    )


def _which(delivery: Delivery) -> dict[str, int | str]:
    return {
        "learner": delivery.learner,
        "kind": delivery.kind,
        "subject": delivery.subject,
    }
