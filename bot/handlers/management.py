"""Tables of the commands and buttons about cohorts, and of the dialogues."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot import commands
from bot.actions import broadcast_drafts, notes, support_requests
from bot.actions.access import NotAllowed, access
from bot.actions.cohorts import (
    Led,
    Several,
    all_led,
    bind,
    led,
    named,
)
from bot.actions.dialogues import end
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers import (
    broadcasts,
    cohort_form,
    cohorts,
    deliveries,
    dialogues,
    exports,
    joining,
    radar,
    roles,
    statistics,
    status,
)
from bot.handlers.message_content import Said
from bot.handlers.permissions import BUTTONS, Need
from bot.handlers.permissions import COMMANDS as NEEDS
from bot.handlers.support_requests import ask_heard, on_ask, on_press
from bot.messages import Menu, Reply, Response
from bot.rendering import notices, pages
from bot.rendering.cohort_form import cancelled, nothing_open
from bot.rendering.cohorts import (
    bind_none,
    bind_which,
    bound,
    in_group_only,
    unbound,
)
from storage.cohorts import State

OnCommand: TypeAlias = Callable[[Desk, Turn, Said], Awaitable[Response | None]]
"""`None` to let the command mean what it means for a learner without cohorts."""

OnPress: TypeAlias = Callable[[Desk, Turn, Manage, int], Awaitable[Response | None]]
"""The last argument is the id of the message with the button; `None` for an obsolete button."""


async def commanded(desk: Desk, turn: Turn, name: str, said: Said) -> Response | None:
    """The response to a command about cohorts; `None` for any other command."""
    on_command = COMMANDS.get(name)
    return await on_command(desk, turn, said) if on_command else None


async def pressed(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """The response to a button about cohorts; `None` for an obsolete button."""
    need, on_press = BUTTONS.get((press.verb, press.what)), PRESSES.get(press.verb)
    if need is None or on_press is None:
        return None
    found = await on_press(desk, turn, press, message)
    if found is None and need is not Need.EVERYBODY:
        return Response(toast=notices.not_yours(desk.voices.of(turn.language)))
    return found


async def is_at_work(desk: Desk, turn: Turn, name: str) -> bool:
    """Whether a facilitator uses one of their commands: then its text is not about themselves."""
    if NEEDS.get(name, Need.EVERYBODY) is Need.EVERYBODY:
        return False
    return (await access(desk.services, turn)).is_facilitator


async def menus_at_start(desk: Desk, turn: Turn) -> tuple[Menu, ...]:
    """The command menu of a person with a role who starts a chat; empty for others."""
    found = await roles.menu(desk, turn.learner, turn.language)
    return (found,) if found.commands else ()


async def grouped(desk: Desk, turn: Turn, name: str, said: Said) -> Reply | None:
    """The reply to a command in a group; `None` for the usual reply."""
    if name not in GROUPED:
        return None
    _ = desk.voices.of(turn.language)
    found = await _bound(desk, turn, name, said)
    if isinstance(found, Several):
        return bind_which(_, name)
    if isinstance(found, NotAllowed):
        may = await access(desk.services, turn)
        return bind_none(_, name) if may.is_facilitator and said.text else None
    group = said.chat if name == "bind" else None
    done = await bind(desk.services, turn, found.cohort.id, group)
    if isinstance(done, NotAllowed):
        return None
    return bound(_) if name == "bind" else unbound(_)


async def _bound(desk: Desk, turn: Turn, name: str, said: Said) -> Led | Several | NotAllowed:
    """Find the cohort that a command in a group means: the named one, or the only candidate."""
    if said.text:
        found = await named(desk.services, turn, said.text)
        is_elsewhere = isinstance(found, Led) and found.cohort.group != said.chat
        return NotAllowed() if name == "unbind" and is_elsewhere else found
    mine = await all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return mine
    if name == "unbind":
        likely = tuple(one for one in mine if one.group == said.chat)
    else:
        likely = tuple(one for one in mine if one.state is not State.ARCHIVED)
    if len(likely) == 1:
        return await led(desk.services, turn, likely[0].id)
    return Several(likely) if likely else NotAllowed()


async def _on_bind(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/bind or /unbind in a private chat, where it has no effect."""
    _ = desk.voices.of(turn.language)
    if not (await access(desk.services, turn)).is_facilitator:
        return Response((Reply(notices.not_yours(_)),))
    return Response((in_group_only(_),))


async def _on_cancel(desk: Desk, turn: Turn, _said: Said) -> Response:
    _ = desk.voices.of(turn.language)
    ended = await end(desk.services, turn)
    return Response((cancelled(_) if ended is not None else nothing_open(_),))


async def _on_help(desk: Desk, turn: Turn, _said: Said) -> Response | None:
    """/help for a person with a role also lists the commands of that role."""
    may = await access(desk.services, turn)
    if not may.is_facilitator:
        return None
    _ = desk.voices.of(turn.language)
    more = {
        **commands.of_facilitators(_),
        **commands.of_groups(_),
        **(commands.of_admins(_) if may.is_admin else {}),
    }
    return Response((pages.help_page(_, commands.listed(_, more)),))


GROUPED = frozenset({"bind", "unbind"})
"""Commands that have an effect in a group."""

COMMANDS: dict[str, OnCommand] = {
    "start": joining.on_start,
    "name": joining.on_name,
    "leave": joining.on_leave,
    "cancel": _on_cancel,
    "help": _on_help,
    "newcohort": cohort_form.on_newcohort,
    "cohorts": cohorts.on_cohorts,
    "cohort": cohorts.on_cohort,
    "grant": roles.on_grant,
    "revoke": roles.on_revoke,
    "audit": roles.on_audit,
    "stats": statistics.on_stats,
    "question": statistics.on_question,
    "broadcast": broadcasts.on_broadcast,
    "deliveries": deliveries.on_deliveries,
    "radar": radar.on_radar,
    "digest": radar.on_digest,
    "askfacilitator": on_ask,
    "export": exports.on_export,
    "status": status.on_status,
    "bind": _on_bind,
    "unbind": _on_bind,
}
"""By the name of the command, without its slash; each checks permissions itself."""

PRESSES: dict[str, OnPress] = {
    "k": cohorts.on_press,
    "i": joining.on_press,
    "g": statistics.on_press,
    "e": exports.on_press,
    "b": broadcasts.on_press,
    "v": deliveries.on_answer,
    "d": radar.on_press,
    "q": on_press,
}
"""By the verb of the button, one of `bot.callback_data.MANAGE_VERBS`."""

dialogues.LISTENERS.update(
    {
        cohort_form.MAKING: cohort_form.making,
        cohort_form.CHANGING: cohort_form.changing,
        roles.GRANTING: roles.granting,
        roles.REVOKING: roles.revoking,
        broadcast_drafts.DRAFT: broadcasts.composing_heard,
        "join": joining.join_heard,
        "name": joining.name_heard,
        support_requests.DRAFT: ask_heard,
        notes.DRAFT: radar.heard,
    }
)
