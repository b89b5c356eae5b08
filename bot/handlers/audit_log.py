"""The audit log: /audit, and the button for older entries."""

from bot.actions import audit_log
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress, parse_id
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Reply, Response
from bot.rendering.audit_log import PAGE_SIZE, audit_page


async def audit_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/audit: the audit log, newest first."""
    found = await audit_log.fetch_audit_page(context.services, interaction, None, PAGE_SIZE)
    return Response((_audit_reply(context, interaction, found),))


async def audit_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Show older entries."""
    at = parse_id(press.value)
    if at is None:
        return None
    found = await audit_log.fetch_audit_page(
        context.services, interaction, (at, press.target), PAGE_SIZE
    )
    return Response(edit=_audit_reply(context, interaction, found))


def _audit_reply(context: Context, interaction: Interaction, found: audit_log.AuditPage) -> Reply:
    return audit_page(context.translator_of(interaction), found)
