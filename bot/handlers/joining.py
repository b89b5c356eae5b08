"""Following an invitation link, /name and /leave."""

from typing import assert_never

from bot.actions import dialogues, joining, memberships
from bot.actions.invitation_lookup import InvalidLink, TooManyAttempts
from bot.actions.joining import AlreadyMember, CohortFull, Invited, Joined, JoinOutcome, LinkOutcome
from bot.actions.learner_state import Interaction, load_learner
from bot.actions.roles import RoleOffered, RoleTaken, accept_role
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.command_menus import build_menu
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.rendering.joining import (
    already_member,
    ask_name,
    ask_to_join,
    cohort_full,
    cohort_left,
    confirm_leave,
    declined,
    display_names,
    invalid_link,
    joined,
    too_many_attempts,
    which_to_leave,
    wrong_name,
)
from bot.rendering.roles import role_offered, role_taken
from course.cohorts import names
from storage.dialogues import Dialogue

_LINK_PREFIXES = ("c_", "f_", "a_")


async def follow_link(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response | None:
    """The response to /start with an invitation token; `None` for any other /start."""
    if not message.text.startswith(_LINK_PREFIXES):
        return None
    found = await joining.open_link(context.services, interaction, message.text)
    _ = context.translator_of(interaction)
    if isinstance(found, Invited):
        _ = context.translator(found.learner_state)
        is_new = found.learner_state.learner is None
        return Response((ask_to_join(_, found, context.course if is_new else None),))
    return Response((_link_reply(_, found),))


async def name_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/name, alone or with a name."""
    _ = context.translator(await load_learner(context.services, interaction))
    if message.text:
        name = names.clean_name(message.text)
        if name is None:
            return Response((wrong_name(_),))
        mine = await memberships.set_display_name(context.services, interaction, name)
        return Response((display_names(_, mine),))
    mine = await memberships.fetch_memberships(context.services, interaction)
    if mine:
        await dialogues.begin_dialogue(context.services, interaction, "name", {})
    return Response((display_names(_, mine),))


async def leave_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/leave: asks which cohort."""
    _ = context.translator(await load_learner(context.services, interaction))
    mine = await memberships.fetch_memberships(context.services, interaction)
    return Response((which_to_leave(_, mine),))


async def join_name_typed(
    context: Context, interaction: Interaction, _dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed name under which a learner wants to join."""
    name = names.clean_name(message.text)
    if name is None:
        return Response((wrong_name(context.translator_of(interaction)),))
    happened = await joining.join_cohort(context.services, interaction, name)
    return _join_response(context, interaction, happened, in_place=False)


async def name_typed(
    context: Context, interaction: Interaction, _dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a name typed after /name."""
    return await name_command(context, interaction, message)


def awaits_join_name(dialogue: Dialogue, message: MessageContent) -> bool:
    """Whether an invited learner was asked for a name, and typed something."""
    return dialogue.body.get("asks") == "name" and is_text(dialogue, message)


def is_text(_dialogue: Dialogue, message: MessageContent) -> bool:
    """Whether a message has any text."""
    return bool(message.text)


async def membership_pressed(
    context: Context, interaction: Interaction, press: ManagePress, _message: int
) -> Response | None:
    """Handle a button about joining, leaving or names."""
    _ = context.translator_of(interaction)
    match press.action:
        case "join":
            happened = await joining.join_cohort(context.services, interaction, None)
            return _join_response(context, interaction, happened, in_place=True)
        case "join-named":
            asked = await joining.await_name(context.services, interaction)
            return Response(edit=ask_name(_) if asked else invalid_link(_))
        case "no":
            await dialogues.end_dialogue(context.services, interaction)
            return Response(edit=declined(_))
        case "accept":
            return await _accept_role(context, interaction)
        case _:
            return await _member_pressed(context, interaction, press)


async def _member_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Handle a button of a member: leaving, or going back to the pseudonym."""
    services, _ = context.services, context.translator_of(interaction)
    match press.action:
        case "leave":
            mine = await memberships.fetch_memberships(services, interaction)
            found = next((one for one in mine if one.cohort == press.target), None)
            return Response(edit=confirm_leave(_, found) if found else cohort_left(_, None))
        case "leave-now":
            left = await memberships.leave_cohort(services, interaction, press.target)
            return Response(edit=cohort_left(_, left))
        case "pseudonym":
            mine = await memberships.set_display_name(services, interaction, None)
            return Response(edit=display_names(_, mine))
        case _:
            return None


async def _accept_role(context: Context, interaction: Interaction) -> Response:
    _ = context.translator_of(interaction)
    happened = await accept_role(context.services, interaction)
    if not isinstance(happened, RoleTaken):
        return Response(edit=_link_reply(_, happened))
    menu = await build_menu(context, interaction.learner, interaction.language)
    return Response(edit=role_taken(_, happened), menus=(menu,))


def _join_response(
    context: Context, interaction: Interaction, happened: JoinOutcome, *, in_place: bool
) -> Response:
    if isinstance(happened, Joined):
        screen = joined(context.translator(happened.learner_state), happened)
    else:
        screen = _link_reply(context.translator_of(interaction), happened)
    return Response(edit=screen) if in_place else Response((screen,))


def _link_reply(_: Translator, found: LinkOutcome | JoinOutcome) -> Reply:
    match found:
        case RoleOffered():
            return role_offered(_, found)
        case AlreadyMember(_visit, membership):
            return already_member(_, membership)
        case CohortFull():
            return cohort_full(_)
        case InvalidLink():
            return invalid_link(_)
        case TooManyAttempts():
            return too_many_attempts(_)
        case Invited():
            return ask_to_join(_, found, None)
        case Joined():
            return joined(_, found)
        case _ as never:
            assert_never(never)


BUTTONS = Buttons(
    membership_pressed,
    everybody={"join", "join-named", "no", "accept", "leave", "leave-now", "pseudonym"},
)
