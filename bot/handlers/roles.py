"""Roles: /grant, /revoke and /audit, their buttons, and the command menus that depend on roles."""

from bot.actions import cohorts, dialogues, invitations, roles
from bot.actions.access import NotAllowedError, load_access
from bot.actions.cohorts import SeveralFound
from bot.actions.learner_state import Interaction
from bot.actions.roles import GRANT_DIALOGUE, RoleHolder
from bot.callback_data import ManagePress, parse_id
from bot.context import Context, PressHandler
from bot.handlers.audit_log import audit_pressed
from bot.handlers.command_menus import build_menu
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering.joining import wrong_name
from bot.rendering.roles import (
    ask_role_name,
    choose_role,
    confirm_grant,
    confirm_revoke,
    contact_missing,
    grant_expired,
    offers_revoked,
    role_granted,
    role_holders,
    role_link,
    role_name_set,
    role_revoked,
)
from course.cohorts.names import clean_name
from course.model import LearnerId
from storage.cohorts import CohortState
from storage.dialogues import Dialogue
from storage.invitations import InvitationKind
from storage.roles import Role

REVOKE_DIALOGUE = "revoke"
"""The kind of the dialogue that waits for a contact, as `roles.GRANT_DIALOGUE` does."""


async def grant_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/grant, alone or with a role or the name of a cohort."""
    word = message.text.strip().casefold()
    if word in ("admin", "facilitator"):
        return await _offer_role(context, interaction, InvitationKind(word), None)
    if word:
        found = await cohorts.find_cohort(context.services, interaction, word)
        if isinstance(found, SeveralFound):
            raise NotAllowedError
        kind, cohort = InvitationKind.FACILITATOR, found.cohort.id
        return await _offer_role(context, interaction, kind, cohort)
    mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
    access = await load_access(context.services, interaction)
    known = [(one.id, one.name) for one in mine if one.state is not CohortState.ARCHIVED]
    _ = context.translator_of(interaction)
    return Response((choose_role(_, known, is_admin=access.is_admin),))


async def grant_contact_shared(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a contact shared after /grant: ask first."""
    _ = context.translator_of(interaction)
    if message.contact is None:
        return Response((contact_missing(_),))
    kind, cohort = InvitationKind(dialogue.body["kind"]), dialogue.body["cohort"]
    asking = await roles.ask_before_grant(
        context.services, interaction, kind, cohort, message.contact
    )
    return Response((confirm_grant(_, asking, message.contact_name),))


async def revoke_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/revoke: the roles that can be taken back."""
    found = await roles.fetch_role_holders(context.services, interaction)
    await dialogues.begin_dialogue(context.services, interaction, REVOKE_DIALOGUE, {})
    _ = context.translator_of(interaction)
    return Response((role_holders(_, found, interaction.learner, 0),))


async def revoke_contact_shared(
    context: Context, interaction: Interaction, _dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a contact shared after /revoke: list the roles of that person."""
    found = await roles.fetch_role_holders(context.services, interaction)
    theirs = [one for one in found if one.person == message.contact]
    _ = context.translator_of(interaction)
    return Response((role_holders(_, theirs, interaction.learner, 0),))


async def role_name_typed(
    context: Context, interaction: Interaction, _dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed name for a role."""
    _, name = context.translator_of(interaction), clean_name(message.text)
    if name is None:
        return Response((wrong_name(_),))
    await roles.set_role_name(context.services, interaction, name)
    return Response((role_name_set(_, name),))


def has_text(_dialogue: Dialogue, message: MessageContent) -> bool:
    """Whether a message has any text."""
    return bool(message.text)


def is_contact(_dialogue: Dialogue, message: MessageContent) -> bool:
    """Whether a message shares the contact of somebody on Telegram."""
    return message.contact is not None


def is_contact_or_attachment(_dialogue: Dialogue, message: MessageContent) -> bool:
    """Whether a message has a contact, or no words; words mean what they always do."""
    return message.contact is not None or not message.text


async def _grant_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return await _offer_role(context, interaction, InvitationKind.FACILITATOR, press.target)


async def _offer_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    if press.value not in ("admin", "facilitator"):
        return None
    return await _offer_role(context, interaction, InvitationKind(press.value), None)


async def _give_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    person, _ = parse_id(press.value), context.translator_of(interaction)
    happened = await roles.grant_role(context.services, interaction, LearnerId(person or 0))
    if happened is None:
        return Response(toast=grant_expired(_))
    menu = await build_menu(context, happened.person)
    return Response(edit=role_granted(_, happened), menus=(menu,))


async def _holders_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    found = await roles.fetch_role_holders(context.services, interaction)
    page = parse_whole_number(press.value) or 0
    _ = context.translator_of(interaction)
    return Response(edit=role_holders(_, found, interaction.learner, page))


async def _revoke_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    wanted = _parse_holder(press)
    known = await roles.fetch_role_holders(context.services, interaction)
    found = next((one for one in known if wanted and roles.is_same_role(one, wanted)), None)
    if found is None:
        return None
    _ = context.translator_of(interaction)
    return Response(edit=confirm_revoke(_, found, interaction.learner))


async def _revoke_confirmed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    wanted = _parse_holder(press)
    if wanted is None:
        return None
    revoked = await roles.revoke_role(context.services, interaction, wanted)
    _ = context.translator_of(interaction)
    screen = role_revoked(_, revoked, interaction.learner)
    return Response(edit=screen, menus=(await build_menu(context, revoked.person),))


async def _revoke_offers_pressed(
    context: Context, interaction: Interaction, _press: ManagePress
) -> Response | None:
    await invitations.revoke_offers(context.services, interaction)
    return Response(toast=offers_revoked(context.translator_of(interaction)))


async def _role_name_pressed(
    context: Context, interaction: Interaction, _press: ManagePress
) -> Response | None:
    await roles.await_role_name(context.services, interaction)
    return Response((ask_role_name(context.translator_of(interaction)),))


PRESS_HANDLERS: dict[str, PressHandler] = {
    "grant": _grant_pressed,
    "offer": _offer_pressed,
    "give": _give_pressed,
    "holders": _holders_pressed,
    "revoke": _revoke_pressed,
    "revoke-now": _revoke_confirmed,
    "unoffer": _revoke_offers_pressed,
    "role-name": _role_name_pressed,
    "audit": audit_pressed,
}
"""By the action of the button."""

ADMIN_PRESSES = frozenset({"offer", "audit"})
FACILITATOR_PRESSES = PRESS_HANDLERS.keys() - ADMIN_PRESSES


async def _offer_role(
    context: Context, interaction: Interaction, kind: InvitationKind, cohort: int | None
) -> Response:
    linked = await invitations.offer_role(context.services, interaction, kind, cohort)
    body = {"kind": kind.value, "cohort": cohort}
    await dialogues.begin_dialogue(context.services, interaction, GRANT_DIALOGUE, body)
    return Response((role_link(context.translator_of(interaction), linked, context.bot_username),))


def _parse_holder(press: ManagePress) -> RoleHolder | None:
    """Whom a button names: "cohort.2001" with a cohort, or a role and a person."""
    what, _, number = press.value.partition(".")
    person = parse_id(number)
    if person is None:
        return None
    if what == "cohort":
        return RoleHolder(LearnerId(person), None, press.target)
    return RoleHolder(LearnerId(person), Role(what)) if what in set(Role) else None
