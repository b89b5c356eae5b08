"""Tables of the commands and buttons about cohorts, and of the dialogues."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot import commands
from bot.actions import broadcast_drafts, notes, support_requests
from bot.actions.access import NotAllowed, load_access
from bot.actions.cohorts import (
    CohortDetails,
    SeveralFound,
    bind_group,
    fetch_details,
    fetch_facilitated_cohorts,
    find_cohort,
)
from bot.actions.dialogues import end_dialogue
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers import (
    broadcasts,
    cohort_form,
    cohorts,
    deliveries,
    dialogues,
    exports,
    joining,
    radar,
    roles,
    statistics,
    status,
)
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import COMMAND_PERMISSIONS as NEEDS
from bot.handlers.permissions import MANAGE_PERMISSIONS, Permission
from bot.handlers.support_requests import askfacilitator_command, question_typed, request_pressed
from bot.messages import CommandMenu, Reply, Response
from bot.rendering import notices, pages
from bot.rendering.cohort_form import cancelled, nothing_to_cancel
from bot.rendering.cohorts import (
    bind_needs_name,
    bind_not_found,
    group_bound,
    group_unbound,
    in_group_only,
)
from storage.cohorts import CohortState

ManagementCommand: TypeAlias = Callable[
    [Context, Interaction, MessageContent], Awaitable[Response | None]
]
"""`None` to let the command mean what it means for a learner without cohorts."""

ManagementPress: TypeAlias = Callable[
    [Context, Interaction, ManagePress, int], Awaitable[Response | None]
]
"""The last argument is the id of the message with the button; `None` for an obsolete button."""


async def answer_management_command(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> Response | None:
    """The response to a command about cohorts; `None` for any other command."""
    on_command = COMMAND_HANDLERS.get(name)
    return await on_command(context, interaction, message) if on_command else None


async def answer_management_press(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response | None:
    """The response to a button about cohorts; `None` for an obsolete button."""
    need, on_press = (
        MANAGE_PERMISSIONS.get((press.verb, press.action)),
        PRESS_HANDLERS.get(press.verb),
    )
    if need is None or on_press is None:
        return None
    found = await on_press(context, interaction, press, message)
    if found is None and need is not Permission.EVERYBODY:
        return Response(
            toast=notices.not_found_or_not_yours(
                context.translators.for_language(interaction.language)
            )
        )
    return found


async def is_facilitator_command(context: Context, interaction: Interaction, name: str) -> bool:
    """Whether a facilitator uses one of their commands: then its text is not about themselves."""
    if NEEDS.get(name, Permission.EVERYBODY) is Permission.EVERYBODY:
        return False
    return (await load_access(context.services, interaction)).is_facilitator


async def build_start_menus(context: Context, interaction: Interaction) -> tuple[CommandMenu, ...]:
    """The command menu of a person with a role who starts a chat; empty for others."""
    found = await roles.build_menu(context, interaction.learner, interaction.language)
    return (found,) if found.commands else ()


async def answer_in_group(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> Reply | None:
    """The reply to a command in a group; `None` for the usual reply."""
    if name not in GROUP_COMMANDS:
        return None
    _ = context.translators.for_language(interaction.language)
    found = await _find_group_cohort(context, interaction, name, message)
    if isinstance(found, SeveralFound):
        return bind_needs_name(_, name)
    if isinstance(found, NotAllowed):
        access = await load_access(context.services, interaction)
        return bind_not_found(_, name) if access.is_facilitator and message.text else None
    group = message.chat if name == "bind" else None
    done = await bind_group(context.services, interaction, found.cohort.id, group)
    if isinstance(done, NotAllowed):
        return None
    return group_bound(_) if name == "bind" else group_unbound(_)


async def _find_group_cohort(
    context: Context, interaction: Interaction, name: str, message: MessageContent
) -> CohortDetails | SeveralFound | NotAllowed:
    """Find the cohort that a command in a group means: the named one, or the only candidate."""
    if message.text:
        found = await find_cohort(context.services, interaction, message.text)
        is_elsewhere = isinstance(found, CohortDetails) and found.cohort.group != message.chat
        return NotAllowed() if name == "unbind" and is_elsewhere else found
    mine = await fetch_facilitated_cohorts(context.services, interaction)
    if isinstance(mine, NotAllowed):
        return mine
    if name == "unbind":
        likely = tuple(one for one in mine if one.group == message.chat)
    else:
        likely = tuple(one for one in mine if one.state is not CohortState.ARCHIVED)
    if len(likely) == 1:
        return await fetch_details(context.services, interaction, likely[0].id)
    return SeveralFound(likely) if likely else NotAllowed()


async def _bind_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/bind or /unbind in a private chat, where it has no effect."""
    _ = context.translators.for_language(interaction.language)
    if not (await load_access(context.services, interaction)).is_facilitator:
        return Response((Reply(notices.not_found_or_not_yours(_)),))
    return Response((in_group_only(_),))


async def _cancel_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    _ = context.translators.for_language(interaction.language)
    ended = await end_dialogue(context.services, interaction)
    return Response((cancelled(_) if ended is not None else nothing_to_cancel(_),))


async def _help_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response | None:
    """/help for a person with a role also lists the commands of that role."""
    access = await load_access(context.services, interaction)
    if not access.is_facilitator:
        return None
    _ = context.translators.for_language(interaction.language)
    more = {
        **commands.facilitator_commands(_),
        **commands.group_commands(_),
        **(commands.admin_commands(_) if access.is_admin else {}),
    }
    return Response((pages.help_text(_, commands.command_list(_, more)),))


GROUP_COMMANDS = frozenset({"bind", "unbind"})
"""Commands that have an effect in a group."""

COMMAND_HANDLERS: dict[str, ManagementCommand] = {
    "start": joining.start_command,
    "name": joining.name_command,
    "leave": joining.leave_command,
    "cancel": _cancel_command,
    "help": _help_command,
    "newcohort": cohort_form.newcohort_command,
    "cohorts": cohorts.cohorts_command,
    "cohort": cohorts.cohort_command,
    "grant": roles.grant_command,
    "revoke": roles.revoke_command,
    "audit": roles.audit_command,
    "stats": statistics.stats_command,
    "question": statistics.question_command,
    "broadcast": broadcasts.broadcast_command,
    "deliveries": deliveries.deliveries_command,
    "radar": radar.radar_command,
    "digest": radar.digest_command,
    "askfacilitator": askfacilitator_command,
    "export": exports.export_command,
    "status": status.status_command,
    "bind": _bind_command,
    "unbind": _bind_command,
}
"""By the name of the command, without its slash; each checks permissions itself."""

PRESS_HANDLERS: dict[str, ManagementPress] = {
    "k": cohorts.cohort_pressed,
    "i": joining.membership_pressed,
    "g": statistics.statistics_pressed,
    "e": exports.export_pressed,
    "b": broadcasts.broadcast_pressed,
    "v": deliveries.rsvp_pressed,
    "d": radar.radar_pressed,
    "q": request_pressed,
}
"""By the verb of the button, one of `bot.callback_data.MANAGE_VERBS`."""

dialogues.DIALOGUE_HANDLERS.update(
    {
        cohort_form.CREATE_DIALOGUE: cohort_form.new_cohort_typed,
        cohort_form.CHANGE_DIALOGUE: cohort_form.cohort_field_typed,
        roles.GRANT_DIALOGUE: roles.grant_contact_shared,
        roles.REVOKE_DIALOGUE: roles.revoke_contact_shared,
        broadcast_drafts.DIALOGUE_KIND: broadcasts.broadcast_typed,
        "join": joining.join_name_typed,
        "name": joining.name_typed,
        support_requests.DIALOGUE_KIND: question_typed,
        notes.DIALOGUE_KIND: radar.note_typed,
    }
)
