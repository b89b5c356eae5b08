"""Groups: answers commands, teaches nobody in public, and may bring a weekly summary."""

import logging

from telegram import ChatMemberUpdated, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.actions import group_summaries, learner_settings
from bot.actions.learner_state import Interaction
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.commands import learner_commands
from bot.context import Context
from bot.handlers.management import GROUP_COMMANDS, answer_in_group
from bot.handlers.message_content import read_content
from bot.messages import Response
from bot.rendering import notices

log = logging.getLogger(__name__)


async def on_group(
    context: Context, bot: AnyBot, interaction: Interaction | None, message: Message
) -> None:
    """Answer a command in a group; ignore everything else."""
    if message.migrate_to_chat_id is not None:
        await group_summaries.change_group_id(
            context.services, message.chat.id, message.migrate_to_chat_id
        )
        return
    if not (message.text or "").startswith("/") or interaction is None:
        return
    translator = context.translators.for_language(interaction.language)
    name, _, addressed = (message.text or "/").split()[0].removeprefix("/").partition("@")
    known = name in learner_commands(translator) or name in GROUP_COMMANDS
    if not (addressed.lower() == bot.username.lower() if addressed else known):
        return
    reply = await answer_in_group(context, interaction, name, read_content(message))
    try:
        said = reply or notices.group_greeting(translator, bot.username)
        await send_response(bot, message.chat.id, Response((said,)))
    except (Forbidden, BadRequest, ChatMigrated):  # removed or muted by the group
        log.info("A group could not be answered", extra={"action": "group_silent"})


async def on_membership(
    context: Context, interaction: Interaction, changed: ChatMemberUpdated
) -> None:
    """Record that a person blocked or unblocked the bot, or that a group removed it."""
    gone = changed.new_chat_member.status in ("kicked", "left")
    if changed.chat.type == "private":
        await learner_settings.mark_blocked(context.services, interaction, blocked=gone)
    elif gone:
        await group_summaries.remove_group(context.services, changed.chat.id)
