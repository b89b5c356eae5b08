"""/radar, its buttons, notes to one learner, and the daily digest."""

from bot.actions import digests, radar
from bot.actions.access import NotAllowed, load_access
from bot.actions.learner_state import Interaction
from bot.actions.notes import (
    AlreadyHandled,
    NoteDraft,
    NotePreview,
    NoteQueued,
    await_note_text,
    begin_note,
    cancel_note,
    fetch_open_note,
    fetch_preview,
    note_from_body,
    send_note,
    set_note_text,
)
from bot.actions.radar import RadarPage
from bot.actions.support_answers import answer_from_body
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers import support_requests
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import notes, notices
from bot.rendering.digests import digest_hours
from bot.rendering.radar import already_handled, marked_handled, radar_page, which_cohort
from course.cohorts.formatting import sanitize_html
from storage.dialogues import Dialogue

_OFF = "off"


async def radar_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/radar, alone or with the name of a cohort."""
    _ = context.translator_of(interaction)
    mine = await radar.fetch_cohorts(context.services, interaction)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_found_or_not_yours(_)),))
    wanted = " ".join(message.text.casefold().split())
    named = [one for one in mine if one.name.casefold() == wanted] or [
        one for one in mine if one.name.casefold().startswith(wanted)
    ]
    if message.text and not named:
        return Response((Reply(notices.not_found_or_not_yours(_)),))
    if len(named) != 1:
        return Response((which_cohort(_, named),))
    found = await radar.fetch_page(context.services, interaction, named[0].id)
    return Response((_radar_reply(context, _, found),))


async def digest_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/digest: when the daily digest is sent."""
    _ = context.translator_of(interaction)
    found = await digests.fetch_hours(context.services, interaction)
    if isinstance(found, NotAllowed):
        return Response((Reply(notices.not_found_or_not_yours(_)),))
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
            found = await radar.fetch_page(
                context.services, interaction, press.target, number, handled=dealt_with
            )
            if isinstance(found, NotAllowed):
                return Response(toast=notices.not_found_or_not_yours(_))
            return Response(edit=_radar_reply(context, _, found))
        case "seen":
            return await _seen_pressed(context, interaction, press)
        case "write" | "again":
            again = press.action == "again"
            begun = await begin_note(context.services, interaction, press.target, again=again)
            if isinstance(begun, NotePreview):
                return Response((notes.note_preview(_, context.course, begun),))
            return Response(toast=_refused_text(_, begun))
        case "hours" | "hour":
            return await _digest_hours_pressed(context, interaction, press)
        case what:
            return await _note_pressed(context, interaction, what, message)


async def note_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed text of a note, or of an answer to a question."""
    note = note_from_body(dialogue.body)
    if note is None:
        return await support_requests.answer_typed(context, interaction, dialogue, message)
    _ = context.translator_of(interaction)
    translators, html = (
        context.translators.by_language_code.values(),
        sanitize_html(message.html_without_attachment),
    )
    if (trouble := notes.text_problem(_, html, translators)) is not None:
        return Response((trouble,))
    found = await set_note_text(context.services, interaction, note, html)
    if isinstance(found, NotePreview):
        return Response((notes.note_preview(_, context.course, found),))
    return Response((Reply(_refused_text(_, found)),))


def awaits_note(dialogue: Dialogue, _message: MessageContent) -> bool:
    """Whether a note, or an answer to a question, awaits its text."""
    draft = note_from_body(dialogue.body) or answer_from_body(dialogue.body)
    return draft is not None and draft.awaits_text


async def _note_pressed(
    context: Context, interaction: Interaction, what: str, message: int
) -> Response:
    """Handle a button under the preview of a note."""
    _ = context.translator_of(interaction)
    note = await fetch_open_note(context.services, interaction)
    if note is None and not (await load_access(context.services, interaction)).is_facilitator:
        return Response(toast=notices.not_found_or_not_yours(_))
    if note is None:
        return Response(edit=notes.nothing_to_send(_))
    if what == "send":
        return await _send_note(context, interaction, note, message)
    if what == "cancel":
        await cancel_note(context.services, interaction)
        return Response(edit=notes.cancelled(_))
    found = await fetch_preview(context.services, interaction, note)
    if not isinstance(found, NotePreview):
        return Response(toast=_refused_text(_, found))
    await await_note_text(context.services, interaction, note)
    return Response(edit=notes.ask_text(_, found.entry.display_name))


async def _send_note(
    context: Context, interaction: Interaction, draft: NoteDraft, message: int
) -> Response:
    _ = context.translator_of(interaction)
    found = await fetch_preview(context.services, interaction, draft)
    if not isinstance(found, NotePreview):
        return Response(toast=_refused_text(_, found))
    sent = await send_note(context.services, interaction, draft, notes.note_text(_, found), message)
    if not isinstance(sent, NoteQueued):
        return Response(toast=_refused_text(_, sent))
    return note_sent_response(context, _, sent, interaction.at, found.zone)


def note_sent_response(
    context: Context, _: Translator, sent: NoteQueued, now: int, zone: str
) -> Response:
    """The response to the writer of a note; the outbox edits that message later."""
    if not sent.is_own_press:
        return Response(edit=notes.already_written(_, sent.display_name))
    context.wake_outbox()
    return Response(edit=notes.delivery_status(_, sent.display_name, sent.status, now, zone))


async def _seen_pressed(context: Context, interaction: Interaction, press: ManagePress) -> Response:
    _ = context.translator_of(interaction)
    found = await radar.mark_handled(context.services, interaction, press.target)
    if isinstance(found, NotAllowed):
        return Response(toast=notices.not_found_or_not_yours(_))
    page = await radar.fetch_page(
        context.services, interaction, found.cohort, _parse_number(press.value)
    )
    return Response(
        edit=_radar_reply(context, _, page),
        toast=marked_handled(_, found.display_name),
    )


async def _digest_hours_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response:
    _ = context.translator_of(interaction)
    if press.action == "hours":
        found = await digests.fetch_hours(context.services, interaction)
    else:
        hour = None if press.value == _OFF else _parse_number(press.value)
        found = await digests.set_hour(context.services, interaction, hour)
    if isinstance(found, NotAllowed):
        return Response(toast=notices.not_found_or_not_yours(_))
    toast = notices.saved(_) if press.action == "hour" else None
    return Response(edit=digest_hours(_, found), toast=toast)


def _radar_reply(context: Context, _: Translator, found: RadarPage | NotAllowed) -> Reply:
    if isinstance(found, NotAllowed):
        return Reply(notices.not_found_or_not_yours(_))
    return radar_page(_, context.course, found)


def _refused_text(_: Translator, found: AlreadyHandled | NotAllowed) -> str:
    return (
        already_handled(_)
        if isinstance(found, AlreadyHandled)
        else notices.not_found_or_not_yours(_)
    )


def _parse_number(value: str) -> int:
    return parse_whole_number(value) or 0


BUTTONS = Buttons(
    radar_pressed,
    everybody={"cancel"},  # ends a dialogue of one's own
    facilitators={*("list", "dealt", "seen", "write", "again", "change", "send", "hours", "hour")},
)
