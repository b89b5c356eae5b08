"""Whose a broadcast is: who sees all of what became of it, and who the part on their own people."""

from dataclasses import dataclass

from bot.actions.access import Access
from storage.broadcasts import Broadcast, State


@dataclass(frozen=True, slots=True)
class Seen:
    """A broadcast before the eyes of somebody.

    Attributes:
        part: the cohorts on whose people they may look; `None` for everybody who gets it.
    """

    broadcast: Broadcast
    part: frozenset[int] | None = None


def seen(may: Access, known: Broadcast) -> Seen | None:
    """What somebody sees of a broadcast; `None` for nothing.

    Whoever leads all of its cohorts sees all. Whoever leads some of them sees, once it is sent or
    planned, what becomes of it for the people of these. Those of other cohorts are never shown.
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
