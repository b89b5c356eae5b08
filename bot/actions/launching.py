"""Sending a broadcast off, and taking it back before it goes."""

from dataclasses import dataclass

from bot.actions import audience
from bot.actions.access import NotAllowed, access, access_of, record, write
from bot.actions.composing import Composed, composed, is_empty, may_send
from bot.actions.visits import Services, Turn
from course.model import LearnerId
from storage import broadcast_steps as steps
from storage import broadcasts, drafts, roles
from storage.broadcasts import Broadcast, State
from storage.roles import Act


@dataclass(frozen=True, slots=True)
class Started:
    """A broadcast goes out now, or will.

    Attributes:
        is_mine: whether this very press did it; else somebody was faster, or it is over already.
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
    """Send it: now, or when it says. Of several people who do so the first one counts.

    Args:
        version: the mark of what the person saw; nothing else is sent.
        message: where its progress is to be told, in the chat of whoever sends.
    """
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    if known is None or not may_send(may, known.audience) or is_empty(known):
        return NotAllowed()
    at = max(known.send_at or turn.at, turn.at)
    shown = message if at <= turn.at else None
    is_seen = known.state is State.DRAFT and known.version == version
    if is_seen and not await audience.is_too_few(services, known, turn.at):
        await services.store.write(steps.starts(known, at, turn.learner, shown))
        known = await broadcasts.of(services.store, broadcast) or known
    if known.state is State.DRAFT:
        return Changed(await composed(services, turn, may, known))
    is_mine = known.chat == turn.learner
    if is_mine:
        await _note_sending(services, turn, known)
    return Started(await composed(services, turn, may, known), is_mine)


async def may_still_send(services: Services, known: Broadcast) -> bool:
    """Whether whoever sent it may do so at this moment; roles are taken back meanwhile."""
    sender = known.made_by if known.chat is None else LearnerId(known.chat)
    return may_send(await access_of(services, sender), known.audience)


async def _note_sending(services: Services, turn: Turn, known: Broadcast) -> None:
    """One line in the log for each broadcast, however often the button is pressed."""
    detail = "urgent" if known.urgent else ""
    line = Act(known.id, "send-broadcast", known.subject, detail, turn.learner, turn.at)
    await write(services, turn, roles.notes(line), drafts.closes(turn.learner, turn.update))


async def call_off(services: Services, turn: Turn, broadcast: int) -> Broadcast | NotAllowed:
    """Take back one that has not begun to be sent; gives it as it is then."""
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    if known is None or not may_send(may, known.audience):
        return NotAllowed()
    changes = (*steps.calls_off(known), drafts.closes(turn.learner, turn.update))
    if known.state is State.DRAFT:
        await write(services, turn, *changes)
    else:
        await record(services, turn, "cancel-broadcast", broadcast, "", *changes)
    return await broadcasts.of(services.store, broadcast) or known
