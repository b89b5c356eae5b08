"""Notes to one learner: their text, the preview, and sending them."""

from bot.actions.access import load_facilitator_access
from bot.actions.learner_state import Interaction
from bot.actions.notes import (
    AlreadyHandled,
    NoteDraft,
    NoteQueued,
    begin_note,
    cancel_note,
    decide_waiting_note,
    fetch_open_note,
    fetch_preview,
    note_from_body,
    send_note,
    set_note_text,
)
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.rendering import notes
from bot.rendering.radar import already_handled
from course.cohorts.formatting import sanitize_html
from storage.dialogues import Dialogue


async def note_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed text of a note."""
    note = note_from_body(dialogue.body)
    assert note is not None, "an answer to a question has its own handler"
    _, html = context.translator_of(interaction), sanitize_html(message.html_without_attachment)
    trouble = notes.text_problem(_, html, context.translators.by_language_code.values())
    if trouble is not None:
        return Response((trouble,))
    found = await set_note_text(context.services, interaction, note, html)
    if isinstance(found, AlreadyHandled):
        return Response((Reply(already_handled(_)),))
    return Response((notes.note_preview(_, context.course, found),))


async def begin_pressed(
    context: Context, interaction: Interaction, membership: int, *, again: bool
) -> Response:
    """Begin a note to a person on the radar; with `again` also about a handled concern."""
    _ = context.translator_of(interaction)
    begun = await begin_note(context.services, interaction, membership, again=again)
    if isinstance(begun, AlreadyHandled):
        return Response(toast=already_handled(_))
    return Response((notes.note_preview(_, context.course, begun),))


async def note_pressed(
    context: Context, interaction: Interaction, what: str, message: int
) -> Response:
    """Handle a button under the preview of a note."""
    _ = context.translator_of(interaction)
    note = await fetch_open_note(context.services, interaction)
    if note is None:
        await load_facilitator_access(context.services, interaction)  # raises for others
        return Response(edit=notes.nothing_to_send(_))
    if what == "send":
        return await _send_note(context, interaction, note, message)
    if what == "cancel":
        await cancel_note(context.services, interaction)
        return Response(edit=notes.cancelled(_))
    found = await fetch_preview(context.services, interaction, note)
    if isinstance(found, AlreadyHandled):
        return Response(toast=already_handled(_))
    return Response(edit=notes.ask_text(_, found.entry.display_name))


async def waiting_pressed(
    context: Context, interaction: Interaction, note: int, *, sends: bool
) -> Response:
    """Handle a button below a note that waits for another day."""
    decided, cohort = await decide_waiting_note(context.services, interaction, note, sends=sends)
    _ = context.translator_of(interaction)
    return note_sent_response(context, _, decided, interaction.at, cohort.zone)


async def _send_note(
    context: Context, interaction: Interaction, draft: NoteDraft, message: int
) -> Response:
    _ = context.translator_of(interaction)
    found = await fetch_preview(context.services, interaction, draft)
    if isinstance(found, AlreadyHandled):
        return Response(toast=already_handled(_))
    sent = await send_note(context.services, interaction, draft, notes.note_text(_, found), message)
    if isinstance(sent, AlreadyHandled):
        return Response(toast=already_handled(_))
    return note_sent_response(context, _, sent, interaction.at, found.zone)


def note_sent_response(
    context: Context, _: Translator, sent: NoteQueued, now: int, zone: str
) -> Response:
    """The response to the writer of a note; the outbox edits that message later."""
    if not sent.is_own_press:
        return Response(edit=notes.already_written(_, sent.display_name))
    context.wake_outbox()
    name = sent.display_name
    return Response(edit=notes.delivery_status(_, name, sent.status, now, zone, sent.note))
