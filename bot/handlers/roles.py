"""Roles: /grant, /revoke and /audit, their buttons, and the command menus that depend on roles."""

from bot import commands
from bot.actions import (
    audit_log,
    cohorts,
    dialogues,
    invitations,
)
from bot.actions.access import NotAllowed, access, access_of
from bot.actions.cohorts import Led
from bot.actions.invitations import Holder
from bot.actions.learner_state import Turn
from bot.callback_data import Manage, id_number
from bot.context import Desk, OnPress
from bot.handlers.message_content import Said
from bot.messages import Menu, Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import invitations as invitations_rendering
from bot.rendering import notices
from bot.rendering.audit_log import AT_A_TIME, log
from course.model import LearnerId
from storage import roles
from storage.cohorts import State
from storage.dialogues import Draft
from storage.invitations import Kind
from storage.roles import Role

GRANTING, REVOKING = invitations.GRANTING, "revoke"
"""Kinds of drafts: both wait for a contact."""


async def on_grant(desk: Desk, turn: Turn, said: Said) -> Response:
    """/grant, alone or with a role or the name of a cohort."""
    may = await access(desk.services, turn)
    if not may.is_facilitator:
        return _refused(desk, turn)
    word = said.text.strip().casefold()
    if word in ("admin", "facilitator"):
        return await _offer(desk, turn, Kind(word), None) or _refused(desk, turn)
    if word:
        found = await cohorts.named(desk.services, turn, word)
        if not isinstance(found, Led):
            return _refused(desk, turn)
        offered = await _offer(desk, turn, Kind.FACILITATOR, found.cohort.id)
        return offered or _refused(desk, turn)
    mine = await cohorts.all_led(desk.services, turn)
    assert not isinstance(mine, NotAllowed), "asked above"
    known = [(one.id, one.name) for one in mine if one.state is not State.ARCHIVED]
    _ = desk.voices.of(turn.language)
    return Response((invitations_rendering.whom(_, known, is_admin=may.is_admin),))


async def granting(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """A contact that was shared after /grant: asks first. Words mean what they always do."""
    _ = desk.voices.of(turn.language)
    if said.contact is None:
        return None if said.text else Response((invitations_rendering.no_contact(_),))
    kind, cohort = Kind(draft.body["kind"]), draft.body["cohort"]
    asking = await invitations.ask(desk.services, turn, kind, cohort, said.contact)
    if isinstance(asking, NotAllowed):
        return _refused(desk, turn)
    return Response((invitations_rendering.ask(_, asking, said.contact_name),))


async def on_revoke(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/revoke: the roles that can be taken back."""
    found = await invitations.holders(desk.services, turn)
    if isinstance(found, NotAllowed):
        return _refused(desk, turn)
    await dialogues.begin(desk.services, turn, REVOKING, {})
    _ = desk.voices.of(turn.language)
    return Response((invitations_rendering.holders(_, found, turn.learner, 0),))


async def revoking(desk: Desk, turn: Turn, _draft: Draft, said: Said) -> Response | None:
    """Handle a contact shared after /revoke: list the roles of that person."""
    if said.contact is None:
        return None
    found = await invitations.holders(desk.services, turn)
    if isinstance(found, NotAllowed):
        return _refused(desk, turn)
    theirs = [one for one in found if one.person == said.contact]
    _ = desk.voices.of(turn.language)
    return Response((invitations_rendering.holders(_, theirs, turn.learner, 0),))


async def on_audit(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/audit: the audit log, newest first."""
    found = await audit_log.log(desk.services, turn, None, AT_A_TIME)
    if isinstance(found, NotAllowed):
        return _refused(desk, turn)
    return Response((_log(desk, turn, found),))


async def menu(desk: Desk, person: LearnerId, language: str | None = None) -> Menu:
    """The commands that Telegram should list for a person, by their current roles."""
    may = await access_of(desk.services, person)
    if not may.is_facilitator:
        return Menu(person, {})
    _ = desk.voices.of(language)
    more = commands.of_facilitators(_) | (commands.of_admins(_) if may.is_admin else {})
    return Menu(person, more | commands.described(_))


async def menus(desk: Desk) -> tuple[Menu, ...]:
    """The command menus of everybody with a role, each in their own language."""
    services = desk.services
    people = {*map(LearnerId, services.admins), *await roles.everybody(services.store)}
    known = [(await services.store.history(one)).learner for one in sorted(people)]
    languages = {one.id: one.language for one in known if one is not None}
    return tuple([await menu(desk, one, languages.get(one)) for one in sorted(people)])


async def _pressed_grant(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return await _offer(desk, turn, Kind.FACILITATOR, press.number)


async def _pressed_offer(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    if press.value not in ("admin", "facilitator"):
        return None
    return await _offer(desk, turn, Kind(press.value), None)


async def _pressed_give(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    person, _ = whole_number(press.value), desk.voices.of(turn.language)
    happened = await invitations.give(desk.services, turn, LearnerId(person or 0))
    if happened is None:
        return Response(toast=invitations_rendering.not_asked(_))
    if isinstance(happened, NotAllowed):
        return None
    return Response(
        edit=invitations_rendering.given(_, happened), menus=(await menu(desk, happened.person),)
    )


async def _pressed_holders(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    found = await invitations.holders(desk.services, turn)
    if isinstance(found, NotAllowed):
        return None
    page = whole_number(press.value) or 0
    _ = desk.voices.of(turn.language)
    return Response(edit=invitations_rendering.holders(_, found, turn.learner, page))


async def _pressed_revoke(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    wanted = _holder(press)
    found = await invitations.holders(desk.services, turn)
    if wanted is None or isinstance(found, NotAllowed):
        return None
    same = [one for one in found if invitations.is_same(one, wanted)]
    if not same:
        return None
    _ = desk.voices.of(turn.language)
    return Response(edit=invitations_rendering.revoking(_, same[0], turn.learner))


async def _pressed_revoke_now(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    wanted = _holder(press)
    if wanted is None:
        return None
    revoked = await invitations.revoke(desk.services, turn, wanted)
    if isinstance(revoked, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    screen = invitations_rendering.revoked(_, revoked, turn.learner)
    return Response(edit=screen, menus=(await menu(desk, revoked.person),))


async def _pressed_unoffer(desk: Desk, turn: Turn, _press: Manage) -> Response | None:
    if isinstance(await invitations.revoke_offers(desk.services, turn), NotAllowed):
        return None
    return Response(toast=invitations_rendering.offers_revoked(desk.voices.of(turn.language)))


async def _pressed_audit(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    at = id_number(press.value)
    if at is None:
        return None
    found = await audit_log.log(desk.services, turn, (at, press.number), AT_A_TIME)
    return None if isinstance(found, NotAllowed) else Response(edit=_log(desk, turn, found))


PRESSES: dict[str, OnPress] = {
    "grant": _pressed_grant,
    "offer": _pressed_offer,
    "give": _pressed_give,
    "holders": _pressed_holders,
    "revoke": _pressed_revoke,
    "revoke-now": _pressed_revoke_now,
    "unoffer": _pressed_unoffer,
    "audit": _pressed_audit,
}
"""By the action of the button."""


async def _offer(desk: Desk, turn: Turn, kind: Kind, cohort: int | None) -> Response | None:
    linked = await invitations.offer(desk.services, turn, kind, cohort)
    if isinstance(linked, NotAllowed):
        return None
    body = {"kind": kind.value, "cohort": cohort}
    await dialogues.begin(desk.services, turn, GRANTING, body)
    return Response(
        (invitations_rendering.offer(desk.voices.of(turn.language), linked, desk.username),)
    )


def _holder(press: Manage) -> Holder | None:
    """Whom a button names: "cohort.2001" with a cohort, or a role and a person."""
    what, _, number = press.value.partition(".")
    person = id_number(number)
    if person is None:
        return None
    if what == "cohort":
        return Holder(LearnerId(person), None, press.number)
    return Holder(LearnerId(person), Role(what)) if what in set(Role) else None


def _log(desk: Desk, turn: Turn, found: audit_log.Log) -> Reply:
    return log(desk.voices.of(turn.language), found.acts, is_last=found.is_last)


def _refused(desk: Desk, turn: Turn) -> Response:
    return Response((Reply(notices.not_yours(desk.voices.of(turn.language))),))
