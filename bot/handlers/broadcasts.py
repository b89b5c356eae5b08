"""Writing to cohorts: /broadcast alone or in one line, text typed for it, and its buttons."""

from bot.actions import (
    broadcast_drafts,
    broadcasts,
    cohorts,
    dialogues,
)
from bot.actions.access import NotAllowed
from bot.actions.broadcast_drafts import Composed, NoCohort, TooFew
from bot.actions.broadcasts import Changed
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk, OnPress
from bot.handlers import audiences, deliveries
from bot.handlers.broadcast_drafts import (
    PRESSES,
    heard,
    is_sendable,
    preview,
    refusal,
)
from bot.handlers.message_content import Said
from bot.messages import Reply, Response
from bot.parsing import broadcast_text
from bot.parsing.broadcast_text import TooMuch
from bot.rendering import notices
from bot.rendering.audiences import too_few, whom
from bot.rendering.broadcast_drafts import (
    changed_meanwhile,
    how,
    no_cohort,
    only_these,
)
from bot.rendering.deliveries import called_off, under_way, was_faster
from course.cohorts.formatting import kept
from storage.broadcasts import Content
from storage.broadcasts import State as Stage
from storage.cohorts import State
from storage.dialogues import Draft


async def on_broadcast(desk: Desk, turn: Turn, said: Said) -> Response:
    """/broadcast, alone or with a whole broadcast in one line."""
    _ = desk.voices.of(turn.language)
    mine = await cohorts.all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    if not said.text:
        return _begun(desk, turn, await broadcast_drafts.begin(desk.services, turn))
    if said.is_other:
        return Response((only_these(_),))
    line = broadcast_text.line(said.html, [one for one in mine if one.state is not State.ARCHIVED])
    if line is None or isinstance(line, TooMuch):
        return Response((how(_, is_too_much=line is not None),))
    to, html = line
    content = Content(kept(html), said.photo, said.document)
    if is_sendable(desk, content):
        return _begun(desk, turn, await broadcast_drafts.begin(desk.services, turn, content, to))
    begun = await broadcast_drafts.begin(desk.services, turn, to=to)
    if isinstance(begun, Composed):
        return Response((refusal(desk, turn, begun, content) or whom(_, begun),))
    return _begun(desk, turn, begun)


async def composing_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response:
    """Handle a message while a broadcast awaits input."""
    number, wants = broadcast_drafts.waits_for(draft.body)
    _ = desk.voices.of(turn.language)
    shown = await broadcast_drafts.look(desk.services, turn, number)
    if isinstance(shown, NotAllowed):
        await dialogues.end(desk.services, turn)
        return Response((Reply(notices.not_yours(_)),))
    if wants == "days":
        return await audiences.days_heard(desk, turn, shown, said)
    return await heard(desk, turn, shown, wants, said)


async def on_press(desk: Desk, turn: Turn, press: Manage, message: int) -> Response:
    """Handle a button of a broadcast, before it is sent or afterwards."""
    _ = desk.voices.of(turn.language)
    if press.what in deliveries.PRESSES:
        found = await deliveries.PRESSES[press.what](desk, turn, press)
    elif press.what == "send":
        found = await _send(desk, turn, press, message)
    else:
        found = await _changed(desk, turn, press) or await _past(desk, turn, press)
    return found or Response(toast=notices.not_yours(_))


async def _changed(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Handle a button of a draft; `None` for other buttons, or if it is not the person's draft."""
    on_button = _CHANGES.get(press.what)
    return None if on_button is None else await on_button(desk, turn, press)


async def _cancel(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Cancel it before it is sent, or stop it if it is being sent."""
    known = await broadcasts.call_off(desk.services, turn, press.number)
    if isinstance(known, NotAllowed):
        return None
    if known.state is Stage.CANCELLED:
        return Response(edit=called_off(desk.voices.of(turn.language), known))
    if known.state in (Stage.SCHEDULED, Stage.SENDING):
        return await deliveries.stop(desk, turn, press)
    return None


async def _send(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """Send the version that the person saw; if it was changed, show the new one first.

    If two people press it at once, it is sent once, and both see the report.
    """
    before = await broadcast_drafts.look(desk.services, turn, press.number)
    if isinstance(before, Composed) and not is_sendable(desk, before.broadcast.content):
        refused = refusal(desk, turn, before, before.broadcast.content)
        return Response(edit=refused)
    sent = await broadcasts.send(desk.services, turn, press.number, press.value, message)
    if isinstance(sent, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    if isinstance(sent, Changed):
        toast = changed_meanwhile(_)
        return Response(preview(desk, turn, sent.composed), toast=toast, closes=True)
    was_open = isinstance(before, Composed)
    if was_open and not sent.is_mine:
        return await deliveries.show(desk, turn, press, was_faster(_))
    known = sent.composed.broadcast
    is_told_here = known.chat == turn.learner and known.message == message
    return await deliveries.show(desk, turn, press, in_progress=is_told_here)


async def _past(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Handle an old button of a draft that was sent meanwhile: show its report."""
    if isinstance(await broadcast_drafts.look(desk.services, turn, press.number), Composed):
        return None
    _ = desk.voices.of(turn.language)
    return await deliveries.show(desk, turn, press, under_way(_))


def _begun(desk: Desk, turn: Turn, begun: Composed | NotAllowed | NoCohort | TooFew) -> Response:
    _ = desk.voices.of(turn.language)
    match begun:
        case NotAllowed():
            return Response((Reply(notices.not_yours(_)),))
        case NoCohort():
            return Response((no_cohort(_),))
        case TooFew():
            return Response((Reply(too_few(_)),))
        case Composed():
            return Response(preview(desk, turn, begun))


_CHANGES: dict[str, OnPress] = {**PRESSES, **audiences.PRESSES, "cancel": _cancel}
"""By the action of the button, for a broadcast that is not sent yet."""
