"""Groups: answers commands, teaches nobody in public, and may bring a weekly summary."""

import logging

from telegram import Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.actions import group_summaries, learner_settings
from bot.bot_api.responding import respond
from bot.bot_api.sending import AnyBot
from bot.commands import described
from bot.context import Desk, turn_of
from bot.handlers.management import GROUPED, grouped
from bot.handlers.message_content import said_in
from bot.messages import Response
from bot.rendering import notices

log = logging.getLogger(__name__)


async def on_group(desk: Desk, bot: AnyBot, update: Update) -> None:
    """Answer a command in a group; ignore everything else."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    if message.migrate_to_chat_id is not None:
        await group_summaries.moved(desk.services, message.chat.id, message.migrate_to_chat_id)
        return
    if not (message.text or "").startswith("/") or update.effective_user is None:
        return
    voice = desk.voices.of(update.effective_user.language_code)
    name, _, addressed = (message.text or "/").split()[0].removeprefix("/").partition("@")
    known = name in described(voice) or name in GROUPED
    if not (addressed.lower() == bot.username.lower() if addressed else known):
        return
    reply = await grouped(desk, turn_of(update), name, said_in(message))
    try:
        said = reply or notices.group(voice, bot.username)
        await respond(bot, message.chat.id, Response((said,)))
    except (Forbidden, BadRequest, ChatMigrated):  # removed or muted by the group
        log.info("A group could not be answered", extra={"action": "group_silent"})


async def on_membership(desk: Desk, _bot: AnyBot, update: Update) -> None:
    """Record that a person blocked or unblocked the bot, or that a group removed it."""
    changed = update.my_chat_member
    assert changed is not None, "wired to membership changes only"
    gone = changed.new_chat_member.status in ("kicked", "left")
    if changed.chat.type == "private":
        await learner_settings.was_blocked(desk.services, turn_of(update), blocked=gone)
    elif gone:
        await group_summaries.lost(desk.services, changed.chat.id)
