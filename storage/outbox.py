"""The outbox: unasked messages, each to one recipient, and their results.

A delivery is claimed by one sender, begun just before its request is written, and ends with a
result. If a sender dies, the next one sends what was claimed; what was begun is not sent again,
since it may have arrived. See docs/decisions/0010-sending-at-least-once.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from course.model import LearnerId
from storage.statements import Phase, Statement, statement

REMINDER = "nudge"
"""The kind of a reminder; its subject is the name of its due reminder."""

NOTE = "note"
"""The kind of a note from a facilitator to one learner; its subject is the note's id."""

ANSWER = "answer"
"""The kind of a note that answers a support request. The learner asked, so it is not unasked."""

QUESTION = "question"
"""The kind of the notification of a member's question; its subject is the request's id."""

BROADCAST = "broadcast"
"""The kind of a broadcast's messages; their subject is its id."""

DIGEST = "digest"
"""The kind of a facilitator's daily digest; its subject is the time at which it was due."""

REPORT = "report"
"""The kind of a weekly report; its subject is its local date."""

SUMMARY = "summary"
"""The kind of a cohort's weekly summary for its group; its subject is cohort and local date."""

RECOUNT = "recount"
"""The kind of a notice to an admin that a recount found errors; its subject is when, and how many.
"""

THANKS = "thanks"
"""The kind of thanks for a report of a mistake; its subject is the report's number."""

_COUNTED_KINDS = frozenset({REMINDER, NOTE, BROADCAST})

OUTBOX_LEASE = "outbox"
"""Name of the lease whose holder sends: Telegram's rate limit is one for the whole bot."""


class DeliveryState(StrEnum):
    """State of a delivery; values are stored, so never renamed."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    """Taken by a sender, surely not sent."""
    SENDING = "sending"
    """The request may have been written."""
    SENT = "sent"
    FAILED = "failed"
    """Telegram refused it, or it could not be rendered."""
    UNKNOWN = "unknown"
    """No response came; it is not sent again."""
    SKIPPED = "skipped"
    """It was no longer wanted or allowed at the time of sending."""
    CANCELLED = "cancelled"
    """The learner was active or changed their preferences first, or the sender cancelled it."""
    DELETED = "deleted"
    """It was sent and later deleted."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message in the outbox.

    Attributes:
        recipient: the chat that gets it: the user id of a person, or the negative id of a group.
        subject: identifies it among the recipient's deliveries of its kind.
        due_at: earliest time to send, in UTC milliseconds.
        reason: why it waited; `None` when it did not.
    """

    recipient: int
    kind: str
    subject: str
    due_at: int
    reason: str | None = None

    @property
    def is_to_group(self) -> bool:
        """Whether a group gets it. Bot API: the ids of groups are negative."""
        return self.recipient < 0

    @property
    def is_counted(self) -> bool:
        """Whether it counts as the learner's unasked message of the day."""
        return self.kind in _COUNTED_KINDS

    @property
    def key(self) -> tuple[int, str, str]:
        """Unique key of the delivery."""
        return self.recipient, self.kind, self.subject


def queue_notice(recipient: int, kind: str, subject: str, at: int) -> Statement:
    """Queue a message of no learner, once for its subject."""
    return statement("queue_notice", recipient=recipient, kind=kind, subject=subject, at=at)


def claim_deliveries(kind: str, holder: str, now: int, limit: int) -> Statement:
    """Claim up to `limit` due deliveries, longest overdue first.

    See `Store.fetch_claimed_deliveries`.
    """
    return statement("claim_deliveries", kind=kind, holder=holder, now=now, most=limit)


def begin_delivery(delivery: Delivery, holder: str, at: int) -> tuple[Statement, ...]:
    """Mark a delivery as being sent, just before its request; no effect if it was taken away."""
    which = _delivery_key(delivery)
    begun = statement("begin_delivery", **which, holder=holder, at=at)
    if not delivery.is_counted:
        return (begun,)
    return begun, statement("mark_proactive_sent", **which, holder=holder, at=at)


def record_delivery_result(
    delivery: Delivery,
    holder: str,
    state: DeliveryState,
    reason: str | None = None,
    message: int | None = None,
) -> tuple[Statement, ...]:
    """Record the result of a delivery; one that failed does not count as the day's message.

    Args:
        reason: why it ended so, for statistics and operators; `None` for no reason.
        message: id of the sent message in its chat.
    """
    settled = statement(
        "record_delivery_result",
        **_delivery_key(delivery),
        holder=holder,
        state=state.value,
        reason=reason,
        message_id=message,
    )
    if state is DeliveryState.FAILED:
        return statement("clear_proactive_sent", **_delivery_key(delivery), holder=holder), settled
    if state is not DeliveryState.SENT or delivery.kind != REMINDER:
        return (settled,)
    counted = statement(
        "count_sent_reminder",
        Phase.BEFORE_FACTS,
        learner=delivery.recipient,
        opportunity=delivery.subject,
        holder=holder,
    )
    return counted, settled


def requeue_delivery(
    delivery: Delivery, holder: str, due_at: int, reason: str | None = None
) -> tuple[Statement, ...]:
    """Queue a delivery again that surely was not sent; it is due at `due_at`.

    It does not count as the day's message. If its broadcast was stopped or deleted meanwhile, it
    is cancelled instead.
    """
    which = _delivery_key(delivery)
    return (
        statement("clear_proactive_sent", **which, holder=holder),
        statement("requeue_delivery", **which, holder=holder, due_at=due_at, reason=reason),
        statement("cancel_requeued_delivery", **which),
    )


def move_deliveries(group: int, new_group: int) -> Statement:
    """Replace a group's id in what waits for it, after Telegram migrated it."""
    return statement("move_deliveries", recipient=group, moved_to=new_group)


def delete_deliveries_to(person: LearnerId) -> Statement:
    """Delete all messages to a person, sent or queued."""
    return statement("delete_deliveries_to", recipient=person)


def cancel_reminders(learner: LearnerId, reason: str) -> Statement:
    """Cancel the learner's reminders that are not being sent yet."""
    return statement("cancel_reminders", learner=learner, reason=reason)


def acquire_lease(holder: str, now: int, until: int) -> Statement:
    """Acquire the outbox lease until `until`, unless another process holds it.

    See `Store.fetch_lease_holder`.
    """
    return statement("acquire_lease", lease=OUTBOX_LEASE, holder=holder, now=now, until=until)


def release_outbox(holder: str) -> tuple[Statement, ...]:
    """Release the lease and requeue claimed deliveries; begun ones become `UNKNOWN`."""
    return (
        statement("requeue_claimed_deliveries", holder=holder),
        statement("mark_begun_deliveries_unknown", holder=holder),
        statement("release_lease", lease=OUTBOX_LEASE, holder=holder),
    )


def recover_deliveries(holder: str) -> tuple[Statement, ...]:
    """Requeue what dead senders had claimed, and mark what they had begun as `UNKNOWN`.

    No effect without the lease.
    """
    return (
        statement("requeue_orphaned_deliveries", holder=holder),
        statement("mark_orphaned_deliveries_unknown", holder=holder),
    )


def _delivery_key(delivery: Delivery) -> dict[str, int | str]:
    return {
        "recipient": delivery.recipient,
        "kind": delivery.kind,
        "subject": delivery.subject,
    }
