"""Sending a broadcast, and cancelling it before it is sent."""

from dataclasses import dataclass

from bot.actions import audiences, dialogues
from bot.actions.access import (
    NotAllowedError,
    load_access,
    load_access_of,
    write_audited,
    write_unaudited,
)
from bot.actions.broadcast_drafts import (
    BroadcastDraft,
    build_draft,
    fetch_draft,
    is_empty,
    may_send,
)
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, roles
from storage.broadcasts import Broadcast, BroadcastState
from storage.roles import AuditEntry


@dataclass(frozen=True, slots=True)
class Started:
    """A broadcast is being sent, or is scheduled.

    Attributes:
        is_own_press: whether this very press did it; false if a colleague's did, or it is over
            already.
    """

    draft: BroadcastDraft
    is_own_press: bool


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """It is not what the person saw, so it was not sent: a colleague or the cohort has changed."""

    draft: BroadcastDraft


async def send_broadcast(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    version: str,
    message: int | None = None,
) -> Started | ChangedMeanwhile:
    """Send it now, or schedule it; if several people press Send, the first one counts.

    Args:
        version: the version that the person saw; any other is not sent.
        message: the message in the sender's chat that shows the progress.
    """
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if known is None or not may_send(access, known.audience) or is_empty(known):
        raise NotAllowedError
    is_seen = known.state is BroadcastState.DRAFT and known.version == version
    if is_seen and not await audiences.has_too_few_speakers(services, known, interaction.at):
        known = await _schedule(services, interaction, known, message)
    if known.state is BroadcastState.DRAFT:
        return ChangedMeanwhile(await build_draft(services, interaction, access, known))
    is_mine = known.chat == interaction.learner
    if is_mine:
        await _log_sending(services, interaction, known)
    return Started(await build_draft(services, interaction, access, known), is_mine)


async def _schedule(
    services: Services, interaction: Interaction, known: Broadcast, message: int | None
) -> Broadcast:
    """Schedule it, unless a colleague was faster; returns what is stored then."""
    at = max(known.send_at or interaction.at, interaction.at)
    shown = message if at <= interaction.at else None
    await services.store.write(
        broadcast_transitions.schedule_broadcast(known, at, interaction.learner, shown)
    )
    return await broadcasts.fetch_broadcast(services.store, known.id) or known


async def may_still_send(services: Services, known: Broadcast) -> bool:
    """Whether the sender still may send it; roles can be taken back meanwhile."""
    sender = known.made_by if known.chat is None else LearnerId(known.chat)
    return may_send(await load_access_of(services, sender), known.audience)


async def _log_sending(services: Services, interaction: Interaction, known: Broadcast) -> None:
    """Write one audit entry for each broadcast, however often the button is pressed."""
    detail = "urgent" if known.urgent else ""
    line = AuditEntry(
        known.id, "send-broadcast", known.subject, detail, interaction.learner, interaction.at
    )
    await write_unaudited(
        services,
        interaction,
        roles.add_audit_entry(line),
        dialogues.close(interaction),
    )


async def reopen_broadcast(
    services: Services, interaction: Interaction, broadcast: int
) -> BroadcastDraft:
    """Make a scheduled broadcast a draft again, so that it can be changed.

    Raises:
        NotAllowedError: it is being sent, or not the person's.
    """
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if known is None or not may_send(access, known.audience):
        raise NotAllowedError
    change = broadcast_transitions.reopen_broadcast(known)
    await write_audited(services, interaction, "reopen-broadcast", broadcast, "", change)
    return await fetch_draft(services, interaction, broadcast)


async def cancel_broadcast(
    services: Services, interaction: Interaction, broadcast: int
) -> Broadcast:
    """Cancel a broadcast that is not being sent yet; returns its current state."""
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if known is None or not may_send(access, known.audience):
        raise NotAllowedError
    changes = (
        *broadcast_transitions.cancel_broadcast(known),
        dialogues.close(interaction),
    )
    if known.state is BroadcastState.DRAFT:
        await write_unaudited(services, interaction, *changes)
    else:
        await write_audited(services, interaction, "cancel-broadcast", broadcast, "", *changes)
    return await broadcasts.fetch_broadcast(services.store, broadcast) or known
