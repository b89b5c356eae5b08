"""What is done with a broadcast, from its draft to its end: statements.

Each does nothing when another one was faster: who wants to know looks afterwards.
"""

from course.model import LearnerId
from storage.broadcasts import Broadcast, State, audience_text, content_text
from storage.statements import Statement, statement

_NEVER = -1  # stands for null, which equals nothing


def keeps(draft: Broadcast) -> Statement:
    """Make or change a broadcast that nobody has sent."""
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
    """Send it, at `send_at`; of several people who do so the first one counts.

    Args:
        seen: as it was shown; nothing happens if what it says, to whom or when is another by now,
            also when a colleague changes it at the same moment.
        chat: of whoever does, where its progress is told.
        message: which message there tells it; `None` for a new one when it begins.
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
    """Take back one of which nobody has a row yet; one that has begun is for `stops`."""
    return (
        statement("call_off_broadcast", broadcast=broadcast.id, subject=broadcast.subject),
        _cancels(broadcast, State.CANCELLED),
    )


def begins(broadcast: Broadcast, again_at: int | None) -> tuple[Statement, ...]:
    """All of its audience have their rows.

    Args:
        again_at: when it is repeated; `None` for not at all.
    """
    begun = statement("begin_broadcast", broadcast=broadcast.id)
    if again_at is None:
        return (begun,)
    repeated = statement(
        "repeat_broadcast", broadcast=broadcast.id, repetition=broadcast.next_id, send_at=again_at
    )
    return repeated, begun


def stops(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Send no more of it."""
    return (
        statement("stop_broadcast", broadcast=broadcast.id),
        _cancels(broadcast, State.STOPPED),
    )


def ends(broadcast: Broadcast) -> Statement:
    """It is done, unless something of it waits or is on its way."""
    return statement("end_broadcast", broadcast=broadcast.id, subject=broadcast.subject)


def undoes(broadcast: Broadcast) -> tuple[Statement, ...]:
    """Send no more of it, and delete what was sent."""
    return (
        statement("undo_broadcast", broadcast=broadcast.id),
        _cancels(broadcast, State.UNDOING),
    )


def is_undone(broadcast: Broadcast) -> Statement:
    """What can be deleted is."""
    return statement("undone_broadcast", broadcast=broadcast.id)


def shows_progress(broadcast: int, chat: int, message: int | None) -> Statement:
    """Which message tells how far it is."""
    return statement("show_progress", broadcast=broadcast, chat=chat, message=message)


def answered(broadcast: int, learner: LearnerId, choice: int, at: int) -> Statement:
    """What somebody who got it answers; nothing for anybody else.

    Args:
        choice: which of the answers, from 0.
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
    """Take back what is not on its way, if the broadcast has come to that state."""
    return statement(
        "cancel_deliveries", broadcast=broadcast.id, subject=broadcast.subject, state=state.value
    )
