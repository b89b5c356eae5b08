"""Composing a broadcast: its text, its buttons, and when it is sent, up to the preview."""

from bot.actions import broadcast_drafts, dialogues
from bot.actions.access import NotAllowed
from bot.actions.broadcast_drafts import DRAFT, MOST_BUTTONS, Composed
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk, OnPress
from bot.handlers.message_content import Said
from bot.messages import Reply, Response
from bot.parsing import broadcast_text
from bot.parsing.cohort_form import Asked
from bot.parsing.typed_answers import whole_number
from bot.rendering import broadcast_drafts as broadcast_drafts_rendering
from bot.rendering import broadcasts, notices
from course.cohorts import placeholders
from course.cohorts.formatting import kept
from storage.broadcasts import Answer, Content, GoOn, Link

_LAST_HOUR = 23


async def heard(desk: Desk, turn: Turn, shown: Composed, wants: str, said: Said) -> Response:
    """Handle a typed text, time or button, whichever is awaited."""
    match wants:
        case "text":
            return await _text(desk, turn, shown, said)
        case "time":
            return await _time(desk, turn, shown, said)
        case _:
            return await _more_buttons(desk, turn, shown, wants, said)


def preview(desk: Desk, turn: Turn, shown: Composed) -> tuple[Reply, ...]:
    """The message as one recipient will get it, in their language, and the summary below it."""
    summary = broadcast_drafts_rendering.summary(desk.voices.of(turn.language), shown)
    if shown.sample is None:
        return (summary,)
    as_sent = broadcast_drafts_rendering.preview(
        desk.voices.of(shown.sample.language), desk.course, shown
    )
    if as_sent is None:
        return (summary,)
    desk.previews(turn.learner, shown.broadcast)
    return (as_sent, summary)


def again(desk: Desk, turn: Turn, shown: Composed) -> Response:
    """The summary in place; with a new preview if the text has changed since the last one."""
    if shown.counted is None or desk.has_seen(turn.learner, shown.broadcast):
        return Response(
            edit=broadcast_drafts_rendering.summary(desk.voices.of(turn.language), shown)
        )
    return Response(preview(desk, turn, shown), closes=True)


def is_sendable(desk: Desk, content: Content) -> bool:
    """Whether its placeholders can be filled, and it is short enough when they are."""
    return not placeholders.troubles(content.html) and _excess(desk, content) is None


def refusal(desk: Desk, turn: Turn, shown: Composed, content: Content) -> Reply | None:
    """Why it cannot be sent; `None` when it can."""
    _ = desk.voices.of(turn.language)
    found = placeholders.troubles(content.html)
    if found:
        return broadcast_drafts_rendering.troubles(_, shown, found)
    excess = _excess(desk, content)
    if excess is None:
        return None
    return broadcast_drafts_rendering.too_long(_, shown, excess, broadcasts.room(content))


async def listens_no_more(desk: Desk, turn: Turn) -> None:
    """Close the dialogue, so that typed text no longer belongs to the broadcast."""
    found = await dialogues.draft(desk.services, turn)
    if found is not None and found.kind == DRAFT:
        await dialogues.end(desk.services, turn)


async def _look(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Show the summary, or ask for the text if there is none."""
    shown = await broadcast_drafts.look(desk.services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    known, _ = shown.broadcast, desk.voices.of(turn.language)
    if not (known.content.html or known.content.has_file) and known.audience.cohorts != frozenset():
        await broadcast_drafts.wait_for(desk.services, turn, press.number, "text")
        return Response(edit=broadcast_drafts_rendering.ask_text(_, shown))
    await listens_no_more(desk, turn)
    if press.value != "anew" or shown.counted is None:
        return again(desk, turn, shown)
    return Response(preview(desk, turn, shown), closes=True)


async def _ask(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Await the text, a button with a link, or answers."""
    shown = await broadcast_drafts.wait_for(desk.services, turn, press.number, press.what)
    if isinstance(shown, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    ask = {
        "text": broadcast_drafts_rendering.ask_text,
        "link": broadcast_drafts_rendering.ask_link,
        "answers": broadcast_drafts_rendering.ask_answers,
    }
    return Response(edit=ask[press.what](_, shown))


async def _change(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, _ = desk.services, desk.voices.of(turn.language)
    if press.what == "urgent":
        shown = await broadcast_drafts.hurries(
            services, turn, press.number, urgent=press.value == "1"
        )
        return None if isinstance(shown, NotAllowed) else again(desk, turn, shown)
    shown = await broadcast_drafts.look(services, turn, press.number)
    return (
        None
        if isinstance(shown, NotAllowed)
        else Response(edit=broadcast_drafts_rendering.changing(_, shown))
    )


async def _buttons(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number = desk.services, press.number
    if press.what == "buttons":
        shown = await broadcast_drafts.look(services, turn, number)
    else:
        more = (GoOn(),) if press.what == "go-on" else ()
        shown = await broadcast_drafts.adds(services, turn, number, *more)
    if isinstance(shown, NotAllowed):
        return None
    return Response(edit=broadcast_drafts_rendering.buttons(desk.voices.of(turn.language), shown))


async def _later(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, _ = desk.services, press.number, desk.voices.of(turn.language)
    shown = await broadcast_drafts.wait_for(services, turn, number, "time")
    if isinstance(shown, NotAllowed):
        return None
    if press.what == "later":
        return Response(edit=broadcast_drafts_rendering.later(_, shown))
    known = shown.broadcast
    send_at, hour, weekly = known.send_at, known.local_hour, known.weekly
    if press.what == "hour":
        hour = whole_number(press.value)
        if hour is None or hour > _LAST_HOUR:
            return None
    elif press.what == "now":
        send_at, hour = None, None
    else:
        weekly = press.value == "1" and shown.ends_at is not None
    changed = await broadcast_drafts.times(
        services, turn, number, send_at=send_at, local_hour=hour, weekly=weekly
    )
    return None if isinstance(changed, NotAllowed) else again(desk, turn, changed)


async def _text(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _, content = desk.voices.of(turn.language), Content(kept(said.html), said.photo, said.document)
    if said.is_other or not (content.html.strip() or content.has_file):
        return Response(
            (
                broadcast_drafts_rendering.not_understood(
                    _, broadcast_drafts_rendering.ask_text(_, shown)
                ),
            )
        )
    refused = refusal(desk, turn, shown, content)
    if refused is not None:
        return Response((refused,))
    changed = await broadcast_drafts.says(desk.services, turn, shown.broadcast.id, content)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response(preview(desk, turn, changed))


async def _time(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _ = desk.voices.of(turn.language)
    at = broadcast_text.moment(said.text, Asked(turn.at, _.locale, shown.zone))
    if at is None:
        return Response(
            (
                broadcast_drafts_rendering.not_understood(
                    _, broadcast_drafts_rendering.later(_, shown)
                ),
            )
        )
    changed = await broadcast_drafts.times(
        desk.services, turn, shown.broadcast.id, send_at=at, weekly=shown.broadcast.weekly
    )
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    if desk.has_seen(turn.learner, changed.broadcast):
        return Response((broadcast_drafts_rendering.summary(_, changed),))
    return Response(preview(desk, turn, changed))


async def _more_buttons(
    desk: Desk, turn: Turn, shown: Composed, wants: str, said: Said
) -> Response:
    _, known = desk.voices.of(turn.language), shown.broadcast
    more: tuple[Link | Answer, ...]
    if wants == "link":
        link = broadcast_text.link(said.text)
        more, ask = (() if link is None else (link,)), broadcast_drafts_rendering.ask_link(_, shown)
    else:
        room = MOST_BUTTONS - len(known.content.buttons)
        more, ask = (
            broadcast_text.answers(said.text, room),
            broadcast_drafts_rendering.ask_answers(_, shown),
        )
    if not more:
        return Response((broadcast_drafts_rendering.not_understood(_, ask),))
    changed = await broadcast_drafts.adds(desk.services, turn, known.id, *more)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response((broadcast_drafts_rendering.buttons(_, changed),))


def _excess(desk: Desk, content: Content) -> int | None:
    """The length it may reach with its placeholders filled, if that is too long; else `None`."""
    voices = tuple(desk.voices.of(tag) for tag in desk.voices.languages)
    longest = broadcasts.longest(voices, content)
    if longest > broadcasts.room(content) or broadcasts.is_too_big(content):
        return longest
    return None


PRESSES: dict[str, OnPress] = {
    "look": _look,
    "text": _ask,
    "link": _ask,
    "answers": _ask,
    "change": _change,
    "urgent": _change,
    "buttons": _buttons,
    "go-on": _buttons,
    "no-buttons": _buttons,
    "later": _later,
    "hour": _later,
    "now": _later,
    "weekly": _later,
}
"""By the action of the button."""
