"""Messages that are no commands: typed answers, free text, attachments, edits, and floods."""

from telegram import Update

from bot.actions import answers
from bot.actions.learner_state import Turn, visit
from bot.bot_api.responding import respond
from bot.bot_api.sending import AnyBot
from bot.context import Desk, turn_of
from bot.handlers import commands, pages, reminders
from bot.handlers.dialogues import heard
from bot.handlers.management import commanded, is_at_work
from bot.handlers.message_content import Said, named_in, said_in
from bot.handlers.permissions import COMMANDS as NEEDS
from bot.handlers.permissions import Need
from bot.messages import Response
from bot.parsing.typed_answers import (
    Free,
    Letters,
    Word,
    understand,
)
from bot.rendering import notices, responses
from course.danger_phrases import speaks_of_danger
from course.learning.next_step import AnswerQuestion

# Commands that are read from the caption of a picture or file.
_CAPTIONED = frozenset({"broadcast", "askfacilitator"})


async def on_text(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Handle typed text: an answer, a word for a button, or free text."""
    message = update.effective_message
    assert message is not None, "wired to messages only"
    turn = turn_of(update)
    found = await heard(desk, turn, said_in(message))
    await respond(bot, turn.learner, found or await _text(desk, turn, message.text or ""))


async def on_media(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Say that only text and buttons are read; a caption with words of danger gets help."""
    message = update.effective_message
    assert message is not None, "wired to messages only"
    turn, said, caption = turn_of(update), said_in(message), message.caption or ""
    found = await _captioned(desk, turn, caption, said) or await heard(desk, turn, said)
    if found is not None:
        await respond(bot, turn.learner, found)
        return
    here = await visit(desk.services, turn)
    if speaks_of_danger(caption):
        await respond(bot, turn.learner, Response((pages.page(desk, here, "danger"),)))
        return
    await respond(bot, turn.learner, Response((notices.not_text(desk.voice(here)),)))


async def on_edited(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Say that edits are not read; an edit with words of danger gets help.

    Edits without text are ignored: a live location is edited every few seconds.
    """
    message = update.effective_message
    assert message is not None, "wired to messages only"
    words = message.text or message.caption
    if not words:
        return
    turn = turn_of(update)
    here = await visit(desk.services, turn)
    reply = (
        pages.page(desk, here, "danger")
        if speaks_of_danger(words)
        else notices.edited(desk.voice(here))
    )
    await respond(bot, turn.learner, Response((reply,)))


async def on_flood(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Warn a person, once, that they sent too much; the surplus was not handled."""
    turn = turn_of(update)
    notice = notices.too_much(desk.voices.of(turn.language))
    await respond(bot, turn.learner, Response((notice,)))


async def _captioned(desk: Desk, turn: Turn, caption: str, said: Said) -> Response | None:
    """The response to a command in a caption; `None` if there is none that the person may use."""
    name = named_in(caption)
    if name not in _CAPTIONED:
        return None
    is_for_all = NEEDS[name] is Need.EVERYBODY
    if is_for_all and speaks_of_danger(caption):
        return None
    if is_for_all or await is_at_work(desk, turn, name):
        return await commanded(desk, turn, name, said)
    return None


async def _text(desk: Desk, turn: Turn, text: str) -> Response:
    match understand(text):
        case Letters(letters):
            typed = await answers.submit_letters(desk.services, turn, letters)
            return responses.typed(desk.voice(typed.visit), desk.course, typed)
        case Word(word):
            return await commands.answer(desk, turn, word)
        case Free():
            return await _free(desk, turn, text)


async def _free(desk: Desk, turn: Turn, text: str) -> Response:
    here = await visit(desk.services, turn)
    voice = desk.voice(here)
    if speaks_of_danger(text):
        return Response((pages.page(desk, here, "danger"),))
    if (found := await reminders.typed(desk, turn, text)) is not None:
        return found
    if isinstance(here.step, AnswerQuestion):
        return Response((notices.letters_wanted(voice, here.step.question),))
    return Response((notices.free_text(voice),))
