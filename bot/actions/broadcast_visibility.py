"""Visibility of broadcasts: who sees all delivery results, and who only those of their cohorts."""

from dataclasses import dataclass

from bot.actions.access import Access
from storage.broadcasts import Broadcast, BroadcastState


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
