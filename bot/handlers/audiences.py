"""The audience of a broadcast: buttons for cohorts and filters, and a typed number of days."""

from bot.actions import audiences, broadcast_changes, broadcast_drafts
from bot.actions.broadcast_drafts import BroadcastDraft
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context, PressHandler
from bot.handlers.broadcast_drafts import stop_listening
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.parsing import broadcast_text
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering.audiences import (
    cohort_choice,
    filter_choice,
    language_choice,
    page_of,
    silence_choice,
)
from bot.rendering.broadcast_drafts import not_understood
from course.cohorts.audiences import AudienceFilter

_MAX_DAYS_LENGTH = 3


async def days_typed(
    context: Context, interaction: Interaction, draft: BroadcastDraft, message: MessageContent
) -> Response:
    """Handle a typed number of days of silence."""
    _, days = (context.translator_of(interaction), _parse_days(message.text.strip()))
    if days is None:
        return Response((not_understood(_, silence_choice(_, draft)),))
    number = draft.broadcast.id
    changed = await broadcast_changes.toggle_filter(
        context.services, interaction, number, AudienceFilter.SILENT, days
    )
    await stop_listening(context, interaction)
    return Response((filter_choice(_, changed),))


async def _cohorts_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    services, number, page = context.services, press.target, parse_whole_number(press.value) or 0
    if press.action == "whom":
        shown = await broadcast_drafts.fetch_draft(services, interaction, number)
    elif press.action == "all":
        shown = await broadcast_changes.toggle_cohort(services, interaction, number, None)
    else:
        shown = await broadcast_changes.toggle_cohort(services, interaction, number, page)
    if press.action != "whom":
        page = page_of(shown, page) if press.action == "cohort" else 0
    return Response(edit=cohort_choice(context.translator_of(interaction), shown, page))


async def _filters_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    services, number, value = context.services, press.target, press.value
    _ = context.translator_of(interaction)
    if press.action in ("silent", "language") and not value:
        return await _ask_value(context, interaction, press)
    if press.action == "narrow" and value in tuple(AudienceFilter):
        shown = await broadcast_changes.toggle_filter(
            services, interaction, number, AudienceFilter(value)
        )
    elif press.action == "silent" and (days := _parse_days(value)):
        shown = await broadcast_changes.toggle_filter(
            services, interaction, number, AudienceFilter.SILENT, days
        )
    elif press.action == "language":
        shown = await _toggle_language(context, interaction, number, value)
    elif press.action == "some":
        shown = await broadcast_drafts.fetch_draft(services, interaction, number)
    else:
        return None
    if press.action != "narrow":  # the screen with this button may have awaited typed input
        await stop_listening(context, interaction)
    return Response(edit=filter_choice(_, shown))


async def _ask_value(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Ask for the value of a filter that is more than on or off."""
    services, _ = context.services, context.translator_of(interaction)
    if press.action == "silent":
        shown = await broadcast_changes.await_input(services, interaction, press.target, "days")
        return Response(edit=silence_choice(_, shown))
    shown = await broadcast_drafts.fetch_draft(services, interaction, press.target)
    spoken = await audiences.fetch_languages(services, shown.broadcast, interaction.at)
    return Response(edit=language_choice(_, shown, spoken))


async def _toggle_language(
    context: Context, interaction: Interaction, number: int, code: str
) -> BroadcastDraft:
    """Limit the audience to this language, or lift the limit if it is set already."""
    before = await broadcast_drafts.fetch_draft(context.services, interaction, number)
    again = before.broadcast.audience.language == code
    return await broadcast_changes.set_language(
        context.services, interaction, number, None if again else code
    )


def _parse_days(typed: str) -> int | None:
    days = parse_whole_number(typed) if len(typed) <= _MAX_DAYS_LENGTH else None
    return days if days and days <= broadcast_text.MAX_DAYS else None


PRESS_HANDLERS: dict[str, PressHandler] = {
    "whom": _cohorts_pressed,
    "cohort": _cohorts_pressed,
    "all": _cohorts_pressed,
    "some": _filters_pressed,
    "narrow": _filters_pressed,
    "silent": _filters_pressed,
    "language": _filters_pressed,
}
"""By the action of the button."""
