"""Composing a broadcast: its text, its buttons, and when it is sent, up to the preview."""

from bot.actions import addressing, composing, drafting
from bot.actions.access import NotAllowed
from bot.actions.composing import DRAFT, MOST_BUTTONS, Composed
from bot.actions.describing import Asked
from bot.actions.visits import Turn
from bot.callbacks import Manage
from bot.handlers.desk import Desk, OnPress
from bot.handlers.said import Said
from bot.rendering import composing as screens
from bot.rendering import filling, notices
from bot.replies import Reply, Response
from bot.typed import whole_number
from course import placeholders
from course.formatting import kept
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
    summary = screens.summary(desk.voices.of(turn.language), shown)
    if shown.sample is None:
        return (summary,)
    as_sent = screens.preview(desk.voices.of(shown.sample.language), desk.course, shown)
    if as_sent is None:
        return (summary,)
    desk.previews(turn.learner, shown.broadcast)
    return (as_sent, summary)


def again(desk: Desk, turn: Turn, shown: Composed) -> Response:
    """The summary in place; with a new preview if the text has changed since the last one."""
    if shown.counted is None or desk.has_seen(turn.learner, shown.broadcast):
        return Response(edit=screens.summary(desk.voices.of(turn.language), shown))
    return Response(preview(desk, turn, shown), closes=True)


def is_sendable(desk: Desk, content: Content) -> bool:
    """Whether its placeholders can be filled, and it is short enough when they are."""
    return not placeholders.troubles(content.html) and _excess(desk, content) is None


def refusal(desk: Desk, turn: Turn, shown: Composed, content: Content) -> Reply | None:
    """Why it cannot be sent; `None` when it can."""
    _ = desk.voices.of(turn.language)
    found = placeholders.troubles(content.html)
    if found:
        return screens.troubles(_, shown, found)
    excess = _excess(desk, content)
    if excess is None:
        return None
    return screens.too_long(_, shown, excess, filling.room(content))


async def listens_no_more(desk: Desk, turn: Turn) -> None:
    """Close the dialogue, so that typed text no longer belongs to the broadcast."""
    found = await drafting.draft(desk.services, turn)
    if found is not None and found.kind == DRAFT:
        await drafting.end(desk.services, turn)


async def _look(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Show the summary, or ask for the text if there is none."""
    shown = await composing.look(desk.services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    known, _ = shown.broadcast, desk.voices.of(turn.language)
    if not (known.content.html or known.content.has_file) and known.audience.cohorts != frozenset():
        await composing.wait_for(desk.services, turn, press.number, "text")
        return Response(edit=screens.ask_text(_, shown))
    await listens_no_more(desk, turn)
    if press.value != "anew" or shown.counted is None:
        return again(desk, turn, shown)
    return Response(preview(desk, turn, shown), closes=True)


async def _ask(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Await the text, a button with a link, or answers."""
    shown = await composing.wait_for(desk.services, turn, press.number, press.what)
    if isinstance(shown, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    ask = {"text": screens.ask_text, "link": screens.ask_link, "answers": screens.ask_answers}
    return Response(edit=ask[press.what](_, shown))


async def _change(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, _ = desk.services, desk.voices.of(turn.language)
    if press.what == "urgent":
        shown = await composing.hurries(services, turn, press.number, urgent=press.value == "1")
        return None if isinstance(shown, NotAllowed) else again(desk, turn, shown)
    shown = await composing.look(services, turn, press.number)
    return None if isinstance(shown, NotAllowed) else Response(edit=screens.changing(_, shown))


async def _buttons(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number = desk.services, press.number
    if press.what == "buttons":
        shown = await composing.look(services, turn, number)
    else:
        more = (GoOn(),) if press.what == "go-on" else ()
        shown = await composing.adds(services, turn, number, *more)
    if isinstance(shown, NotAllowed):
        return None
    return Response(edit=screens.buttons(desk.voices.of(turn.language), shown))


async def _later(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, _ = desk.services, press.number, desk.voices.of(turn.language)
    shown = await composing.wait_for(services, turn, number, "time")
    if isinstance(shown, NotAllowed):
        return None
    if press.what == "later":
        return Response(edit=screens.later(_, shown))
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
    changed = await composing.times(
        services, turn, number, send_at=send_at, local_hour=hour, weekly=weekly
    )
    return None if isinstance(changed, NotAllowed) else again(desk, turn, changed)


async def _text(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _, content = desk.voices.of(turn.language), Content(kept(said.html), said.photo, said.document)
    if said.is_other or not (content.html.strip() or content.has_file):
        return Response((screens.not_understood(_, screens.ask_text(_, shown)),))
    refused = refusal(desk, turn, shown, content)
    if refused is not None:
        return Response((refused,))
    changed = await composing.says(desk.services, turn, shown.broadcast.id, content)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response(preview(desk, turn, changed))


async def _time(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _ = desk.voices.of(turn.language)
    at = addressing.moment(said.text, Asked(turn.at, _.locale, shown.zone))
    if at is None:
        return Response((screens.not_understood(_, screens.later(_, shown)),))
    changed = await composing.times(
        desk.services, turn, shown.broadcast.id, send_at=at, weekly=shown.broadcast.weekly
    )
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    if desk.has_seen(turn.learner, changed.broadcast):
        return Response((screens.summary(_, changed),))
    return Response(preview(desk, turn, changed))


async def _more_buttons(
    desk: Desk, turn: Turn, shown: Composed, wants: str, said: Said
) -> Response:
    _, known = desk.voices.of(turn.language), shown.broadcast
    more: tuple[Link | Answer, ...]
    if wants == "link":
        link = addressing.link(said.text)
        more, ask = (() if link is None else (link,)), screens.ask_link(_, shown)
    else:
        room = MOST_BUTTONS - len(known.content.buttons)
        more, ask = addressing.answers(said.text, room), screens.ask_answers(_, shown)
    if not more:
        return Response((screens.not_understood(_, ask),))
    changed = await composing.adds(desk.services, turn, known.id, *more)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response((screens.buttons(_, changed),))


def _excess(desk: Desk, content: Content) -> int | None:
    """The length it may reach with its placeholders filled, if that is too long; else `None`."""
    voices = tuple(desk.voices.of(tag) for tag in desk.voices.languages)
    longest = filling.longest(voices, content)
    if longest > filling.room(content) or filling.is_too_big(content):
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
