"""Visibility of broadcasts: who sees all delivery results, and who only those of their cohorts."""

from dataclasses import dataclass

from bot.actions.access import Access, NotAllowedError, load_access, load_facilitator_access
from bot.actions.broadcast_drafts import is_empty
from bot.actions.learner_state import Interaction, Services
from storage import broadcasts
from storage.broadcasts import Broadcast, BroadcastState

_MAX_LISTED = 200  # the newest broadcasts that the person may see


@dataclass(frozen=True, slots=True)
class VisibleBroadcast:
    """A broadcast that a person may see.

    Attributes:
        visible_cohorts: the cohorts whose recipients they may see; `None` for all recipients.
    """

    broadcast: Broadcast
    visible_cohorts: frozenset[int] | None = None


def find_visible(access: Access, known: Broadcast) -> VisibleBroadcast | None:
    """What a person may see of a broadcast; `None` for nothing.

    Facilitators of all its cohorts see everything. Facilitators of some see, once it is sent or
    scheduled, the results of people in these. People of other cohorts are never shown.
    """
    wanted = known.audience.cohorts
    if access.is_admin:
        return VisibleBroadcast(known)
    if wanted is None or not access.is_facilitator:
        return None
    if not wanted:
        return VisibleBroadcast(known) if known.made_by == access.person else None
    theirs = wanted & access.cohorts
    if theirs == wanted:
        return VisibleBroadcast(known)
    return VisibleBroadcast(known, theirs) if theirs and _was_sent(known) else None


def _was_sent(known: Broadcast) -> bool:
    """Whether somebody pressed Send; a draft that was thrown away is cancelled without a chat."""
    return known.state is not BroadcastState.DRAFT and (
        known.state is not BroadcastState.CANCELLED or known.chat is not None
    )


async def fetch_broadcasts(services: Services, interaction: Interaction) -> tuple[Broadcast, ...]:
    """Load the broadcasts that the person may see, including their own drafts, newest first."""
    access = await load_facilitator_access(services, interaction)
    until = interaction.at + 1
    person = None if access.is_admin else interaction.learner
    known = await broadcasts.fetch_broadcasts(services.store, until, _MAX_LISTED, person)
    later = await broadcasts.fetch_planned_broadcasts(services.store, interaction.at)
    return tuple(one for one in (*later, *known) if _is_listed(one) and find_visible(access, one))


def _is_listed(known: Broadcast) -> bool:
    """Whether to list it: not an empty draft, nor a draft that was thrown away."""
    return not is_empty(known) if known.state is BroadcastState.DRAFT else _was_sent(known)


async def fetch_visible(
    services: Services, interaction: Interaction, broadcast: int
) -> VisibleBroadcast:
    """Load a broadcast, and what the person may see of it."""
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    visible = None if known is None else find_visible(access, known)
    if visible is None:
        raise NotAllowedError
    return visible


async def fetch_changeable(
    services: Services, interaction: Interaction, broadcast: int
) -> Broadcast:
    """Load a broadcast of which the person sees every recipient: only then may they change it."""
    visible = await fetch_visible(services, interaction, broadcast)
    if visible.visible_cohorts is not None:
        raise NotAllowedError
    return visible.broadcast
