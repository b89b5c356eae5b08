"""/radar, its buttons, notes to one learner, and the daily digest."""

from bot.actions import digests, radar
from bot.actions.access import NotAllowed, access
from bot.actions.learner_state import Turn
from bot.actions.notes import (
    DealtWith,
    Preview,
    Writing,
    Written,
    begin,
    cancel,
    look,
    of_draft,
    open_one,
    says,
    send,
    wait,
)
from bot.actions.radar import Radar
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers import support_requests
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import notes, notices
from bot.rendering import radar as radar_rendering
from bot.rendering.digests import hours
from course.cohorts.formatting import kept
from storage.dialogues import Draft

_OFF = "off"


async def on_radar(desk: Desk, turn: Turn, said: Said) -> Response:
    """/radar, alone or with the name of a cohort."""
    _ = desk.voices.of(turn.language)
    mine = await radar.choosable(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    wanted = " ".join(said.text.casefold().split())
    named = [one for one in mine if one.name.casefold() == wanted] or [
        one for one in mine if one.name.casefold().startswith(wanted)
    ]
    if said.text and not named:
        return Response((Reply(notices.not_yours(_)),))
    if len(named) != 1:
        return Response((radar_rendering.choose(_, named),))
    found = await radar.look(desk.services, turn, named[0].id)
    return Response((_page(desk, _, found),))


async def on_digest(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/digest: when the daily digest is sent."""
    _ = desk.voices.of(turn.language)
    found = await digests.hours(desk.services, turn)
    if isinstance(found, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response((hours(_, found),))


async def on_press(desk: Desk, turn: Turn, press: Manage, message: int) -> Response:
    """Handle a button of the radar, of a note, or of the digest."""
    _ = desk.voices.of(turn.language)
    match press.what:
        case "list" | "dealt":
            dealt_with = press.what == "dealt"
            number = _number(press.value)
            found = await radar.look(
                desk.services, turn, press.number, number, dealt_with=dealt_with
            )
            if isinstance(found, NotAllowed):
                return Response(toast=notices.not_yours(_))
            return Response(edit=_page(desk, _, found))
        case "seen":
            return await _seen(desk, turn, press)
        case "write" | "again":
            again = press.what == "again"
            begun = await begin(desk.services, turn, press.number, again=again)
            if isinstance(begun, Preview):
                return Response((notes.preview(_, desk.course, begun),))
            return Response(toast=_not(_, begun))
        case "hours" | "hour":
            return await _hours(desk, turn, press)
        case what:
            return await _on_note(desk, turn, what, message)


async def heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle the typed text of a note, or of an answer to a question."""
    note = of_draft(draft.body)
    if note is None:
        return await support_requests.answer_heard(desk, turn, draft, said)
    if not note.waits:
        return None
    _ = desk.voices.of(turn.language)
    voices, html = desk.voices.by_code.values(), kept(said.words)
    if (trouble := notes.trouble(_, html, voices)) is not None:
        return Response((trouble,))
    found = await says(desk.services, turn, note, html)
    if isinstance(found, Preview):
        return Response((notes.preview(_, desk.course, found),))
    return Response((Reply(_not(_, found)),))


async def _on_note(desk: Desk, turn: Turn, what: str, message: int) -> Response:
    """Handle a button under the preview of a note."""
    _ = desk.voices.of(turn.language)
    note = await open_one(desk.services, turn)
    if note is None and not (await access(desk.services, turn)).is_facilitator:
        return Response(toast=notices.not_yours(_))
    if note is None:
        return Response(edit=notes.gone(_))
    if what == "send":
        return await _send(desk, turn, note, message)
    if what == "cancel":
        await cancel(desk.services, turn)
        return Response(edit=notes.cancelled(_))
    found = await look(desk.services, turn, note)
    if not isinstance(found, Preview):
        return Response(toast=_not(_, found))
    await wait(desk.services, turn, note)
    return Response(edit=notes.ask_text(_, found.shown.called))


async def _send(desk: Desk, turn: Turn, note: Writing, message: int) -> Response:
    _ = desk.voices.of(turn.language)
    found = await look(desk.services, turn, note)
    if not isinstance(found, Preview):
        return Response(toast=_not(_, found))
    sent = await send(desk.services, turn, note, notes.said(_, found), message)
    if not isinstance(sent, Written):
        return Response(toast=_not(_, sent))
    return sent_response(desk, _, sent, turn.at, found.zone)


def sent_response(desk: Desk, _: Voice, sent: Written, now: int, zone: str) -> Response:
    """The response to the writer of a note; the outbox edits that message later."""
    if not sent.is_mine:
        return Response(edit=notes.faster(_, sent.called))
    desk.wake()
    return Response(edit=notes.status(_, sent.called, sent.stand, now, zone))


async def _seen(desk: Desk, turn: Turn, press: Manage) -> Response:
    _ = desk.voices.of(turn.language)
    found = await radar.deal_with(desk.services, turn, press.number)
    if isinstance(found, NotAllowed):
        return Response(toast=notices.not_yours(_))
    page = await radar.look(desk.services, turn, found.cohort, _number(press.value))
    return Response(edit=_page(desk, _, page), toast=radar_rendering.seen(_, found.called))


async def _hours(desk: Desk, turn: Turn, press: Manage) -> Response:
    _ = desk.voices.of(turn.language)
    if press.what == "hours":
        found = await digests.hours(desk.services, turn)
    else:
        hour = None if press.value == _OFF else _number(press.value)
        found = await digests.set_hour(desk.services, turn, hour)
    if isinstance(found, NotAllowed):
        return Response(toast=notices.not_yours(_))
    toast = notices.set_now(_) if press.what == "hour" else None
    return Response(edit=hours(_, found), toast=toast)


def _page(desk: Desk, _: Voice, found: Radar | NotAllowed) -> Reply:
    if isinstance(found, NotAllowed):
        return Reply(notices.not_yours(_))
    return radar_rendering.page(_, desk.course, found)


def _not(_: Voice, found: DealtWith | NotAllowed) -> str:
    return radar_rendering.dealt_with(_) if isinstance(found, DealtWith) else notices.not_yours(_)


def _number(value: str) -> int:
    return whole_number(value) or 0
