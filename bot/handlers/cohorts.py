"""Facilitating cohorts: /cohorts, /cohort, and their buttons."""

from bot.actions import cohorts, invitations
from bot.actions.cohort_changes import archive_cohort, change_cohort
from bot.actions.cohorts import CohortDetails, SeveralFound
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers import cohort_form, roles
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.i18n import Translator
from bot.messages import Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering.cohorts import (
    cohort_list,
    cohort_page,
    confirm_archive,
    members_page,
    what_to_change,
    which_cohort,
)
from bot.rendering.invitations import (
    link_address,
    link_card,
    link_card_message,
    link_list,
    new_link,
)
from storage.cohorts import CohortState


async def cohorts_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/cohorts: the cohorts that the person facilitates."""
    _ = context.translator_of(interaction)
    mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
    return Response((cohort_list(_, mine, 0),))


async def cohort_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/cohort with a name; alone it is /cohorts."""
    if not message.text:
        return await cohorts_command(context, interaction, message)
    _ = context.translator_of(interaction)
    found = await cohorts.find_cohort(context.services, interaction, message.text)
    if isinstance(found, SeveralFound):
        return Response((which_cohort(_, found.found),))
    return Response((cohort_page(_, found),))


async def cohort_pressed(
    context: Context, interaction: Interaction, press: ManagePress, _message: int
) -> Response | None:
    """Handle a button of a cohort, of the form for one, or of roles."""
    if press.action in cohort_form.PRESSES:
        return await cohort_form.form_pressed(context, interaction, press)
    if press.action in roles.PRESS_HANDLERS:
        return await roles.PRESS_HANDLERS[press.action](context, interaction, press)
    if press.action == "field":
        return await cohort_form.field_pressed(context, interaction, press.target, press.value)
    if press.action == "clear":
        return await cohort_form.clear_pressed(context, interaction, press.target, press.value)
    return await _action_pressed(context, interaction, press)


async def _action_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    _, services, number = (context.translator_of(interaction), context.services, press.target)
    match press.action:
        case "list":
            mine = await cohorts.fetch_facilitated_cohorts(services, interaction)
            return Response(edit=cohort_list(_, mine, _page_number(press)))
        case "members":
            page = await cohorts.fetch_members(services, interaction, number, _page_number(press))
            return Response(edit=members_page(_, page))
        case "close" | "reopen":
            state = CohortState.CLOSED if press.action == "close" else CohortState.OPEN
            return await _set_state(context, interaction, number, state)
        case "archive-now":
            return _details_response(_, await archive_cohort(services, interaction, number))
        case "link":
            return await _create_link(context, interaction, number, press.value)
        case "card":
            return await _card_pressed(context, interaction, number, press.value)
        case "unlink":
            found = await invitations.revoke_links(services, interaction, number)
            return Response(edit=link_list(_, found))
        case what:
            return await _show_screen(
                context, interaction, number, what, as_new_message=press.value == "anew"
            )


async def _show_screen(
    context: Context, interaction: Interaction, cohort: int, what: str, *, as_new_message: bool
) -> Response | None:
    """Show a screen of one cohort; changes nothing.

    Args:
        as_new_message: send a new message, since the button is under a picture.
    """
    _ = context.translator_of(interaction)
    led = await cohorts.fetch_details(context.services, interaction, cohort)
    match what:
        case "open":
            screen = cohort_page(_, led)
            return Response((screen,)) if as_new_message else Response(edit=screen)
        case "change":
            return Response(edit=what_to_change(_, led.cohort))
        case "archive":
            return Response(edit=confirm_archive(_, led.cohort))
        case "links":
            return Response(edit=link_list(_, led))
        case _other:
            return None


async def _set_state(
    context: Context, interaction: Interaction, cohort: int, state: CohortState
) -> Response | None:
    """Close a cohort or open it again; an archived one stays archived."""
    _ = context.translator_of(interaction)
    led = await cohorts.fetch_details(context.services, interaction, cohort)
    if led.cohort.state is CohortState.ARCHIVED:
        return None
    return _details_response(
        _, await change_cohort(context.services, interaction, cohort, "state", state)
    )


async def _create_link(
    context: Context, interaction: Interaction, cohort: int, value: str
) -> Response | None:
    """Create a link, valid for some days or for one person."""
    if value not in ("7", "30", "one"):
        return None
    days, uses = (7, 1) if value == "one" else (int(value), None)
    made = await invitations.create_link(context.services, interaction, cohort, days, uses)
    _ = context.translator_of(interaction)
    return Response(new_link(_, context.course, made, context.bot_username))


async def _card_pressed(
    context: Context, interaction: Interaction, cohort: int, payload: str
) -> Response | None:
    """Send the picture of a link; `None` when the link is none of this cohort that works."""
    if not await invitations.is_usable_link(context.services, interaction, cohort, payload):
        return None
    _, address = context.translator_of(interaction), link_address(context.bot_username, payload)
    found = await cohorts.fetch_facilitated_cohort(context.services, interaction, cohort)
    drawn = await context.chart_renderer.render(link_card(_, context.course, found, address))
    return Response((link_card_message(_, found, address, drawn),))


def _details_response(_: Translator, details: CohortDetails) -> Response | None:
    return Response(edit=cohort_page(_, details))


def _page_number(press: ManagePress) -> int:
    return parse_whole_number(press.value) or 0


BUTTONS = Buttons(
    cohort_pressed,
    everybody={"cancel"},  # ends a dialogue of one's own
    facilitators={
        *(cohort_form.PRESSES - {"cancel"}),
        *("field", "clear", "list", "open", "members", "change", "close", "reopen"),
        *("archive", "archive-now", "links", "link", "card", "unlink"),
        *roles.FACILITATOR_PRESSES,
    },
    admins=roles.ADMIN_PRESSES,
)
