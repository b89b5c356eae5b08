"""The audience of a broadcast: buttons for cohorts and filters, and a typed number of days."""

from bot.actions import addressing, audience, composing
from bot.actions.access import NotAllowed
from bot.actions.composing import Composed
from bot.actions.visits import Turn
from bot.callbacks import Manage
from bot.handlers.composing import listens_no_more
from bot.handlers.desk import Desk, OnPress
from bot.handlers.said import Said
from bot.rendering import addressing as whom
from bot.rendering import composing as screens
from bot.rendering import notices
from bot.replies import Reply, Response
from bot.typed import whole_number
from course.audiences import Narrowing

_DAY_LENGTH = 3


async def days_heard(desk: Desk, turn: Turn, shown: Composed, said: Said) -> Response:
    """Handle a typed number of days of silence."""
    _, days = desk.voices.of(turn.language), _days_in(said.text.strip())
    if days is None:
        return Response((screens.not_understood(_, whom.silent(_, shown)),))
    number = shown.broadcast.id
    changed = await composing.narrow(desk.services, turn, number, Narrowing.SILENT, days)
    if isinstance(changed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    await listens_no_more(desk, turn)
    return Response((whom.some(_, changed),))


async def _whom(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    services, number, page = desk.services, press.number, whole_number(press.value) or 0
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
    elif press.what == "language":
        shown = await _spoken(desk, turn, number, value)
    elif press.what == "some":
        shown = await composing.look(services, turn, number)
    else:
        return None
    if isinstance(shown, NotAllowed):
        return None
    if press.what != "narrow":  # the screen with this button may have awaited typed input
        await listens_no_more(desk, turn)
    return Response(edit=whom.some(_, shown))


async def _which(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Ask for the value of a filter that is more than on or off."""
    services, _ = desk.services, desk.voices.of(turn.language)
    if press.what == "silent":
        shown = await composing.wait_for(services, turn, press.number, "days")
        return None if isinstance(shown, NotAllowed) else Response(edit=whom.silent(_, shown))
    shown = await composing.look(services, turn, press.number)
    if isinstance(shown, NotAllowed):
        return None
    spoken = await audience.languages(services, shown.broadcast, turn.at)
    return Response(edit=whom.languages(_, shown, spoken))


async def _spoken(desk: Desk, turn: Turn, number: int, code: str) -> Composed | NotAllowed:
    """Limit the audience to this language, or lift the limit if it is set already."""
    before = await composing.look(desk.services, turn, number)
    if isinstance(before, NotAllowed):
        return before
    again = before.broadcast.audience.language == code
    return await composing.speak(desk.services, turn, number, None if again else code)


def _days_in(typed: str) -> int | None:
    days = whole_number(typed) if len(typed) <= _DAY_LENGTH else None
    return days if days and days <= addressing.MOST_DAYS else None


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
