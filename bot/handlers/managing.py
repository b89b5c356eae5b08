"""The commands and buttons of cohorts: of those who lead them, and of those who join them."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.actions.access import access
from bot.actions.visits import Turn
from bot.callbacks import Manage
from bot.handlers.desk import Desk
from bot.handlers.permissions import COMMANDS as NEEDS
from bot.handlers.permissions import Need
from bot.handlers.said import Said
from bot.replies import Response

OnCommand: TypeAlias = Callable[[Desk, Turn, Said], Awaitable[Response]]
OnPress: TypeAlias = Callable[[Desk, Turn, Manage, int], Awaitable[Response | None]]
"""The last argument is the message on which the button stands; `None` for a button that means
nothing any more."""

COMMANDS: dict[str, OnCommand] = {}
"""By the name of the command, without its slash; each asks by itself who may use it."""

PRESSES: dict[str, OnPress] = {}
"""By the verb of the button, one of `bot.callbacks.MANAGED`."""


async def commanded(desk: Desk, turn: Turn, name: str, said: Said) -> Response | None:
    """What a command about cohorts is answered; `None` for any other command."""
    on_command = COMMANDS.get(name)
    return await on_command(desk, turn, said) if on_command else None


async def pressed(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """What a button about cohorts does; `None` when it means nothing any more."""
    on_press = PRESSES.get(press.verb)
    return await on_press(desk, turn, press, message) if on_press else None


async def is_at_work(desk: Desk, turn: Turn, name: str) -> bool:
    """Whether a facilitator uses a command of theirs: what stands behind it is not about them."""
    if NEEDS.get(name, Need.EVERYBODY) is Need.EVERYBODY:
        return False
    return (await access(desk.services, turn)).is_facilitator
