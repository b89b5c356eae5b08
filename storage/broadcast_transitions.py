"""State changes of a broadcast, from draft to done, as statements.

Each has no effect if the broadcast is not in the expected state any more; read it again to see.
"""

from course.model import LearnerId
from storage.broadcasts import Broadcast, BroadcastState, serialize_audience, serialize_content
from storage.statements import Statement, statement

_NEVER = -1  # stands for null, since null = null is not true in SQL


def save_broadcast_draft(draft: Broadcast) -> Statement:
    """Insert or update a draft; no effect once it was sent."""
    return statement(
        "save_broadcast_draft",
        broadcast=draft.id,
        made_by=draft.made_by,
        made_at=draft.made_at,
        audience=serialize_audience(draft.audience),
        content=serialize_content(draft.content),
        send_at=draft.send_at,
        local_hour=draft.local_hour,
        weekly=int(draft.weekly),
        urgent=int(draft.urgent),
    )


def schedule_broadcast(
    seen: Broadcast, send_at: int, chat: int, message: int | None = None
) -> Statement:
    """Schedule a draft for `send_at`; of several people who do so the first one wins.

    Args:
        seen: the draft as the sender saw it; no effect if its text, audience or time differs from
            what is stored, e.g. because a colleague changed it at the same moment.
        chat: the sender's chat, where progress is reported.
        message: the message there that reports it; `None` for a new one when sending begins.
    """
    return statement(
        "schedule_broadcast",
        broadcast=seen.id,
        send_at=send_at,
        chat=chat,
        message_id=message,
        audience=serialize_audience(seen.audience),
        content=serialize_content(seen.content),
        seen_at=_NEVER if seen.send_at is None else seen.send_at,
        local_hour=_NEVER if seen.local_hour is None else seen.local_hour,
        weekly=int(seen.weekly),
        urgent=int(seen.urgent),
    )


def reopen_broadcast(broadcast: Broadcast) -> Statement:
    """Make a scheduled broadcast a draft again; no effect once it has deliveries."""
    return statement("reopen_broadcast", broadcast=broadcast.id, subject=broadcast.subject)


def cancel_broadcast(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Cancel a broadcast that has no deliveries yet; for one that has, see `stop_broadcast`."""
    return (
        statement("cancel_broadcast", broadcast=broadcast.id, subject=broadcast.subject),
        _cancel_deliveries(broadcast, BroadcastState.CANCELLED),
    )


def start_sending_broadcast(broadcast: Broadcast, repeat_at: int | None) -> tuple[Statement, ...]:
    """Mark a broadcast as being sent, once its whole audience has deliveries.

    Args:
        repeat_at: when to repeat it, in UTC milliseconds; `None` for not at all.
    """
    begun = statement("start_sending_broadcast", broadcast=broadcast.id)
    if repeat_at is None:
        return (begun,)
    repeated = statement(
        "repeat_broadcast", broadcast=broadcast.id, repetition=broadcast.next_id, send_at=repeat_at
    )
    return repeated, begun


def stop_broadcast(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Stop sending a broadcast; cancel its waiting deliveries."""
    return (
        statement("stop_broadcast", broadcast=broadcast.id),
        _cancel_deliveries(broadcast, BroadcastState.STOPPED),
    )


def finish_broadcast(broadcast: Broadcast) -> Statement:
    """Mark a broadcast as done, unless a delivery of it is still queued or being sent."""
    return statement("finish_broadcast", broadcast=broadcast.id, subject=broadcast.subject)


def start_deleting_broadcast(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Stop sending a broadcast and start deleting the messages that were sent."""
    return (
        statement("start_deleting_broadcast", broadcast=broadcast.id),
        _cancel_deliveries(broadcast, BroadcastState.DELETING),
    )


def mark_broadcast_deleted(broadcast: Broadcast) -> Statement:
    """Mark a broadcast as deleted: every message that can be deleted is."""
    return statement("mark_broadcast_deleted", broadcast=broadcast.id)


def set_progress_message(broadcast: int, chat: int, message: int | None) -> Statement:
    """Set the message that reports a broadcast's progress; `None` for none."""
    return statement("set_progress_message", broadcast=broadcast, chat=chat, message=message)


def set_rsvp(broadcast: int, learner: LearnerId, choice: int, at: int) -> Statement:
    """Store a recipient's answer to a broadcast; no effect for anybody who did not get it.

    Args:
        choice: index into the broadcast's answers, from 0.
    """
    return statement(
        "set_rsvp",
        broadcast=broadcast,
        learner=learner,
        subject=str(broadcast),
        choice=choice,
        at=at,
    )


def _cancel_deliveries(broadcast: Broadcast, state: BroadcastState) -> Statement:
    """Cancel the deliveries that are not being sent yet, if the broadcast is in `state`."""
    return statement(
        "cancel_broadcast_deliveries",
        broadcast=broadcast.id,
        subject=broadcast.subject,
        state=state.value,
    )
