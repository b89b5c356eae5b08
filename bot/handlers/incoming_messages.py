"""Messages that are no commands: typed answers, free text, attachments, edits, and floods."""

from telegram import Message

from bot.actions import answers
from bot.actions.learner_state import Interaction, load_learner
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import pages
from bot.handlers.commands import COMMANDS, answer_command, is_facilitator_command
from bot.handlers.dialogues import dialogue_typed
from bot.handlers.message_content import MessageContent, command_name, read_content
from bot.handlers.permissions import Permission
from bot.handlers.reminder_commands import reminder_text_typed
from bot.messages import Response
from bot.parsing.typed_answers import AnswerLetters, CommandWord, FreeText, parse_typed_text
from bot.rendering import notices, responses
from course.danger_phrases import mentions_danger
from course.learning.next_step import AnswerQuestion

# Commands that are read from the caption of a picture or file.
_CAPTION_COMMANDS = frozenset({"broadcast", "askfacilitator"})


async def on_text(
    context: Context, bot: AnyBot, interaction: Interaction, message: Message
) -> None:
    """Handle typed text: an answer, a word for a button, or free text."""
    found = await dialogue_typed(context, interaction, read_content(message))
    response = found or await _answer_text(context, interaction, message.text or "")
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


async def _answer_text(context: Context, interaction: Interaction, text: str) -> Response:
    match parse_typed_text(text):
        case AnswerLetters(letters):
            typed = await answers.submit_letters(context.services, interaction, letters)
            return responses.letters_typed(
                context.translator(typed.learner_state), context.course, typed
            )
        case CommandWord(word):
            return await answer_command(context, interaction, word, MessageContent())
        case FreeText():
            return await _answer_free_text(context, interaction, text)


async def _answer_free_text(context: Context, interaction: Interaction, text: str) -> Response:
    state = await load_learner(context.services, interaction)
    translator = context.translator(state)
    if mentions_danger(text):
        return Response((pages.build_page(context, state, "danger"),))
    if (found := await reminder_text_typed(context, interaction, text)) is not None:
        return found
    if isinstance(state.step, AnswerQuestion):
        return Response((notices.type_letters(translator, state.step.question),))
    return Response((notices.text_not_understood(translator),))
