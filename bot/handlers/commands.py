"""Commands, and the typed words that stand for them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from bot.actions import learner_settings, lessons, mistake_reports
from bot.actions.learner_state import Turn, visit
from bot.bot_api.responding import respond
from bot.bot_api.sending import AnyBot
from bot.context import Desk, turn_of
from bot.handlers import reminders
from bot.handlers.management import commanded, is_at_work, menus_at_start
from bot.handlers.message_content import named_in, said_in
from bot.handlers.pages import asked_to_forget, opened, page
from bot.messages import Response
from bot.rendering import (
    glossary,
    notices,
    pages,
    parts,
    responses,
)
from bot.rendering.mistake_reports import how, thanks
from course.danger_phrases import speaks_of_danger
from course.glossary import near, term

# The page that each of these commands opens.
SCREENS = {
    "progress": "progress",
    "modules": "modules",
    "settings": "settings",
    "help": "help",
    "about": "about",
    "reading": "reading",
    "privacy": "privacy",
    "developer_info": "developer_info",
    "pause": "pause",
}


async def on_command(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Answer a command; an unknown one gets a hint, words of danger behind it get help."""
    message = update.effective_message
    assert message is not None, "wired to messages only"
    assert message.text is not None, "a command is text"
    turn = turn_of(update)
    name = named_in(message.text)
    if speaks_of_danger(message.text) and not await is_at_work(desk, turn, name):
        here = await visit(desk.services, turn)
        await respond(bot, turn.learner, Response((page(desk, here, "danger"),)))
        return
    words = said_in(message)
    found = await commanded(desk, turn, name, words)
    response = found or await answer(desk, turn, name, words.text)
    if name == "start":  # Telegram refuses a menu for a chat that was never started
        response = replace(response, menus=await menus_at_start(desk, turn))
    await respond(bot, turn.learner, response)


async def answer(desk: Desk, turn: Turn, name: str, said: str = "") -> Response:
    """The response to a command.

    Args:
        name: the command without its slash.
        text: the text behind it.
    """
    if name == "report":
        return await _report(desk, turn, said)
    if name in MORE:
        return await MORE[name](desk, turn, said)
    if name in SCREENS:
        here = await visit(desk.services, turn)
        return Response((await opened(desk, here, SCREENS[name]),))
    match name:
        case "start":
            return await _start(desk, turn)
        case "continue":
            arrived = await lessons.proceed(desk.services, turn)
            return responses.moved(desk.voice(arrived.visit), desk.course, arrived)
        case "next":
            arrived = await lessons.advance(desk.services, turn)
            return responses.moved(desk.voice(arrived.visit), desk.course, arrived)
        case "back":
            turned = await lessons.page_back(desk.services, turn)
            voice = desk.voice(turned.visit)
            if isinstance(turned, lessons.Arrived):
                return responses.moved(voice, desk.course, turned)
            return responses.opened(voice, desk.course, turned)
        case "stop":
            here = await learner_settings.set_messages(desk.services, turn, on=False)
            return Response((pages.stopped(desk.voice(here)),))
        case _:
            here = await visit(desk.services, turn)
            return Response((notices.unknown_command(desk.voice(here)),))


async def _look_up(desk: Desk, turn: Turn, said: str) -> Response:
    here = await visit(desk.services, turn)
    if not said:
        return Response((page(desk, here, "glossary"),))
    voice, found = desk.voice(here), term(desk.course, said)
    if found is None:
        return Response((glossary.no_term(voice, near(desk.course, said)),))
    return Response((glossary.term(voice, found),))


async def _report(desk: Desk, turn: Turn, said: str) -> Response:
    if not said:
        here = await visit(desk.services, turn)
        return Response((how(desk.voice(here), desk.course, here.step),))
    reported = await mistake_reports.report(desk.services, turn, said)
    return Response((thanks(desk.voice(reported)),))


async def _start(desk: Desk, turn: Turn) -> Response:
    here = await learner_settings.start(desk.services, turn)
    voice = desk.voice(here)
    if here.progress.is_new:
        return Response((pages.welcome(voice, desk.course),))
    return Response((pages.welcome_back(voice, parts.where(voice, desk.course, here.step)),))


async def _forget(desk: Desk, turn: Turn, _said: str) -> Response:
    here = await visit(desk.services, turn)
    return Response((await asked_to_forget(desk, here),))


async def _why(desk: Desk, turn: Turn, _said: str) -> Response:
    return await reminders.why(desk, turn)


async def _later(desk: Desk, turn: Turn, _said: str) -> Response:
    return await reminders.opened(desk, turn, "later")


async def _nudges(desk: Desk, turn: Turn, _said: str) -> Response:
    return await reminders.nudges(desk, turn)


# Commands that take text, and those about reminders.
MORE: dict[str, Callable[[Desk, Turn, str], Awaitable[Response]]] = {
    "glossary": _look_up,
    "report": _report,
    "reminders": reminders.command,
    "deletemydata": _forget,
    "why": _why,
    "later": _later,
    "nudges": _nudges,
}
