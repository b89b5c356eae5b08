"""/export and its buttons."""

from bot.actions import exports
from bot.actions.exports import FORMATS
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.messages import Response
from bot.rendering.exports import already_exporting, ask_format, started, too_large

MAX_ANSWERS = 1_000_000
"""Exports with more answers are not sent in a chat: zipped they come near Telegram's limit."""


async def export_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/export: asks for the file format."""
    _ = context.translator_of(interaction)
    allowed = await exports.fetch_permission(context.services, interaction)
    too_many = allowed.answer_count > MAX_ANSWERS
    return Response((ask_format(_, everybody=allowed.scope.is_everybody, too_many=too_many),))


async def export_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response | None:
    """Handle the choice of a format; the file is made in the background."""
    if press.value not in FORMATS:
        return None
    _ = context.translator_of(interaction)
    allowed = await exports.begin_export(context.services, interaction, press.value)
    if allowed.answer_count > MAX_ANSWERS:
        return Response(edit=too_large(_))
    if not context.start_export(interaction, message, press.value, allowed):
        return Response(toast=already_exporting(_))
    return Response(edit=started(_))


BUTTONS = Buttons(export_pressed, facilitators={"make"})
