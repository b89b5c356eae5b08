"""Messages that are no commands: typed answers, free text, attachments, edits, and floods."""

from telegram import Message

from bot.actions.learner_state import Interaction, load_learner
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import pages
from bot.handlers.commands import COMMANDS, answer_command, is_facilitator_command
from bot.handlers.dialogues import dialogue_typed
from bot.handlers.message_content import MessageContent, command_name, read_content
from bot.handlers.permissions import Permission
from bot.handlers.typed_text import answer_text
from bot.messages import Response
from bot.rendering import notices
from course.danger_phrases import mentions_danger

# Commands that are read from the caption of a picture or file.
_CAPTION_COMMANDS = frozenset({"broadcast", "askfacilitator"})


async def on_text(
    context: Context, bot: AnyBot, interaction: Interaction, message: Message
) -> None:
    """Handle typed text: what an open dialogue awaits, else an answer, a wish or a question."""
    found = await dialogue_typed(context, interaction, read_content(message))
    response = found or await answer_text(context, interaction, message.text or "")
    await send_response(bot, interaction.learner, response)


async def on_media(
    context: Context, bot: AnyBot, interaction: Interaction, message: Message
) -> None:
    """Say that only text and buttons are read; a caption with words of danger gets help."""
    content, caption = read_content(message), message.caption or ""
    response = await _answer_caption(context, interaction, caption, content)
    response = response or await dialogue_typed(context, interaction, content)
    if response is None:
        state = await load_learner(context.services, interaction)
        not_text = notices.not_text(context.translator(state))
        is_danger = mentions_danger(caption)
        response = Response(
            (pages.build_page(context, state, "danger") if is_danger else not_text,)
        )
    await send_response(bot, interaction.learner, response)


async def on_edited(
    context: Context, bot: AnyBot, interaction: Interaction, message: Message
) -> None:
    """Say that edits are not read; an edit with words of danger gets help.

    Edits without text are ignored: a live location is edited every few seconds.
    """
    words = message.text or message.caption
    if not words:
        return
    state = await load_learner(context.services, interaction)
    reply = (
        pages.build_page(context, state, "danger")
        if mentions_danger(words)
        else notices.message_edited(context.translator(state))
    )
    await send_response(bot, interaction.learner, Response((reply,)))


async def on_flood(context: Context, bot: AnyBot, interaction: Interaction) -> None:
    """Warn a person, once, that they sent too much; the surplus was not handled."""
    notice = notices.flood_notice(context.translator_of(interaction))
    await send_response(bot, interaction.learner, Response((notice,)))


async def _answer_caption(
    context: Context, interaction: Interaction, caption: str, message: MessageContent
) -> Response | None:
    """The response to a command in a caption; `None` if there is none that the person may use."""
    name = command_name(caption)
    if name not in _CAPTION_COMMANDS:
        return None
    is_for_all = COMMANDS[name].permission is Permission.EVERYBODY
    if is_for_all and mentions_danger(caption):
        return None
    if is_for_all or await is_facilitator_command(context, interaction, name):
        return await answer_command(context, interaction, name, message)
    return None
