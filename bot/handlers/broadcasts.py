"""Writing to cohorts: /broadcast alone or in one line, and the buttons up to its sending."""

from bot.actions import addressing, audience, cohorts, composing, drafting, launching
from bot.actions.access import NotAllowed
from bot.actions.composing import DRAFT, MOST_BUTTONS, Composed, NoCohort
from bot.actions.describing import Asked
from bot.actions.visits import Turn
from bot.callbacks import Manage
from bot.handlers import deliveries
from bot.handlers.desk import Desk
from bot.handlers.said import Said
from bot.rendering import addressing as whom
from bot.rendering import composing as screens
from bot.rendering import deliveries as outcomes
from bot.rendering import filling, notices
from bot.replies import Reply, Response
from course import placeholders
from course.audiences import Narrowing
from course.formatting import kept
from storage.broadcasts import Answer, Content, GoOn, Link
from storage.broadcasts import State as Stage
from storage.cohorts import State
from storage.drafts import Draft

_DAY_LENGTH, _LAST_HOUR = 3, 23
_CODE_LENGTHS = (2, 3)


async def on_broadcast(desk: Desk, turn: Turn, said: Said) -> Response:
    """/broadcast, alone or with a whole message behind it."""
    _ = desk.voices.of(turn.language)
    mine = await cohorts.all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    if not said.text:
        return _begun(desk, turn, await composing.begin(desk.services, turn))
    line = addressing.line(said.html, [one for one in mine if one.state is not State.ARCHIVED])
    if line is None:
        return Response((screens.how(_),))
    to, html = line
    content = Content(kept(html), said.photo, said.document)
    if _is_sendable(desk, content):
        return _begun(desk, turn, await composing.begin(desk.services, turn, content, to))
    begun = await composing.begin(desk.services, turn, to=to)
    if isinstance(begun, Composed):
        return Response((_refusal(desk, turn, begun, content) or whom.whom(_, begun),))
    return _begun(desk, turn, begun)


async def composing_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response:
    """A message while a broadcast waits for one."""
    number, wants = composing.waits_for(draft.body)
    _ = desk.voices.of(turn.language)
    shown = await composing.look(desk.services, turn, number)
    if isinstance(shown, NotAllowed):
        await drafting.end(desk.services, turn)
        return Response((Reply(notices.not_yours(_)),))
    match wants:
        case "text":
            return await _text(desk, turn, shown, said)
        case "time":
            return await _time(desk, turn, shown, said)
        case "days":
            return await _days(desk, turn, shown, said)
        case _:
            return await _more_buttons(desk, turn, shown, wants, said)


async def on_press(desk: Desk, turn: Turn, press: Manage, message: int) -> Response:
    """A button of a broadcast, before it is sent or afterwards."""
    _ = desk.voices.of(turn.language)
    if press.what in deliveries.PRESSES:
        found = await deliveries.PRESSES[press.what](desk, turn, press)
    elif press.what == "send":
        found = await _send(desk, turn, press, message)
    else:
        found = await _pressed(desk, turn, press) or await _past(desk, turn, press)
    return found or Response(toast=notices.not_yours(_))


async def _pressed(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """A button of a message that is being written; `None` if it is not, or is none of theirs."""
    match press.what:
        case "look":
            return await _look(desk, turn, press)
        case "whom" | "cohort" | "all":
            return await _whom(desk, turn, press)
        case "some" | "narrow" | "silent" | "language":
            return await _some(desk, turn, press)
        case "text" | "link" | "answers":
            return await _ask(desk, turn, press)
        case "change" | "urgent":
            return await _change(desk, turn, press)
        case "buttons" | "go-on" | "no-buttons":
            return await _buttons(desk, turn, press)
        case "later" | "hour" | "now" | "weekly":
            return await _later(desk, turn, press)
        case "cancel":
            return await _cancel(desk, turn, press)
        case _other:
            return None


async def _look(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """What it comes to; with nothing said yet, what it shall say."""
    shown = await composing.look(desk.services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    known, _ = shown.broadcast, desk.voices.of(turn.language)
    if not (known.content.html or known.content.has_file) and known.audience.cohorts != frozenset():
        await composing.wait_for(desk.services, turn, press.number, "text")
        return Response(edit=screens.ask_text(_, shown))
    await _listens_no_more(desk, turn)
    if press.value != "anew" or shown.counted is None:
        return Response(edit=screens.summary(_, shown))
    return Response(_preview(desk, turn, shown), closes=True)


async def _whom(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, page = desk.services, press.number, _number(press.value) or 0
    if press.what == "whom":
        shown = await composing.look(services, turn, number)
    elif press.what == "all":
        shown = await composing.choose_cohort(services, turn, number, None)
    else:
        shown = await composing.choose_cohort(services, turn, number, page)
    if isinstance(shown, NotAllowed):
        return None
    if press.what != "whom":
        page = whom.page_of(shown, page) if press.what == "cohort" else 0
    return Response(edit=whom.whom(desk.voices.of(turn.language), shown, page))


async def _some(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, value = desk.services, press.number, press.value
    _ = desk.voices.of(turn.language)
    if press.what in ("silent", "language") and not value:
        return await _which(desk, turn, press)
    if press.what == "narrow" and value in tuple(Narrowing):
        shown = await composing.narrow(services, turn, number, Narrowing(value))
    elif press.what == "silent" and (days := _days_in(value)):
        shown = await composing.narrow(services, turn, number, Narrowing.SILENT, days)
    elif press.what == "language" and value.isalpha() and len(value) in _CODE_LENGTHS:
        shown = await _spoken(desk, turn, number, value)
    elif press.what == "some":
        shown = await composing.look(services, turn, number)
    else:
        return None
    if isinstance(shown, NotAllowed):
        return None
    if press.what != "narrow":  # the screens behind this one may have waited for words
        await _listens_no_more(desk, turn)
    return Response(edit=whom.some(_, shown))


async def _which(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Of what is more than on or off, which."""
    services, _ = desk.services, desk.voices.of(turn.language)
    if press.what == "silent":
        shown = await composing.wait_for(services, turn, press.number, "days")
        return None if isinstance(shown, NotAllowed) else Response(edit=whom.silent(_, shown))
    shown = await composing.look(services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    spoken = await audience.languages(services, shown.broadcast)
    return Response(edit=whom.languages(_, shown, spoken))


async def _spoken(desk: Desk, turn: Turn, number: int, code: str) -> Composed | NotAllowed:
    """Only those with this language; the same once more for everybody."""
    before = await composing.look(desk.services, turn, number)
    if isinstance(before, NotAllowed):
        return before
    again = before.broadcast.audience.language == code
    return await composing.speak(desk.services, turn, number, None if again else code)


async def _ask(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Wait for the text, for a button with an address, or for answers."""
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
        return None if isinstance(shown, NotAllowed) else Response(edit=screens.summary(_, shown))
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
        hour = _number(press.value)
        if hour is None or hour > _LAST_HOUR:
            return None
    elif press.what == "now":
        send_at, hour = None, None
    else:
        weekly = press.value == "1" and shown.ends_at is not None
    changed = await composing.times(
        services, turn, number, send_at=send_at, local_hour=hour, weekly=weekly
    )
    if isinstance(changed, NotAllowed):
        return None
    return Response(edit=screens.summary(_, changed))


async def _cancel(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Take it back before it goes; one that goes already is stopped."""
    known = await launching.call_off(desk.services, turn, press.number)
    if isinstance(known, NotAllowed):
        return None
    if known.state is Stage.CANCELLED:
        return Response(edit=outcomes.called_off(desk.voices.of(turn.language), known))
    if known.state in (Stage.SCHEDULED, Stage.SENDING):
        return await deliveries.stop(desk, turn, press)
    return None


async def _send(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """Send it; of two who press it at once one does, and both see what becomes of it."""
    before = await composing.look(desk.services, turn, press.number)
    if isinstance(before, Composed) and not _is_sendable(desk, before.broadcast.content):
        refused = _refusal(desk, turn, before, before.broadcast.content)
        return Response(edit=refused)
    sent = await launching.send(desk.services, turn, press.number, message)
    if isinstance(sent, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    was_open = isinstance(before, Composed)
    if was_open and not sent.is_mine:
        return await deliveries.show(desk, turn, press, outcomes.was_faster(_))
    known = sent.composed.broadcast
    is_told_here = known.chat == turn.learner and known.message == message
    return await deliveries.show(desk, turn, press, in_progress=is_told_here)


async def _past(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """An old button of a message that was sent meanwhile: what became of it."""
    if isinstance(await composing.look(desk.services, turn, press.number), Composed):
        return None
    _ = desk.voices.of(turn.language)
    return await deliveries.show(desk, turn, press, outcomes.under_way(_))


async def _text(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _, content = desk.voices.of(turn.language), Content(kept(said.html), said.photo, said.document)
    if not (content.html.strip() or content.has_file):
        return Response((screens.not_understood(_, screens.ask_text(_, shown)),))
    refused = _refusal(desk, turn, shown, content)
    if refused is not None:
        return Response((refused,))
    changed = await composing.says(desk.services, turn, shown.broadcast.id, content)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response(_preview(desk, turn, changed))


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
    return Response((screens.summary(_, changed),))


async def _days(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    _, days = desk.voices.of(turn.language), _days_in(said.text.strip())
    if days is None:
        return Response((screens.not_understood(_, whom.silent(_, shown)),))
    number = shown.broadcast.id
    changed = await composing.narrow(desk.services, turn, number, Narrowing.SILENT, days)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    await _listens_no_more(desk, turn)
    return Response((whom.some(_, changed),))


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


def _begun(desk: Desk, turn: Turn, begun: Composed | NotAllowed | NoCohort) -> Response:
    _ = desk.voices.of(turn.language)
    match begun:
        case NotAllowed():
            return Response((Reply(notices.not_yours(_)),))
        case NoCohort():
            return Response((screens.no_cohort(_),))
        case Composed():
            return Response(_preview(desk, turn, begun))


def _preview(desk: Desk, turn: Turn, shown: Composed) -> tuple[Reply, ...]:
    """The message as one of them will get it, in their language, and below what can be done."""
    summary = screens.summary(desk.voices.of(turn.language), shown)
    if shown.sample is None:
        return (summary,)
    preview = screens.preview(desk.voices.of(shown.sample.language), desk.course, shown)
    return (summary,) if preview is None else (preview, summary)


def _is_sendable(desk: Desk, content: Content) -> bool:
    return not placeholders.troubles(content.html) and _excess(desk, content) is None


def _excess(desk: Desk, content: Content) -> int | None:
    """How long it may become with its places filled, when that is too long."""
    voices = tuple(desk.voices.of(tag) for tag in desk.voices.languages)
    longest = filling.longest(voices, content)
    if longest > filling.room(content) or filling.is_too_big(content):
        return longest
    return None


def _refusal(desk: Desk, turn: Turn, shown: Composed, content: Content) -> Reply | None:
    """Why it cannot be sent so; `None` when it can."""
    _ = desk.voices.of(turn.language)
    found = placeholders.troubles(content.html)
    if found:
        return screens.troubles(_, shown, found)
    excess = _excess(desk, content)
    if excess is None:
        return None
    return screens.too_long(_, shown, excess, filling.room(content))


async def _listens_no_more(desk: Desk, turn: Turn) -> None:
    """What is typed now means what it always means."""
    found = await drafting.draft(desk.services, turn)
    if found is not None and found.kind == DRAFT:
        await drafting.end(desk.services, turn)


def _days_in(typed: str) -> int | None:
    number = _number(typed) if len(typed) <= _DAY_LENGTH else None
    return number if number and number <= addressing.MOST_DAYS else None


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() else None
