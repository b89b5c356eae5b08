"""Typed input for a broadcast: its text, its buttons, and when it is sent."""

from bot.actions import broadcast_changes
from bot.actions.broadcast_drafts import MAX_BUTTONS, BroadcastDraft
from bot.actions.learner_state import Interaction
from bot.context import Context
from bot.handlers.broadcast_drafts import explain_refusal, preview_messages
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.parsing import broadcast_text
from bot.parsing.cohort_form import ParseContext
from bot.rendering.broadcast_drafts import (
    ask_answers,
    ask_link,
    ask_text,
    buttons_page,
    draft_summary,
    not_understood,
    when_to_send,
)
from course.cohorts.formatting import sanitize_html
from storage.broadcasts import AnswerButton, BroadcastContent, LinkButton


async def draft_typed(
    context: Context,
    interaction: Interaction,
    draft: BroadcastDraft,
    awaited: str,
    message: MessageContent,
) -> Response:
    """Handle a typed text, time or button, whichever is awaited."""
    match awaited:
        case "text":
            return await _text_typed(context, interaction, draft, message)
        case "time":
            return await _time_typed(context, interaction, draft, message)
        case _:
            return await _buttons_typed(context, interaction, draft, awaited, message)


async def _text_typed(
    context: Context, interaction: Interaction, draft: BroadcastDraft, message: MessageContent
) -> Response:
    _, content = (
        context.translator_of(interaction),
        BroadcastContent(sanitize_html(message.html), message.photo, message.document),
    )
    if message.has_other_attachment or not (content.html.strip() or content.has_file):
        return Response((not_understood(_, ask_text(_, draft)),))
    refused = explain_refusal(context, interaction, draft, content)
    if refused is not None:
        return Response((refused,))
    changed = await broadcast_changes.set_content(
        context.services, interaction, draft.broadcast.id, content
    )
    return Response(preview_messages(context, interaction, changed))


async def _time_typed(
    context: Context, interaction: Interaction, draft: BroadcastDraft, message: MessageContent
) -> Response:
    _ = context.translator_of(interaction)
    at = broadcast_text.parse_send_time(
        message.text, ParseContext(interaction.at, _.locale, draft.zone)
    )
    if at is None:
        return Response((not_understood(_, when_to_send(_, draft)),))
    changed = await broadcast_changes.set_schedule(
        context.services, interaction, draft.broadcast.id, send_at=at, weekly=draft.broadcast.weekly
    )
    if context.has_seen_preview(interaction.learner, changed.broadcast):
        return Response((draft_summary(_, changed),))
    return Response(preview_messages(context, interaction, changed))


async def _buttons_typed(
    context: Context,
    interaction: Interaction,
    draft: BroadcastDraft,
    awaited: str,
    message: MessageContent,
) -> Response:
    _, known = context.translator_of(interaction), draft.broadcast
    more: tuple[LinkButton | AnswerButton, ...]
    if awaited == "link":
        link = broadcast_text.parse_link(message.text)
        more, ask = (() if link is None else (link,)), ask_link(_, draft)
    else:
        room = MAX_BUTTONS - len(known.content.buttons)
        more, ask = (
            broadcast_text.parse_answers(message.text, room),
            ask_answers(_, draft),
        )
    if not more:
        return Response((not_understood(_, ask),))
    changed = await broadcast_changes.add_buttons(context.services, interaction, known.id, *more)
    return Response((buttons_page(_, changed),))
