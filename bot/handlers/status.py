"""/status: the health of the process; for admins."""

from bot.actions.learner_state import Interaction
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.rendering import status
from storage import recounts


async def status_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/status: uptime, queues, backups, recounts and errors."""
    _ = context.translator_of(interaction)
    found = await recounts.fetch_last_recount(context.services.store)
    return Response((status.status_page(_, context.measure_health(found)),))
