"""State changes of a broadcast, from draft to done, as statements.

Each has no effect if the broadcast is not in the expected state any more; read it again to see.
"""

from course.model import LearnerId
from storage.broadcasts import Broadcast, State, audience_text, content_text
from storage.statements import Statement, statement

_NEVER = -1  # stands for null, since null = null is not true in SQL


def keeps(draft: Broadcast) -> Statement:
    """Insert or update a draft; no effect once it was sent."""
    return statement(
        "keep_draft_broadcast",
        broadcast=draft.id,
        made_by=draft.made_by,
        made_at=draft.made_at,
        audience=audience_text(draft.audience),
        content=content_text(draft.content),
        send_at=draft.send_at,
        local_hour=draft.local_hour,
        weekly=int(draft.weekly),
        urgent=int(draft.urgent),
    )


def starts(seen: Broadcast, send_at: int, chat: int, message: int | None = None) -> Statement:
    """Schedule a draft for `send_at`; of several people who do so the first one wins.

    Args:
        seen: the draft as the sender saw it; no effect if its text, audience or time differs from
            what is stored, e.g. because a colleague changed it at the same moment.
        chat: the sender's chat, where progress is reported.
        message: the message there that reports it; `None` for a new one when sending begins.
    """
    return statement(
        "start_broadcast",
        broadcast=seen.id,
        send_at=send_at,
        chat=chat,
        message_id=message,
        audience=audience_text(seen.audience),
        content=content_text(seen.content),
        seen_at=_NEVER if seen.send_at is None else seen.send_at,
        local_hour=_NEVER if seen.local_hour is None else seen.local_hour,
        weekly=int(seen.weekly),
        urgent=int(seen.urgent),
    )


def calls_off(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Cancel a broadcast that has no deliveries yet; for one that has, see `stop_broadcast`."""
    return (
        statement("call_off_broadcast", broadcast=broadcast.id, subject=broadcast.subject),
        _cancels(broadcast, State.CANCELLED),
    )


def begins(broadcast: Broadcast, again_at: int | None) -> tuple[Statement, ...]:
    """Mark a broadcast as being sent, once its whole audience has deliveries.

    Args:
        again_at: when to repeat it, in UTC milliseconds; `None` for not at all.
    """
    begun = statement("begin_broadcast", broadcast=broadcast.id)
    if again_at is None:
        return (begun,)
    repeated = statement(
        "repeat_broadcast", broadcast=broadcast.id, repetition=broadcast.next_id, send_at=again_at
    )
    return repeated, begun


def stops(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Stop sending a broadcast; cancel its waiting deliveries."""
    return (
        statement("stop_broadcast", broadcast=broadcast.id),
        _cancels(broadcast, State.STOPPED),
    )


def ends(broadcast: Broadcast) -> Statement:
    """Mark a broadcast as done, unless a delivery of it is still queued or being sent."""
    return statement("end_broadcast", broadcast=broadcast.id, subject=broadcast.subject)


def undoes(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Stop sending a broadcast and start deleting the messages that were sent."""
    return (
        statement("undo_broadcast", broadcast=broadcast.id),
        _cancels(broadcast, State.UNDOING),
    )


def is_undone(broadcast: Broadcast) -> Statement:
    """Mark a broadcast as deleted: every message that can be deleted is."""
    return statement("undone_broadcast", broadcast=broadcast.id)


def shows_progress(broadcast: int, chat: int, message: int | None) -> Statement:
    """Set the message that reports a broadcast's progress; `None` for none."""
    return statement("show_progress", broadcast=broadcast, chat=chat, message=message)


def answered(broadcast: int, learner: LearnerId, choice: int, at: int) -> Statement:
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


def _cancels(broadcast: Broadcast, state: State) -> Statement:
    """Cancel the deliveries that are not being sent yet, if the broadcast is in `state`."""
    return statement(
        "cancel_deliveries", broadcast=broadcast.id, subject=broadcast.subject, state=state.value
    )
