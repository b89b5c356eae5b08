"""Writing to cohorts: /broadcast alone or in one line, text typed for it, and its buttons."""

from bot.actions import broadcast_changes, broadcast_drafts, broadcasts, cohorts, dialogues
from bot.actions.access import NotAllowedError, load_access
from bot.actions.broadcast_drafts import BroadcastDraft, NoCohort, TooFewSpeakers
from bot.actions.broadcasts import ChangedMeanwhile
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context, PressHandler
from bot.handlers import audiences, deliveries
from bot.handlers.broadcast_drafts import (
    PRESS_HANDLERS,
    explain_refusal,
    is_sendable,
    preview_messages,
)
from bot.handlers.broadcast_input import draft_typed
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.messages import Reply, Response
from bot.parsing import broadcast_text
from bot.parsing.broadcast_text import TooManyParts
from bot.rendering.audiences import cohort_choice, too_few_speakers
from bot.rendering.broadcast_drafts import changed_meanwhile, no_cohort
from bot.rendering.broadcast_text import one_line_help, unsupported_attachment
from bot.rendering.deliveries import already_sent, cancelled, no_longer_changeable, reopened
from course.cohorts.audiences import Audience
from course.cohorts.formatting import sanitize_html
from storage.broadcasts import BroadcastContent, BroadcastState
from storage.dialogues import Dialogue


async def broadcast_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/broadcast, alone or with a whole broadcast in one line."""
    if not message.text:
        begun = await broadcast_drafts.start_draft(context.services, interaction)
        return _started_response(context, interaction, begun)
    _, access = context.translator_of(interaction), await load_access(context.services, interaction)
    if message.has_other_attachment:
        return Response((unsupported_attachment(_),))
    mine = await cohorts.fetch_current_cohorts(context.services, access)
    line = broadcast_text.parse_line(message.html, mine)
    if line is None or isinstance(line, TooManyParts):
        unknown = broadcast_text.find_unknown_words(message.html, mine) if line is None else None
        return Response((one_line_help(_, is_too_much=line is not None, unknown=unknown),))
    return await _start_from_line(context, interaction, message, *line)


async def _start_from_line(
    context: Context,
    interaction: Interaction,
    message: MessageContent,
    audience: Audience,
    html: str,
) -> Response:
    """Begin a broadcast whose audience and text were typed; say why when it cannot be sent so."""
    content = BroadcastContent(sanitize_html(html), message.photo, message.document)
    kept = content if is_sendable(context, content) else None
    begun = await broadcast_drafts.start_draft(context.services, interaction, kept, audience)
    if kept is None and isinstance(begun, BroadcastDraft):
        refused = explain_refusal(context, interaction, begun, content)
        return Response((refused or cohort_choice(context.translator_of(interaction), begun),))
    return _started_response(context, interaction, begun)


async def broadcast_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a message while a broadcast awaits input."""
    number, wants = broadcast_changes.read_awaited_input(dialogue.body)
    draft = await broadcast_drafts.find_draft(context.services, interaction, number)
    if draft is None:
        await dialogues.end_dialogue(context.services, interaction)
        raise NotAllowedError
    if wants == "days":
        return await audiences.days_typed(context, interaction, draft, message)
    return await draft_typed(context, interaction, draft, wants, message)


async def broadcast_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response | None:
    """Handle a button of a broadcast, before it is sent or afterwards."""
    if press.action in deliveries.PRESS_HANDLERS:
        return await deliveries.PRESS_HANDLERS[press.action](context, interaction, press)
    if press.action == "send":
        return await _send_pressed(context, interaction, press, message)
    return await _draft_pressed(context, interaction, press)


async def _draft_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Handle a button of a draft; if it was sent meanwhile, show its report."""
    try:
        found = await _DRAFT_PRESS_HANDLERS[press.action](context, interaction, press)
    except NotAllowedError:
        found = None
    is_draft = await broadcast_drafts.find_draft(context.services, interaction, press.target)
    if found is not None or is_draft:
        return found
    no_more = no_longer_changeable(context.translator_of(interaction))
    return await deliveries.show_report(context, interaction, press, no_more)


async def _edit_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Make a scheduled broadcast a draft again, and show it."""
    draft = await broadcasts.reopen_broadcast(context.services, interaction, press.target)
    _ = context.translator_of(interaction)
    shown = preview_messages(context, interaction, draft)
    return Response(shown, toast=reopened(_), removes_buttons=True)


async def _cancel_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Cancel it before it is sent, or stop it if it is being sent."""
    known = await broadcasts.cancel_broadcast(context.services, interaction, press.target)
    if known.state is BroadcastState.CANCELLED:
        return Response(edit=cancelled(context.translator_of(interaction), known))
    if known.state in (BroadcastState.SCHEDULED, BroadcastState.SENDING):
        return await deliveries.stop_pressed(context, interaction, press)
    return None


async def _send_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response | None:
    """Send the version that the person saw; if it was changed, show the new one first.

    If two people press it at once, it is sent once, and both see the report.
    """
    services, number, _ = context.services, press.target, context.translator_of(interaction)
    before = await broadcast_drafts.find_draft(services, interaction, number)
    if before is not None and not is_sendable(context, before.broadcast.content):
        refused = explain_refusal(context, interaction, before, before.broadcast.content)
        return Response(edit=refused)
    sent = await broadcasts.send_broadcast(services, interaction, number, press.value, message)
    if isinstance(sent, ChangedMeanwhile):
        preview = preview_messages(context, interaction, sent.draft)
        return Response(preview, toast=changed_meanwhile(_), removes_buttons=True)
    if before is not None and not sent.is_own_press:
        return await deliveries.show_report(context, interaction, press, already_sent(_))
    known = sent.draft.broadcast
    is_told_here = known.chat == interaction.learner and known.message == message
    return await deliveries.show_report(context, interaction, press, in_progress=is_told_here)


def _started_response(
    context: Context,
    interaction: Interaction,
    begun: BroadcastDraft | NoCohort | TooFewSpeakers,
) -> Response:
    _ = context.translator_of(interaction)
    match begun:
        case NoCohort():
            return Response((no_cohort(_),))
        case TooFewSpeakers():
            return Response((Reply(too_few_speakers(_)),))
        case BroadcastDraft():
            return Response(preview_messages(context, interaction, begun))


_DRAFT_PRESS_HANDLERS: dict[str, PressHandler] = {
    **PRESS_HANDLERS,
    **audiences.PRESS_HANDLERS,
    "cancel": _cancel_pressed,
    "edit": _edit_pressed,
}
"""By the action of the button, for a broadcast that is not sent yet."""

BUTTONS = Buttons(
    broadcast_pressed,
    facilitators={*_DRAFT_PRESS_HANDLERS, *deliveries.PRESS_HANDLERS, "send"} - {"all"},
    admins={"all"},
)
