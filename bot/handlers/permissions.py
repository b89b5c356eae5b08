"""Permissions: declared with each command, button and dialogue, enforced before its action runs.

An action still checks whose cohort it is about.
"""

from collections.abc import Awaitable, Callable, Mapping, Set
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from bot.actions.access import NotAllowedError, load_access
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.rendering import notices
from storage.dialogues import Dialogue


class Permission(Enum):
    """Who may use it; others get the same reply as for things that do not exist."""

    EVERYBODY = auto()
    FACILITATOR = auto()
    """Facilitators and admins; the action checks whose cohort it is."""
    ADMIN = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its handler, and who may use it."""

    handle: Callable[[Context, Interaction, MessageContent], Awaitable[Response]]
    permission: Permission = Permission.EVERYBODY


ManagementPress: TypeAlias = Callable[
    [Context, Interaction, ManagePress, int], Awaitable[Response | None]
]
"""The last argument is the id of the message with the button; `None` for an obsolete button."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """The buttons of one verb: their handler, and the actions by who may press them."""

    handle: ManagementPress
    everybody: Set[str] = frozenset()
    facilitators: Set[str] = frozenset()
    admins: Set[str] = frozenset()

    def permissions(self) -> Mapping[str, Permission]:
        """The permission that each action needs."""
        return {
            **dict.fromkeys(self.everybody, Permission.EVERYBODY),
            **dict.fromkeys(self.facilitators, Permission.FACILITATOR),
            **dict.fromkeys(self.admins, Permission.ADMIN),
        }


@dataclass(frozen=True, slots=True)
class DialogueHandler:
    """A kind of dialogue: its handler, and who may go on with it.

    Attributes:
        awaits: whether the dialogue awaits such a message; any other is handled as usual.
    """

    handle: Callable[[Context, Interaction, Dialogue, MessageContent], Awaitable[Response]]
    permission: Permission
    awaits: Callable[[Dialogue, MessageContent], bool] = lambda _dialogue, _message: True


async def is_permitted(context: Context, interaction: Interaction, needed: Permission) -> bool:
    """Whether the person may use what needs this permission, by their roles at this moment."""
    if needed is Permission.EVERYBODY:
        return True
    access = await load_access(context.services, interaction)
    return access.is_admin if needed is Permission.ADMIN else access.is_facilitator


async def check_permission(context: Context, interaction: Interaction, needed: Permission) -> None:
    """Raise `NotAllowedError` if the person lacks this permission."""
    if not await is_permitted(context, interaction, needed):
        raise NotAllowedError


def refusal(context: Context, interaction: Interaction) -> str:
    """What people are told of things that do not exist, or that are not theirs."""
    return notices.not_found_or_not_yours(context.translator_of(interaction))
