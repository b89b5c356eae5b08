"""Following an invitation link, /name and /leave."""

from typing import assert_never

from bot.actions import dialogues, joining, memberships
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
from bot.actions.learner_state import Turn, visit
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers import roles
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.rendering import joining as joining_rendering
from bot.rendering import pages
from course.cohorts import names
from storage.dialogues import Draft

_LINKS = ("c_", "f_", "a_")


async def on_start(desk: Desk, turn: Turn, said: Said) -> Response | None:
    """/start with an invitation token; `None` for any other /start."""
    if not said.text.startswith(_LINKS):
        return None
    found = await joining.look(desk.services, turn, said.text)
    _ = desk.voices.of(turn.language)
    if isinstance(found, Invited):
        _ = desk.voice(found.visit)
        invited = joining_rendering.invited(_, found)
        is_new = found.visit.learner is None
        return Response((pages.welcome(_, desk.course), invited) if is_new else (invited,))
    return Response((_looked(_, found),))


async def on_name(desk: Desk, turn: Turn, said: Said) -> Response:
    """/name, alone or with a name."""
    _ = desk.voice(await visit(desk.services, turn))
    if said.text:
        name = names.name(said.text)
        if name is None:
            return Response((joining_rendering.wrong_name(_),))
        return Response(
            (joining_rendering.names(_, await memberships.call(desk.services, turn, name)),)
        )
    mine = await memberships.belongs(desk.services, turn)
    if mine:
        await dialogues.begin(desk.services, turn, "name", {})
    return Response((joining_rendering.names(_, mine),))


async def on_leave(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/leave: asks which cohort."""
    _ = desk.voice(await visit(desk.services, turn))
    return Response((joining_rendering.leaving(_, await memberships.belongs(desk.services, turn)),))


async def join_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle the typed name under which a learner wants to join."""
    if draft.body.get("asks") != "name" or not said.text:
        return None
    name = names.name(said.text)
    if name is None:
        return Response((joining_rendering.wrong_name(desk.voices.of(turn.language)),))
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
            return Response(
                edit=joining_rendering.ask_name(_) if asked else joining_rendering.nowhere(_)
            )
        case "no":
            await joining.decline(desk.services, turn)
            return Response(edit=joining_rendering.declined(_))
        case "accept":
            return await _accept(desk, turn)
        case "leave":
            mine = await memberships.belongs(desk.services, turn)
            found = next((one for one in mine if one.cohort == press.number), None)
            return Response(
                edit=joining_rendering.sure(_, found) if found else joining_rendering.left(_, None)
            )
        case "leave-now":
            left = await memberships.leave(desk.services, turn, press.number)
            return Response(edit=joining_rendering.left(_, left))
        case "pseudonym":
            return Response(
                edit=joining_rendering.names(_, await memberships.call(desk.services, turn, None))
            )
        case _other:
            return None


async def _accept(desk: Desk, turn: Turn) -> Response:
    _ = desk.voices.of(turn.language)
    happened = await joining.accept(desk.services, turn)
    if not isinstance(happened, Taken):
        return Response(edit=_looked(_, happened))
    menu = await roles.menu(desk, turn.learner, turn.language)
    return Response(edit=joining_rendering.taken(_, happened), menus=(menu,))


def _joined(desk: Desk, turn: Turn, happened: Answered, *, in_place: bool) -> Response:
    if isinstance(happened, Joined):
        screen = joining_rendering.joined(desk.voice(happened.visit), happened)
    else:
        screen = _looked(desk.voices.of(turn.language), happened)
    return Response(edit=screen) if in_place else Response((screen,))


def _looked(_: Voice, found: Looked | Answered) -> Reply:
    match found:
        case Offered():
            return joining_rendering.offered(_, found)
        case Member(_visit, membership):
            return joining_rendering.member(_, membership)
        case Full():
            return joining_rendering.full(_)
        case Nowhere():
            return joining_rendering.nowhere(_)
        case TooMany():
            return joining_rendering.too_many(_)
        case Invited():
            return joining_rendering.invited(_, found)
        case Joined():
            return joining_rendering.joined(_, found)
        case _ as never:
            assert_never(never)
