"""Commands, and the typed words that stand for them."""

from dataclasses import replace

from telegram import Message

from bot.actions.access import NotAllowedError
from bot.actions.learner_state import Interaction, load_learner
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import (
    audit_log,
    broadcasts,
    cohort_form,
    cohorts,
    deliveries,
    exports,
    joining,
    mistake_reports,
    radar,
    reminder_commands,
    roles,
    statistics,
    status,
)
from bot.handlers.command_menus import build_menu
from bot.handlers.learner_commands import LEARNER_COMMANDS
from bot.handlers.message_content import MessageContent, command_name, read_content
from bot.handlers.pages import build_page
from bot.handlers.permissions import Command, Permission, check_permission, is_permitted, refusal
from bot.handlers.support_requests import askfacilitator_command
from bot.messages import CommandMenu, Reply, Response
from bot.rendering import notices
from bot.rendering.groups import in_group_only
from course.danger_phrases import mentions_danger


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


async def _build_start_menus(context: Context, interaction: Interaction) -> tuple[CommandMenu, ...]:
    """The command menu of a person with a role who starts a chat; empty for others."""
    found = await build_menu(context, interaction.learner, interaction.language)
    return (found,) if found.commands else ()


async def _bind_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/bind or /unbind in a private chat, where it has no effect."""
    return Response((in_group_only(context.translator_of(interaction)),))


_FACILITATOR, _ADMIN = Permission.FACILITATOR, Permission.ADMIN

COMMANDS = {
    **LEARNER_COMMANDS,
    "reminders": Command(reminder_commands.reminders_command),
    "why": Command(reminder_commands.why_command),
    "later": Command(reminder_commands.later_command),
    "name": Command(joining.name_command),
    "leave": Command(joining.leave_command),
    "askfacilitator": Command(askfacilitator_command),
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
    "audit": Command(audit_log.audit_command, _ADMIN),
    "reports": Command(mistake_reports.reports_command, _ADMIN),
    "nudges": Command(reminder_commands.nudges_command, _ADMIN),
}
"""By the name of the command, without its slash."""
