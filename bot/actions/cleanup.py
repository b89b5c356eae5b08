"""Drops what nobody comes back to: dialogues, links that ended long ago, old messages' numbers."""

from bot.actions.deliveries import UNDO_WITHIN
from bot.actions.learner_state import Services
from storage import dialogues, invitations, support_requests

_HOUR = 3600 * 1000
_DAY = 24 * _HOUR

LINKS_KEPT = 30 * _DAY
"""Milliseconds for which an ended invitation is kept: a member may open it again and is told the
cohort they are in. After that it is like an unknown link."""


async def tidy(services: Services, now: int) -> None:
    """Delete what is too old at `now` (UTC milliseconds). May run late."""
    await services.store.write(
        dialogues.drops_before(now - dialogues.KEPT),
        invitations.drops_tries_before(now - _HOUR),
        invitations.drops_before(now - LINKS_KEPT),
        support_requests.drops_shown_before(now - UNDO_WITHIN),
    )
