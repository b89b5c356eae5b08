"""Following an invitation link, /name and /leave."""

from typing import assert_never

from bot.actions import belonging, drafting, joining
from bot.actions.joining import (
    Answered,
    Full,
    Invited,
    Joined,
    Looked,
    Member,
    Nowhere,
    Offered,
    Taken,
    TooMany,
)
from bot.actions.visits import Turn, visit
from bot.callbacks import Manage
from bot.handlers import granting
from bot.handlers.desk import Desk
from bot.handlers.said import Said
from bot.rendering import joining as screens
from bot.rendering import pages
from bot.replies import Reply, Response
from bot.voice import Voice
from course import naming
from storage.drafts import Draft

_LINKS = ("c_", "f_", "a_")


async def on_start(desk: Desk, turn: Turn, said: Said) -> Response | None:
    """/start with an invitation token; `None` for any other /start."""
    if not said.text.startswith(_LINKS):
        return None
    found = await joining.look(desk.services, turn, said.text)
    _ = desk.voices.of(turn.language)
    if isinstance(found, Invited):
        _ = desk.voice(found.visit)
        invited = screens.invited(_, found)
        is_new = found.visit.learner is None
        return Response((pages.welcome(_, desk.course), invited) if is_new else (invited,))
    return Response((_looked(_, found),))


async def on_name(desk: Desk, turn: Turn, said: Said) -> Response:
    """/name, alone or with a name."""
    _ = desk.voice(await visit(desk.services, turn))
    if said.text:
        name = naming.name(said.text)
        if name is None:
            return Response((screens.wrong_name(_),))
        return Response((screens.names(_, await belonging.call(desk.services, turn, name)),))
    mine = await belonging.belongs(desk.services, turn)
    if mine:
        await drafting.begin(desk.services, turn, "name", {})
    return Response((screens.names(_, mine),))


async def on_leave(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/leave: asks which cohort."""
    _ = desk.voice(await visit(desk.services, turn))
    return Response((screens.leaving(_, await belonging.belongs(desk.services, turn)),))


async def join_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle the typed name under which a learner wants to join."""
    if draft.body.get("asks") != "name" or not said.text:
        return None
    name = naming.name(said.text)
    if name is None:
        return Response((screens.wrong_name(desk.voices.of(turn.language)),))
    return _joined(desk, turn, await joining.join(desk.services, turn, name), in_place=False)


async def name_heard(desk: Desk, turn: Turn, _draft: Draft, said: Said) -> Response | None:
    """Handle a name typed after /name."""
    return await on_name(desk, turn, said) if said.text else None


async def on_press(desk: Desk, turn: Turn, press: Manage, _message: int) -> Response | None:
    """Handle a button about joining, leaving or names."""
    _ = desk.voices.of(turn.language)
    match press.what:
        case "join":
            return _joined(desk, turn, await joining.join(desk.services, turn, None), in_place=True)
        case "join-named":
            asked = await joining.ask_name(desk.services, turn)
            return Response(edit=screens.ask_name(_) if asked else screens.nowhere(_))
        case "no":
            await joining.decline(desk.services, turn)
            return Response(edit=screens.declined(_))
        case "accept":
            return await _accept(desk, turn)
        case "leave":
            mine = await belonging.belongs(desk.services, turn)
            found = next((one for one in mine if one.cohort == press.number), None)
            return Response(edit=screens.sure(_, found) if found else screens.left(_, None))
        case "leave-now":
            left = await belonging.leave(desk.services, turn, press.number)
            return Response(edit=screens.left(_, left))
        case "pseudonym":
            return Response(edit=screens.names(_, await belonging.call(desk.services, turn, None)))
        case _other:
            return None


async def _accept(desk: Desk, turn: Turn) -> Response:
    _ = desk.voices.of(turn.language)
    happened = await joining.accept(desk.services, turn)
    if not isinstance(happened, Taken):
        return Response(edit=_looked(_, happened))
    menu = await granting.menu(desk, turn.learner, turn.language)
    return Response(edit=screens.taken(_, happened), menus=(menu,))


def _joined(desk: Desk, turn: Turn, happened: Answered, *, in_place: bool) -> Response:
    if isinstance(happened, Joined):
        screen = screens.joined(desk.voice(happened.visit), happened)
    else:
        screen = _looked(desk.voices.of(turn.language), happened)
    return Response(edit=screen) if in_place else Response((screen,))


def _looked(_: Voice, found: Looked | Answered) -> Reply:
    match found:
        case Offered():
            return screens.offered(_, found)
        case Member(_visit, membership):
            return screens.member(_, membership)
        case Full():
            return screens.full(_)
        case Nowhere():
            return screens.nowhere(_)
        case TooMany():
            return screens.too_many(_)
        case Invited():
            return screens.invited(_, found)
        case Joined():
            return screens.joined(_, found)
        case _ as never:
            assert_never(never)
