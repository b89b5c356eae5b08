"""Facilitating cohorts: /cohorts, /cohort, and their buttons."""

from bot.actions import cohorts, invitations
from bot.actions.access import NotAllowed
from bot.actions.cohorts import Led, Several
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers import cohort_form, roles
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import notices
from bot.rendering.cohorts import (
    changing,
    ending,
    listed,
    members,
    one,
    several,
)
from bot.rendering.invitations import invitation, links
from storage.cohorts import State

_DIALOGUE = frozenset({"cancel", "new", "zone", "skip", "make"})


async def on_cohorts(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/cohorts: the cohorts that the person facilitates."""
    _ = desk.voices.of(turn.language)
    mine = await cohorts.all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response((listed(_, mine, 0),))


async def on_cohort(desk: Desk, turn: Turn, said: Said) -> Response:
    """/cohort with a name; alone it is /cohorts."""
    if not said.text:
        return await on_cohorts(desk, turn, said)
    _ = desk.voices.of(turn.language)
    match await cohorts.named(desk.services, turn, said.text):
        case NotAllowed():
            return Response((Reply(notices.not_yours(_)),))
        case Several(found):
            return Response((several(_, found),))
        case Led() as led:
            return Response((one(_, led),))


async def on_press(desk: Desk, turn: Turn, press: Manage, _message: int) -> Response:
    """Handle a button of a cohort, of the form for one, or of roles."""
    if press.what in _DIALOGUE:
        found = await cohort_form.pressed(desk, turn, press)
    elif press.what in roles.PRESSES:
        found = await roles.PRESSES[press.what](desk, turn, press)
    elif press.what == "field":
        found = await cohort_form.field(desk, turn, press.number, press.value)
    elif press.what == "clear":
        found = await cohort_form.clear(desk, turn, press.number, press.value)
    else:
        found = await _pressed(desk, turn, press)
    return found or Response(toast=notices.not_yours(desk.voices.of(turn.language)))


async def _pressed(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    _, services, number = desk.voices.of(turn.language), desk.services, press.number
    match press.what:
        case "list":
            mine = await cohorts.all_led(services, turn)
            if isinstance(mine, NotAllowed):
                return None
            return Response(edit=listed(_, mine, _page(press)))
        case "members":
            page = await cohorts.members(services, turn, number, _page(press))
            return None if isinstance(page, NotAllowed) else Response(edit=members(_, page))
        case "close" | "reopen":
            state = State.CLOSED if press.what == "close" else State.OPEN
            return await _set_state(desk, turn, number, state)
        case "archive-now":
            return _shown(_, await cohorts.archive(services, turn, number))
        case "link":
            return await _link(desk, turn, number, press.value)
        case "unlink":
            found = await invitations.revoke_links(services, turn, number)
            return None if isinstance(found, NotAllowed) else Response(edit=links(_, found))
        case what:
            return await _looked(desk, turn, number, what, anew=press.value == "anew")


async def _looked(desk: Desk, turn: Turn, cohort: int, what: str, *, anew: bool) -> Response | None:
    """Show a screen of one cohort; changes nothing.

    Args:
        as_new_message: send a new message, since the button is under a picture.
    """
    _ = desk.voices.of(turn.language)
    led = await cohorts.led(desk.services, turn, cohort)
    if isinstance(led, NotAllowed):
        return None
    match what:
        case "open":
            screen = one(_, led)
            return Response((screen,)) if anew else Response(edit=screen)
        case "change":
            return Response(edit=changing(_, led.cohort))
        case "archive":
            return Response(edit=ending(_, led.cohort))
        case "links":
            return Response(edit=links(_, led))
        case _other:
            return None


async def _set_state(desk: Desk, turn: Turn, cohort: int, state: State) -> Response | None:
    """Close a cohort or open it again; an archived one stays archived."""
    _ = desk.voices.of(turn.language)
    led = await cohorts.led(desk.services, turn, cohort)
    if isinstance(led, NotAllowed) or led.cohort.state is State.ARCHIVED:
        return None
    return _shown(_, await cohorts.change(desk.services, turn, cohort, "state", state))


async def _link(desk: Desk, turn: Turn, cohort: int, value: str) -> Response | None:
    """Create a link, valid for some days or for one person."""
    if value not in ("7", "30", "one"):
        return None
    days, uses = (7, 1) if value == "one" else (int(value), None)
    made = await invitations.link(desk.services, turn, cohort, days, uses)
    if isinstance(made, NotAllowed):
        return None
    return Response((invitation(desk.voices.of(turn.language), made, desk.username),))


def _shown(_: Voice, led: Led | NotAllowed) -> Response | None:
    return None if isinstance(led, NotAllowed) else Response(edit=one(_, led))


def _page(press: Manage) -> int:
    return whole_number(press.value) or 0
