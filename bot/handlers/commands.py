"""Commands, and the words that stand for them."""

from telegram import Update

from bot.actions import choices, learning
from bot.actions.visits import Turn, visit
from bot.handlers import screens
from bot.handlers.desk import Desk, turn_of
from bot.rendering import notices, pages, parts, responses
from bot.replies import Response
from bot.sending import AnyBot, respond
from course.distress import speaks_of_danger

# A command opens the screen of the same name; two are named otherwise.
_SCREENS = {
    "progress": "progress",
    "modules": "modules",
    "settings": "settings",
    "help": "help",
    "about": "about",
    "privacy": "privacy",
    "developer_info": "developer_info",
    "deletemydata": "forget",
    "pause": "pause",
}


async def on_command(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Answer a command; one we do not have gets a hint, words of danger behind it get help."""
    message = update.effective_message
    assert message is not None, "wired to messages only"
    assert message.text is not None, "a command is text"
    turn = turn_of(update)
    if speaks_of_danger(message.text):
        here = await visit(desk.services, turn)
        await respond(bot, turn.learner, Response((screens.page(desk, here, "danger"),)))
        return
    name = message.text.split()[0].lstrip("/").split("@")[0].lower()
    await respond(bot, turn.learner, await answer(desk, turn, name))


async def answer(desk: Desk, turn: Turn, name: str) -> Response:
    """What a command, given without its slash, is answered."""
    if name in _SCREENS:
        here = await visit(desk.services, turn)
        return Response((screens.page(desk, here, _SCREENS[name]),))
    match name:
        case "start":
            return await _start(desk, turn)
        case "continue":
            arrived = await learning.proceed(desk.services, turn)
            return responses.moved(desk.voice(arrived.visit), desk.course, arrived)
        case "next":
            arrived = await learning.advance(desk.services, turn)
            return responses.moved(desk.voice(arrived.visit), desk.course, arrived)
        case "back":
            turned = await learning.page_back(desk.services, turn)
            voice = desk.voice(turned.visit)
            if isinstance(turned, learning.Arrived):
                return responses.moved(voice, desk.course, turned)
            return responses.opened(voice, desk.course, turned)
        case "stop":
            here = await choices.set_messages(desk.services, turn, on=False)
            return Response((pages.stopped(desk.voice(here)),))
        case _:
            here = await visit(desk.services, turn)
            return Response((notices.unknown_command(desk.voice(here)),))


async def _start(desk: Desk, turn: Turn) -> Response:
    here = await choices.start(desk.services, turn)
    voice = desk.voice(here)
    if here.progress.is_new:
        return Response((pages.welcome(voice, desk.course),))
    return Response((pages.welcome_back(voice, parts.where(voice, desk.course, here.step)),))
