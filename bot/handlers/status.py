"""/status: the health of the process; for admins."""

from bot.actions.access import load_access
from bot.actions.learner_state import Interaction
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Reply, Response
from bot.rendering import notices, status
from storage import recounts


async def status_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/status: uptime, queues, backups, recounts and errors."""
    _ = context.translators.for_language(interaction.language)
    if not (await load_access(context.services, interaction)).is_admin:
        return Response((Reply(notices.not_found_or_not_yours(_)),))
    found = await recounts.fetch_last_recount(context.services.store)
    return Response((status.status_page(_, context.measure_health(found)),))
