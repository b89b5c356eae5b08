"""Commands, and the typed words that stand for them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message

from bot.actions import learner_settings, lessons, mistake_reports
from bot.actions.learner_state import Interaction, load_learner
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import reminders
from bot.handlers.management import (
    answer_management_command,
    build_start_menus,
    is_facilitator_command,
)
from bot.handlers.message_content import command_name, read_content
from bot.handlers.pages import build_deletion_page, build_page, open_page
from bot.messages import Response
from bot.rendering import (
    glossary,
    notices,
    pages,
    parts,
    responses,
)
from bot.rendering.mistake_reports import how_to_report, report_received
from course.danger_phrases import mentions_danger
from course.glossary import find_term, suggest_terms

# The page that each of these commands opens.
SCREEN_COMMANDS = {
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


async def on_command(
    context: Context, bot: AnyBot, interaction: Interaction, message: Message
) -> None:
    """Answer a command; an unknown one gets a hint, words of danger behind it get help."""
    assert message.text is not None, "a command is text"
    name = command_name(message.text)
    if mentions_danger(message.text) and not await is_facilitator_command(
        context, interaction, name
    ):
        state = await load_learner(context.services, interaction)
        await send_response(
            bot, interaction.learner, Response((build_page(context, state, "danger"),))
        )
        return
    words = read_content(message)
    found = await answer_management_command(context, interaction, name, words)
    response = found or await answer_command(context, interaction, name, words.text)
    if name == "start":  # Telegram refuses a menu for a chat that was never started
        response = replace(response, menus=await build_start_menus(context, interaction))
    await send_response(bot, interaction.learner, response)


async def answer_command(
    context: Context, interaction: Interaction, name: str, text: str = ""
) -> Response:
    """The response to a command.

    Args:
        name: the command without its slash.
        text: the text behind it.
    """
    if name == "report":
        return await _report_command(context, interaction, text)
    if name in COMMAND_HANDLERS:
        return await COMMAND_HANDLERS[name](context, interaction, text)
    if name in SCREEN_COMMANDS:
        state = await load_learner(context.services, interaction)
        return Response((await open_page(context, state, SCREEN_COMMANDS[name]),))
    match name:
        case "start":
            return await _start_command(context, interaction)
        case "continue":
            arrived = await lessons.continue_course(context.services, interaction)
            return responses.moved(
                context.translator(arrived.learner_state), context.course, arrived
            )
        case "next":
            arrived = await lessons.advance(context.services, interaction)
            return responses.moved(
                context.translator(arrived.learner_state), context.course, arrived
            )
        case "back":
            turned = await lessons.page_back(context.services, interaction)
            translator = context.translator(turned.learner_state)
            if isinstance(turned, lessons.Arrived):
                return responses.moved(translator, context.course, turned)
            return responses.card_opened(translator, context.course, turned)
        case "stop":
            state = await learner_settings.set_messages(context.services, interaction, on=False)
            return Response((pages.messages_stopped(context.translator(state)),))
        case _:
            state = await load_learner(context.services, interaction)
            return Response((notices.unknown_command(context.translator(state)),))


async def _glossary_command(context: Context, interaction: Interaction, text: str) -> Response:
    state = await load_learner(context.services, interaction)
    if not text:
        return Response((build_page(context, state, "glossary"),))
    translator, found = context.translator(state), find_term(context.course, text)
    if found is None:
        return Response((glossary.no_term(translator, suggest_terms(context.course, text)),))
    return Response((glossary.term(translator, found),))


async def _report_command(context: Context, interaction: Interaction, text: str) -> Response:
    if not text:
        state = await load_learner(context.services, interaction)
        return Response((how_to_report(context.translator(state), context.course, state.step),))
    reported = await mistake_reports.report_mistake(context.services, interaction, text)
    return Response((report_received(context.translator(reported)),))


async def _start_command(context: Context, interaction: Interaction) -> Response:
    state = await learner_settings.start_chat(context.services, interaction)
    translator = context.translator(state)
    if state.progress.is_new:
        return Response((pages.welcome(translator, context.course),))
    return Response(
        (
            pages.welcome_back(
                translator, parts.step_position(translator, context.course, state.step)
            ),
        )
    )


async def _deletemydata_command(context: Context, interaction: Interaction, _text: str) -> Response:
    state = await load_learner(context.services, interaction)
    return Response((await build_deletion_page(context, state),))


async def _why_command(context: Context, interaction: Interaction, _text: str) -> Response:
    return await reminders.explain_reminder(context, interaction)


async def _later_command(context: Context, interaction: Interaction, _text: str) -> Response:
    return await reminders.show_as_message(context, interaction, "later")


async def _nudges_command(context: Context, interaction: Interaction, _text: str) -> Response:
    return await reminders.nudges_command(context, interaction)


# Commands that take text, and those about reminders.
COMMAND_HANDLERS: dict[str, Callable[[Context, Interaction, str], Awaitable[Response]]] = {
    "glossary": _glossary_command,
    "report": _report_command,
    "reminders": reminders.reminders_command,
    "deletemydata": _deletemydata_command,
    "why": _why_command,
    "later": _later_command,
    "nudges": _nudges_command,
}
