"""Sending a broadcast, and cancelling it before it is sent."""

from dataclasses import dataclass

from bot.actions import audiences
from bot.actions.access import NotAllowed, access, access_of, record, write
from bot.actions.broadcast_drafts import (
    Composed,
    composed,
    is_empty,
    may_send,
)
from bot.actions.learner_state import Services, Turn
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, dialogues, roles
from storage.broadcasts import Broadcast, State
from storage.roles import Act


@dataclass(frozen=True, slots=True)
class Started:
    """A broadcast is being sent, or is scheduled.

    Attributes:
        is_own_press: whether this very press did it; false if a colleague's did, or it is over
            already.
    """

    composed: Composed
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """It is not what the person saw, so it was not sent: a colleague or the cohort has changed."""

    composed: Composed


async def send(
    services: Services, turn: Turn, broadcast: int, version: str, message: int | None = None
) -> Started | Changed | NotAllowed:
    """Send it now, or schedule it; if several people press Send, the first one counts.

    Args:
        version: the version that the person saw; any other is not sent.
        message: the message in the sender's chat that shows the progress.
    """
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    if known is None or not may_send(may, known.audience) or is_empty(known):
        return NotAllowed()
    at = max(known.send_at or turn.at, turn.at)
    shown = message if at <= turn.at else None
    is_seen = known.state is State.DRAFT and known.version == version
    if is_seen and not await audiences.is_too_few(services, known, turn.at):
        await services.store.write(broadcast_transitions.starts(known, at, turn.learner, shown))
        known = await broadcasts.of(services.store, broadcast) or known
    if known.state is State.DRAFT:
        return Changed(await composed(services, turn, may, known))
    is_mine = known.chat == turn.learner
    if is_mine:
        await _note_sending(services, turn, known)
    return Started(await composed(services, turn, may, known), is_mine)


async def may_still_send(services: Services, known: Broadcast) -> bool:
    """Whether the sender still may send it; roles can be taken back meanwhile."""
    sender = known.made_by if known.chat is None else LearnerId(known.chat)
    return may_send(await access_of(services, sender), known.audience)


async def _note_sending(services: Services, turn: Turn, known: Broadcast) -> None:
    """Write one audit entry for each broadcast, however often the button is pressed."""
    detail = "urgent" if known.urgent else ""
    line = Act(known.id, "send-broadcast", known.subject, detail, turn.learner, turn.at)
    await write(services, turn, roles.notes(line), dialogues.closes(turn.learner, turn.update))


async def call_off(services: Services, turn: Turn, broadcast: int) -> Broadcast | NotAllowed:
    """Cancel a broadcast that is not being sent yet; returns its current state."""
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    if known is None or not may_send(may, known.audience):
        return NotAllowed()
    changes = (*broadcast_transitions.calls_off(known), dialogues.closes(turn.learner, turn.update))
    if known.state is State.DRAFT:
        await write(services, turn, *changes)
    else:
        await record(services, turn, "cancel-broadcast", broadcast, "", *changes)
    return await broadcasts.of(services.store, broadcast) or known
