"""Drops what nobody comes back to: dialogues, links that ended long ago, old messages' numbers."""

from bot.actions.deliveries import UNDO_LIMIT
from bot.actions.learner_state import Services
from storage import dialogues, invitations, support_requests

_HOUR_MILLISECONDS = 3600 * 1000
_DAY_MILLISECONDS = 24 * _HOUR_MILLISECONDS

LINKS_KEPT_MILLISECONDS = 30 * _DAY_MILLISECONDS
"""Milliseconds for which an ended invitation is kept: a member may open it again and is told the
cohort they are in. After that it is like an unknown link."""


async def delete_expired(services: Services, now: int) -> None:
    """Delete what is too old at `now` (UTC milliseconds). May run late."""
    await services.store.write(
        dialogues.delete_dialogues_before(now - dialogues.DIALOGUE_LIFETIME),
        invitations.delete_tries_before(now - _HOUR_MILLISECONDS),
        invitations.delete_invitations_before(now - LINKS_KEPT_MILLISECONDS),
        support_requests.delete_shown_messages_before(now - UNDO_LIMIT),
    )
