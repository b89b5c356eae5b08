"""Delivery results of broadcasts: /deliveries, its buttons, and answers to a broadcast."""

from collections.abc import Callable

from bot.actions import broadcast_drafts, broadcast_visibility, deliveries, delivery_changes, rsvps
from bot.actions.deliveries import DeliveryReport
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context, PressHandler
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering.deliveries import (
    broadcast_list,
    confirm_resend,
    confirm_undo,
    delivery_report,
    recipients_page,
)
from bot.rendering.progress_messages import progress_message
from bot.rendering.rsvps import no_longer_answerable, only_a_preview, rsvp_noted

WAKING_PRESSES = frozenset({"send", "cancel", "stop", "undo-now", "retry", "again-now"})
"""Buttons after which the broadcast planner should run at once."""


async def deliveries_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/deliveries: broadcasts that were sent or are scheduled."""
    _ = context.translator_of(interaction)
    found = await broadcast_visibility.fetch_broadcasts(context.services, interaction)
    return Response((broadcast_list(_, found, 0),))


async def rsvp_pressed(
    context: Context, interaction: Interaction, press: ManagePress, _message: int
) -> Response | None:
    """Handle an answer button of a broadcast; `None` for a button that never existed."""
    option = parse_whole_number(press.value)
    if option is None:
        return None
    happened = await rsvps.answer_broadcast(context.services, interaction, press.target, option)
    if happened is not None:
        return Response(toast=rsvp_noted(context.translator(happened.learner_state), happened))
    _ = context.translator_of(interaction)
    if await broadcast_drafts.find_draft(context.services, interaction, press.target):
        return Response(toast=only_a_preview(_))
    return Response(toast=no_longer_answerable(_))


async def show_report(
    context: Context,
    interaction: Interaction,
    press: ManagePress,
    toast: str | None = None,
    *,
    in_progress: bool = False,
) -> Response | None:
    """The report of a broadcast; `None` when the person may not see it.

    Args:
        in_progress: for the message that shows the progress.
    """
    told = await deliveries.fetch_report(context.services, interaction, press.target)
    _ = context.translator_of(interaction)
    screen = progress_message(_, told) if in_progress else delivery_report(_, told)
    return Response(edit=screen, toast=toast)


async def stop_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Stop sending a broadcast."""
    return _report_response(
        context,
        interaction,
        await delivery_changes.stop_broadcast(context.services, interaction, press.target),
    )


async def _open_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return await show_report(context, interaction, press)


async def _list_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    found = await broadcast_visibility.fetch_broadcasts(context.services, interaction)
    return Response(
        edit=broadcast_list(context.translator_of(interaction), found, _page_number(press))
    )


async def _recipients_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    page = await deliveries.fetch_recipients(
        context.services, interaction, press.target, _page_number(press)
    )
    return Response(edit=recipients_page(context.translator_of(interaction), page))


async def _undo_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return await _ask_confirmation(context, interaction, press, confirm_undo)


async def _resend_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return await _ask_confirmation(context, interaction, press, confirm_resend)


async def _undo_confirmed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return _report_response(
        context,
        interaction,
        await delivery_changes.undo_broadcast(context.services, interaction, press.target),
    )


async def _resend_confirmed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return _report_response(
        context,
        interaction,
        await delivery_changes.retry_unknown(context.services, interaction, press.target),
    )


async def _retry_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    return _report_response(
        context,
        interaction,
        await delivery_changes.retry_failed(context.services, interaction, press.target),
    )


async def _ask_confirmation(
    context: Context,
    interaction: Interaction,
    press: ManagePress,
    ask: Callable[[Translator, DeliveryReport], Reply],
) -> Response | None:
    told = await deliveries.fetch_changeable_report(context.services, interaction, press.target)
    return Response(edit=ask(context.translator_of(interaction), told))


def _report_response(
    context: Context, interaction: Interaction, report: DeliveryReport
) -> Response | None:
    return Response(edit=delivery_report(context.translator_of(interaction), report))


def _page_number(press: ManagePress) -> int:
    return parse_whole_number(press.value) or 0


PRESS_HANDLERS: dict[str, PressHandler] = {
    "list": _list_pressed,
    "open": _open_pressed,
    "who": _recipients_pressed,
    "stop": stop_pressed,
    "undo": _undo_pressed,
    "undo-now": _undo_confirmed,
    "again": _resend_pressed,
    "again-now": _resend_confirmed,
    "retry": _retry_pressed,
}
"""By the action of the button."""

RSVP_BUTTONS = Buttons(rsvp_pressed, everybody={"answer"})
