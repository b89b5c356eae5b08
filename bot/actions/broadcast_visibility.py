"""Visibility of broadcasts: who sees all delivery results, and who only those of their cohorts."""

from dataclasses import dataclass

from bot.actions.access import Access
from storage.broadcasts import Broadcast, State


@dataclass(frozen=True, slots=True)
class Seen:
    """A broadcast that a person may see.

    Attributes:
        visible_cohorts: the cohorts whose recipients they may see; `None` for all recipients.
    """

    broadcast: Broadcast
    part: frozenset[int] | None = None


def seen(may: Access, known: Broadcast) -> Seen | None:
    """What a person may see of a broadcast; `None` for nothing.

    Facilitators of all its cohorts see everything. Facilitators of some see, once it is sent or
    scheduled, the results of people in these. People of other cohorts are never shown.
    """
    wanted = known.audience.cohorts
    if may.is_admin:
        return Seen(known)
    if wanted is None or not may.is_facilitator:
        return None
    if not wanted:
        return Seen(known) if known.made_by == may.person else None
    theirs = wanted & may.cohorts
    if theirs == wanted:
        return Seen(known)
    return Seen(known, theirs) if theirs and _was_sent(known) else None


def _was_sent(known: Broadcast) -> bool:
    """Whether somebody pressed Send; a draft that was thrown away is cancelled without a chat."""
    return known.state is not State.DRAFT and (
        known.state is not State.CANCELLED or known.chat is not None
    )
