"""Commands, and the typed words that stand for them."""

from dataclasses import replace

from telegram import Message

from bot import commands
from bot.actions import learner_settings, lessons, mistake_reports
from bot.actions.access import NotAllowedError, load_access
from bot.actions.dialogues import end_dialogue
from bot.actions.learner_state import Interaction, load_learner
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import (
    broadcasts,
    cohort_form,
    cohorts,
    deliveries,
    exports,
    joining,
    radar,
    reminders,
    roles,
    statistics,
    status,
)
from bot.handlers.command_menus import build_menu
from bot.handlers.message_content import MessageContent, command_name, read_content
from bot.handlers.pages import build_deletion_page, build_page, open_page
from bot.handlers.permissions import Command, Permission, check_permission, is_permitted, refusal
from bot.handlers.support_requests import askfacilitator_command
from bot.messages import CommandMenu, Reply, Response
from bot.rendering import glossary, notices, pages, parts, responses
from bot.rendering.cohort_form import cancelled, nothing_to_cancel
from bot.rendering.cohorts import in_group_only
from bot.rendering.mistake_reports import how_to_report, report_received
from course.danger_phrases import mentions_danger
from course.glossary import find_term, suggest_terms


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
    response = await answer_command(context, interaction, name, read_content(message))
    if name == "start":  # Telegram refuses a menu for a chat that was never started
        response = replace(response, menus=await _build_start_menus(context, interaction))
    await send_response(bot, interaction.learner, response)


async def answer_command(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> Response:
    """The response to a command.

    Args:
        name: the command without its slash.
        message: what stands behind it.
    """
    command = COMMANDS.get(name)
    if command is None:
        state = await load_learner(context.services, interaction)
        return Response((notices.unknown_command(context.translator(state)),))
    try:
        await check_permission(context, interaction, command.permission)
        return await command.handle(context, interaction, message)
    except NotAllowedError:
        return Response((Reply(refusal(context, interaction)),))


async def is_facilitator_command(context: Context, interaction: Interaction, name: str) -> bool:
    """Whether a facilitator uses one of their commands: then its text is not about themselves."""
    command = COMMANDS.get(name)
    if command is None or command.permission is Permission.EVERYBODY:
        return False
    return await is_permitted(context, interaction, Permission.FACILITATOR)


async def _start_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/start, alone or with an invitation."""
    invited = await joining.follow_link(context, interaction, message)
    if invited is not None:
        return invited
    state = await learner_settings.start_chat(context.services, interaction)
    translator = context.translator(state)
    if state.progress.is_new:
        return Response((pages.welcome(translator, context.course),))
    position = parts.step_position(translator, context.course, state.step)
    return Response((pages.welcome_back(translator, position),))


async def _build_start_menus(context: Context, interaction: Interaction) -> tuple[CommandMenu, ...]:
    """The command menu of a person with a role who starts a chat; empty for others."""
    found = await build_menu(context, interaction.learner, interaction.language)
    return (found,) if found.commands else ()


async def _continue_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    arrived = await lessons.continue_course(context.services, interaction)
    return responses.moved(context.translator(arrived.learner_state), context.course, arrived)


async def _next_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    arrived = await lessons.advance(context.services, interaction)
    return responses.moved(context.translator(arrived.learner_state), context.course, arrived)


async def _back_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    turned = await lessons.page_back(context.services, interaction)
    translator = context.translator(turned.learner_state)
    if isinstance(turned, lessons.Arrived):
        return responses.moved(translator, context.course, turned)
    return responses.card_opened(translator, context.course, turned)


async def _stop_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    state = await learner_settings.set_messages(context.services, interaction, on=False)
    return Response((pages.messages_stopped(context.translator(state)),))


def _page_command(page: str) -> Command:
    """A command that opens a page; see `bot.handlers.pages.build_page`."""

    async def open_named(
        context: Context, interaction: Interaction, _message: MessageContent
    ) -> Response:
        state = await load_learner(context.services, interaction)
        return Response((await open_page(context, state, page),))

    return Command(open_named)


async def _help_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/help; for a person with a role it also lists the commands of that role."""
    access = await load_access(context.services, interaction)
    if not access.is_facilitator:
        state = await load_learner(context.services, interaction)
        return Response((await open_page(context, state, "help"),))
    _ = context.translator_of(interaction)
    more = {
        **commands.facilitator_commands(_),
        **commands.group_commands(_),
        **(commands.admin_commands(_) if access.is_admin else {}),
    }
    return Response((pages.help_text(_, commands.command_list(_, more)),))


async def _cancel_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    _ = context.translator_of(interaction)
    ended = await end_dialogue(context.services, interaction)
    return Response((cancelled(_) if ended is not None else nothing_to_cancel(_),))


async def _bind_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/bind or /unbind in a private chat, where it has no effect."""
    return Response((in_group_only(context.translator_of(interaction)),))


async def _glossary_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    state, text = await load_learner(context.services, interaction), message.text
    if not text:
        return Response((build_page(context, state, "glossary"),))
    translator, found = context.translator(state), find_term(context.course, text)
    if found is None:
        return Response((glossary.no_term(translator, suggest_terms(context.course, text)),))
    return Response((glossary.term(translator, found),))


async def _report_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    if not message.text:
        state = await load_learner(context.services, interaction)
        return Response((how_to_report(context.translator(state), context.course, state.step),))
    reported = await mistake_reports.report_mistake(context.services, interaction, message.text)
    return Response((report_received(context.translator(reported)),))


async def _deletemydata_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    state = await load_learner(context.services, interaction)
    return Response((await build_deletion_page(context, state),))


_FACILITATOR, _ADMIN = Permission.FACILITATOR, Permission.ADMIN

COMMANDS = {
    **{name: _page_command(name) for name in ("progress", "modules", "settings", "about")},
    **{name: _page_command(name) for name in ("reading", "privacy", "developer_info", "pause")},
    "start": Command(_start_command),
    "continue": Command(_continue_command),
    "next": Command(_next_command),
    "back": Command(_back_command),
    "stop": Command(_stop_command),
    "help": Command(_help_command),
    "glossary": Command(_glossary_command),
    "report": Command(_report_command),
    "deletemydata": Command(_deletemydata_command),
    "reminders": Command(reminders.reminders_command),
    "why": Command(reminders.why_command),
    "later": Command(reminders.later_command),
    "name": Command(joining.name_command),
    "leave": Command(joining.leave_command),
    "askfacilitator": Command(askfacilitator_command),
    "cancel": Command(_cancel_command),
    "newcohort": Command(cohort_form.newcohort_command, _FACILITATOR),
    "cohorts": Command(cohorts.cohorts_command, _FACILITATOR),
    "cohort": Command(cohorts.cohort_command, _FACILITATOR),
    "grant": Command(roles.grant_command, _FACILITATOR),
    "revoke": Command(roles.revoke_command, _FACILITATOR),
    "broadcast": Command(broadcasts.broadcast_command, _FACILITATOR),
    "deliveries": Command(deliveries.deliveries_command, _FACILITATOR),
    "radar": Command(radar.radar_command, _FACILITATOR),
    "digest": Command(radar.digest_command, _FACILITATOR),
    "bind": Command(_bind_command, _FACILITATOR),
    "unbind": Command(_bind_command, _FACILITATOR),
    "stats": Command(statistics.stats_command, _FACILITATOR),
    "question": Command(statistics.question_command, _FACILITATOR),
    "export": Command(exports.export_command, _FACILITATOR),
    "status": Command(status.status_command, _ADMIN),
    "audit": Command(roles.audit_command, _ADMIN),
    "nudges": Command(reminders.nudges_command, _ADMIN),
}
"""By the name of the command, without its slash."""
