"""Groups: answers commands, teaches nobody in public, and may bring a weekly summary."""

import logging

from telegram import ChatMemberUpdated, Message

from bot.actions import group_summaries, learner_settings
from bot.actions.access import NotAllowedError
from bot.actions.cohort_changes import bind_group
from bot.actions.cohorts import (
    CohortDetails,
    SeveralFound,
    fetch_details,
    fetch_facilitated_cohorts,
    find_cohort,
)
from bot.actions.learner_state import Interaction
from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.commands import learner_commands
from bot.context import Context
from bot.handlers.commands import COMMANDS
from bot.handlers.message_content import MessageContent, read_content
from bot.handlers.permissions import is_permitted
from bot.messages import Reply, Response
from bot.rendering import notices
from bot.rendering.groups import bind_needs_name, bind_not_found, group_bound, group_unbound
from storage.cohorts import CohortState

log = logging.getLogger(__name__)

GROUP_COMMANDS = frozenset({"bind", "unbind"})
"""Commands that have an effect in a group."""


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
    translator = context.translator_of(interaction)
    name, _, addressed = (message.text or "/").split()[0].removeprefix("/").partition("@")
    known = name in learner_commands(translator) or name in GROUP_COMMANDS
    if not (addressed.lower() == bot.username.lower() if addressed else known):
        return
    reply = await _answer_command(context, interaction, name, read_content(message))
    try:
        said = reply or notices.group_greeting(translator, bot.username)
        await send_response(bot, message.chat.id, Response((said,)))
    except ApiError as error:  # removed or muted by the group
        if not (kind := classify(error).kind).is_final and kind is not ErrorKind.MIGRATED:
            raise
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


async def _answer_command(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> Reply | None:
    """The reply to a command in a group; `None` for the usual reply."""
    if name not in GROUP_COMMANDS or not await is_permitted(
        context, interaction, COMMANDS[name].permission
    ):
        return None
    _ = context.translator_of(interaction)
    try:
        found = await _find_group_cohort(context, interaction, name, message)
        if isinstance(found, SeveralFound):
            return bind_needs_name(_, name)
        group = message.chat if name == "bind" else None
        await bind_group(context.services, interaction, found.cohort.id, group)
    except NotAllowedError:
        return bind_not_found(_, name) if message.text else None
    return group_bound(_) if name == "bind" else group_unbound(_)


async def _find_group_cohort(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> CohortDetails | SeveralFound:
    """Find the cohort that a command in a group means: the named one, or the only candidate."""
    if message.text:
        found = await find_cohort(context.services, interaction, message.text)
        is_elsewhere = isinstance(found, CohortDetails) and found.cohort.group != message.chat
        if name == "unbind" and is_elsewhere:
            raise NotAllowedError
        return found
    mine = await fetch_facilitated_cohorts(context.services, interaction)
    if name == "unbind":
        likely = tuple(one for one in mine if one.group == message.chat)
    else:
        likely = tuple(one for one in mine if one.state is not CohortState.ARCHIVED)
    if not likely:
        raise NotAllowedError
    if len(likely) > 1:
        return SeveralFound(likely)
    return await fetch_details(context.services, interaction, likely[0].id)
