"""/radar, its buttons, notes to one learner, and the daily digest."""

from bot.actions import digests, radar
from bot.actions.access import NotAllowedError
from bot.actions.cohorts import match_name
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers import notes
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.messages import Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import notices
from bot.rendering.digests import digest_hours
from bot.rendering.radar import marked_handled, radar_page, which_cohort

_OFF = "off"


async def radar_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/radar, alone or with the name of a cohort."""
    _ = context.translator_of(interaction)
    mine = await radar.fetch_cohorts(context.services, interaction)
    named = match_name(mine, message.text)
    if message.text and not named:
        raise NotAllowedError
    if len(named) != 1:
        return Response((which_cohort(_, named),))
    page = await radar.fetch_page(context.services, interaction, named[0].id)
    return Response((radar_page(_, context.course, page),))


async def digest_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/digest: when the daily digest is sent."""
    _ = context.translator_of(interaction)
    found = await digests.fetch_hours(context.services, interaction)
    return Response((digest_hours(_, found),))


async def radar_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response:
    """Handle a button of the radar, of a note, or of the digest."""
    _ = context.translator_of(interaction)
    match press.action:
        case "list" | "dealt":
            dealt_with = press.action == "dealt"
            number = _parse_number(press.value)
            page = await radar.fetch_page(
                context.services, interaction, press.target, number, handled=dealt_with
            )
            return Response(edit=radar_page(_, context.course, page))
        case "seen":
            return await _seen_pressed(context, interaction, press)
        case "write" | "again":
            again = press.action == "again"
            return await notes.begin_pressed(context, interaction, press.target, again=again)
        case "anyway" | "withdraw":
            sends = press.action == "anyway"
            return await notes.waiting_pressed(context, interaction, press.target, sends=sends)
        case "hours" | "hour":
            return await _digest_hours_pressed(context, interaction, press)
        case what:
            return await notes.note_pressed(context, interaction, what, message)


async def _seen_pressed(context: Context, interaction: Interaction, press: ManagePress) -> Response:
    _ = context.translator_of(interaction)
    found = await radar.mark_handled(context.services, interaction, press.target)
    number = _parse_number(press.value)
    page = await radar.fetch_page(context.services, interaction, found.cohort, number)
    toast = marked_handled(_, found.display_name)
    return Response(edit=radar_page(_, context.course, page), toast=toast)


async def _digest_hours_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response:
    _ = context.translator_of(interaction)
    if press.action == "hours":
        found = await digests.fetch_hours(context.services, interaction)
    else:
        hour = None if press.value == _OFF else _parse_number(press.value)
        found = await digests.set_hour(context.services, interaction, hour)
    toast = notices.saved(_) if press.action == "hour" else None
    return Response(edit=digest_hours(_, found), toast=toast)


def _parse_number(value: str) -> int:
    return parse_whole_number(value) or 0


BUTTONS = Buttons(
    radar_pressed,
    everybody={"cancel"},  # ends a dialogue of one's own
    facilitators={
        *("list", "dealt", "seen", "write", "again", "change", "send", "anyway", "withdraw"),
        *("hours", "hour"),
    },
)
