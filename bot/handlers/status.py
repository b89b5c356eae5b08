"""/status: the health of the process; for admins."""

from bot.actions.access import access
from bot.actions.learner_state import Turn
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.messages import Reply, Response
from bot.rendering import notices, status
from storage import recounts


async def on_status(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/status: uptime, queues, backups, recounts and errors."""
    _ = desk.voices.of(turn.language)
    if desk.health is None or not (await access(desk.services, turn)).is_admin:
        return Response((Reply(notices.not_yours(_)),))
    found = await recounts.last(desk.services.store)
    return Response((status.status(_, desk.health(found)),))
