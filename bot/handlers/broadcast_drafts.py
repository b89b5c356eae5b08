"""Composing a broadcast: its text, its buttons, and when it is sent, up to the preview."""

from bot.actions import broadcast_changes, broadcast_drafts, dialogues
from bot.actions.broadcast_drafts import BROADCAST_DIALOGUE, BroadcastDraft
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context, PressHandler
from bot.messages import Reply, Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import broadcasts
from bot.rendering.broadcast_drafts import (
    ask_answers,
    ask_link,
    ask_text,
    buttons_page,
    draft_preview,
    draft_summary,
    what_to_change,
    when_to_send,
)
from bot.rendering.broadcast_text import placeholder_problems, too_long
from course.cohorts import placeholders
from storage.broadcasts import BroadcastContent, ContinueButton

_LAST_HOUR = 23


def preview_messages(
    context: Context, interaction: Interaction, draft: BroadcastDraft
) -> tuple[Reply, ...]:
    """The message as one recipient will get it, in their language, and the summary below it."""
    summary = draft_summary(context.translator_of(interaction), draft)
    if draft.sample is None:
        return (summary,)
    as_sent = draft_preview(
        context.translators.for_language(draft.sample.language), context.course, draft
    )
    if as_sent is None:
        return (summary,)
    context.remember_preview(interaction.learner, draft.broadcast)
    return (as_sent, summary)


def summary_response(context: Context, interaction: Interaction, draft: BroadcastDraft) -> Response:
    """The summary in place; with a new preview if the text has changed since the last one."""
    if draft.audience_count is None or context.has_seen_preview(
        interaction.learner, draft.broadcast
    ):
        return Response(edit=draft_summary(context.translator_of(interaction), draft))
    return Response(preview_messages(context, interaction, draft), removes_buttons=True)


def is_sendable(context: Context, content: BroadcastContent) -> bool:
    """Whether its placeholders can be filled, and it is short enough when they are."""
    return (
        not placeholders.find_placeholder_problems(content.html)
        and _excess_length(context, content) is None
    )


def explain_refusal(
    context: Context, interaction: Interaction, draft: BroadcastDraft, content: BroadcastContent
) -> Reply | None:
    """Why it cannot be sent; `None` when it can."""
    _ = context.translator_of(interaction)
    found = placeholders.find_placeholder_problems(content.html)
    if found:
        return placeholder_problems(_, draft, found)
    excess = _excess_length(context, content)
    if excess is None:
        return None
    return too_long(_, draft, excess, broadcasts.max_length(content))


async def stop_listening(context: Context, interaction: Interaction) -> None:
    """Close the dialogue, so that typed text no longer belongs to the broadcast."""
    if await dialogues.fetch_open_dialogue(context.services, interaction, BROADCAST_DIALOGUE):
        await dialogues.end_dialogue(context.services, interaction)


async def _look_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Show the summary, or ask for the text if there is none."""
    shown = await broadcast_drafts.fetch_draft(context.services, interaction, press.target)
    known, _ = shown.broadcast, context.translator_of(interaction)
    if not (known.content.html or known.content.has_file) and known.audience.cohorts != frozenset():
        await broadcast_changes.await_input(context.services, interaction, press.target, "text")
        return Response(edit=ask_text(_, shown))
    await stop_listening(context, interaction)
    if press.value != "anew" or shown.audience_count is None:
        return summary_response(context, interaction, shown)
    return Response(preview_messages(context, interaction, shown), removes_buttons=True)


async def _ask_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Await the text, a button with a link, or answers."""
    shown = await broadcast_changes.await_input(
        context.services, interaction, press.target, press.action
    )
    _ = context.translator_of(interaction)
    ask = {
        "text": ask_text,
        "link": ask_link,
        "answers": ask_answers,
    }
    return Response(edit=ask[press.action](_, shown))


async def _change_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    services, _ = context.services, context.translator_of(interaction)
    if press.action == "urgent":
        shown = await broadcast_changes.set_urgent(
            services, interaction, press.target, urgent=press.value == "1"
        )
        return summary_response(context, interaction, shown)
    shown = await broadcast_drafts.fetch_draft(services, interaction, press.target)
    return Response(edit=what_to_change(_, shown))


async def _buttons_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    services, number = context.services, press.target
    if press.action == "buttons":
        shown = await broadcast_drafts.fetch_draft(services, interaction, number)
    else:
        more = (ContinueButton(),) if press.action == "go-on" else ()
        shown = await broadcast_changes.add_buttons(services, interaction, number, *more)
    return Response(edit=buttons_page(context.translator_of(interaction), shown))


async def _schedule_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    services, number, _ = (context.services, press.target, context.translator_of(interaction))
    shown = await broadcast_changes.await_input(services, interaction, number, "time")
    if press.action == "later":
        return Response(edit=when_to_send(_, shown))
    known = shown.broadcast
    send_at, hour, weekly = known.send_at, known.local_hour, known.weekly
    if press.action == "hour":
        hour = parse_whole_number(press.value)
        if hour is None or hour > _LAST_HOUR:
            return None
    elif press.action == "now":
        send_at, hour = None, None
    else:
        weekly = press.value == "1" and shown.last_deadline is not None
    changed = await broadcast_changes.set_schedule(
        services, interaction, number, send_at=send_at, local_hour=hour, weekly=weekly
    )
    return summary_response(context, interaction, changed)


def _excess_length(context: Context, content: BroadcastContent) -> int | None:
    """The length it may reach with its placeholders filled, if that is too long; else `None`."""
    translators = tuple(
        context.translators.for_language(tag) for tag in context.translators.languages
    )
    longest = broadcasts.longest_length(translators, content)
    if longest > broadcasts.max_length(content) or broadcasts.has_too_many_bytes(content):
        return longest
    return None


PRESS_HANDLERS: dict[str, PressHandler] = {
    "look": _look_pressed,
    "text": _ask_pressed,
    "link": _ask_pressed,
    "answers": _ask_pressed,
    "change": _change_pressed,
    "urgent": _change_pressed,
    "buttons": _buttons_pressed,
    "go-on": _buttons_pressed,
    "no-buttons": _buttons_pressed,
    "later": _schedule_pressed,
    "hour": _schedule_pressed,
    "now": _schedule_pressed,
    "weekly": _schedule_pressed,
}
"""By the action of the button."""
