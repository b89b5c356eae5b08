"""The audience of a broadcast: buttons for cohorts and filters, and a typed number of days."""

from bot.actions import audiences, broadcast_drafts
from bot.actions.access import NotAllowed
from bot.actions.broadcast_drafts import Composed
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk, OnPress
from bot.handlers.broadcast_drafts import listens_no_more
from bot.handlers.message_content import Said
from bot.messages import Reply, Response
from bot.parsing import broadcast_text
from bot.parsing.typed_answers import whole_number
from bot.rendering import notices
from bot.rendering.audiences import (
    languages,
    page_of,
    silent,
    some,
    whom,
)
from bot.rendering.broadcast_drafts import not_understood
from course.cohorts.audiences import Narrowing

_DAY_LENGTH = 3


async def days_heard(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    """Handle a typed number of days of silence."""
    _, days = desk.voices.of(turn.language), _days_in(said.text.strip())
    if days is None:
        return Response((not_understood(_, silent(_, shown)),))
    number = shown.broadcast.id
    changed = await broadcast_drafts.narrow(desk.services, turn, number, Narrowing.SILENT, days)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    await listens_no_more(desk, turn)
    return Response((some(_, changed),))


async def _whom(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, page = desk.services, press.number, whole_number(press.value) or 0
    if press.what == "whom":
        shown = await broadcast_drafts.look(services, turn, number)
    elif press.what == "all":
        shown = await broadcast_drafts.choose_cohort(services, turn, number, None)
    else:
        shown = await broadcast_drafts.choose_cohort(services, turn, number, page)
    if isinstance(shown, NotAllowed):
        return None
    if press.what != "whom":
        page = page_of(shown, page) if press.what == "cohort" else 0
    return Response(edit=whom(desk.voices.of(turn.language), shown, page))


async def _some(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, value = desk.services, press.number, press.value
    _ = desk.voices.of(turn.language)
    if press.what in ("silent", "language") and not value:
        return await _which(desk, turn, press)
    if press.what == "narrow" and value in tuple(Narrowing):
        shown = await broadcast_drafts.narrow(services, turn, number, Narrowing(value))
    elif press.what == "silent" and (days := _days_in(value)):
        shown = await broadcast_drafts.narrow(services, turn, number, Narrowing.SILENT, days)
    elif press.what == "language":
        shown = await _spoken(desk, turn, number, value)
    elif press.what == "some":
        shown = await broadcast_drafts.look(services, turn, number)
    else:
        return None
    if isinstance(shown, NotAllowed):
        return None
    if press.what != "narrow":  # the screen with this button may have awaited typed input
        await listens_no_more(desk, turn)
    return Response(edit=some(_, shown))


async def _which(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Ask for the value of a filter that is more than on or off."""
    services, _ = desk.services, desk.voices.of(turn.language)
    if press.what == "silent":
        shown = await broadcast_drafts.wait_for(services, turn, press.number, "days")
        return None if isinstance(shown, NotAllowed) else Response(edit=silent(_, shown))
    shown = await broadcast_drafts.look(services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    spoken = await audiences.languages(services, shown.broadcast, turn.at)
    return Response(edit=languages(_, shown, spoken))


async def _spoken(desk: Desk, turn: Turn, number: int, code: str) -> Composed | NotAllowed:
    """Limit the audience to this language, or lift the limit if it is set already."""
    before = await broadcast_drafts.look(desk.services, turn, number)
    if isinstance(before, NotAllowed):
        return before
    again = before.broadcast.audience.language == code
    return await broadcast_drafts.speak(desk.services, turn, number, None if again else code)


def _days_in(typed: str) -> int | None:
    days = whole_number(typed) if len(typed) <= _DAY_LENGTH else None
    return days if days and days <= broadcast_text.MOST_DAYS else None


PRESSES: dict[str, OnPress] = {
    "whom": _whom,
    "cohort": _whom,
    "all": _whom,
    "some": _some,
    "narrow": _some,
    "silent": _some,
    "language": _some,
}
"""By the action of the button."""
