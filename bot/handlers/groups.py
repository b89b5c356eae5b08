"""Groups: answers commands, teaches nobody in public, and may bring a weekly summary."""

import logging

from telegram import Message, Update

from bot.actions import group_summaries, learner_settings
from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.commands import learner_commands
from bot.context import Context, interaction_from
from bot.handlers.management import GROUP_COMMANDS, answer_in_group
from bot.handlers.message_content import read_content
from bot.messages import Response
from bot.rendering import notices

log = logging.getLogger(__name__)


async def on_group(context: Context, bot: AnyBot, update: Update) -> None:
    """Answer a command in a group; ignore everything else."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    if message.migrate_to_chat_id is not None:
        await group_summaries.change_group_id(
            context.services, message.chat.id, message.migrate_to_chat_id
        )
        return
    if not (message.text or "").startswith("/") or update.effective_user is None:
        return
    translator = context.translators.for_language(update.effective_user.language_code)
    name, _, addressed = (message.text or "/").split()[0].removeprefix("/").partition("@")
    known = name in learner_commands(translator) or name in GROUP_COMMANDS
    if not (addressed.lower() == bot.username.lower() if addressed else known):
        return
    reply = await answer_in_group(context, interaction_from(update), name, read_content(message))
    try:
        said = reply or notices.group_greeting(translator, bot.username)
        await send_response(bot, message.chat.id, Response((said,)))
    except ApiError as error:  # removed or muted by the group
        if not (kind := classify(error).kind).is_final and kind is not ErrorKind.MIGRATED:
            raise
        log.info("A group could not be answered", extra={"action": "group_silent"})


async def on_membership(context: Context, _bot: AnyBot, update: Update) -> None:
    """Record that a person blocked or unblocked the bot, or that a group removed it."""
    changed = update.my_chat_member
    assert changed is not None, "wired to membership changes only"
    gone = changed.new_chat_member.status in ("kicked", "left")
    if changed.chat.type == "private":
        await learner_settings.mark_blocked(
            context.services, interaction_from(update), blocked=gone
        )
    elif gone:
        await group_summaries.remove_group(context.services, changed.chat.id)
