"""/status: the health of the process; for admins."""

from bot.actions.access import access
from bot.actions.visits import Turn
from bot.handlers.desk import Desk
from bot.handlers.said import Said
from bot.rendering import health as screens
from bot.rendering import notices
from bot.replies import Reply, Response
from storage import recounts


async def on_status(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/status: uptime, queues, backups, recounts and errors."""
    _ = desk.voices.of(turn.language)
    if desk.health is None or not (await access(desk.services, turn)).is_admin:
        return Response((Reply(notices.not_yours(_)),))
    found = await recounts.last(desk.services.store)
    return Response((screens.status(_, desk.health(found)),))
