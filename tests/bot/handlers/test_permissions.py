"""Whatever is wired says whom it is for; tests/conversations/test_who_may_what.py tries it."""

from collections.abc import Callable, Mapping

import pytest

from bot import commands
from bot.callback_data import MANAGE_VERBS
from bot.handlers import management, roles
from bot.handlers.commands import COMMAND_HANDLERS, SCREEN_COMMANDS
from bot.handlers.permissions import (
    COMMAND_PERMISSIONS,
    MANAGE_PERMISSIONS,
    PRESS_PERMISSIONS,
    Permission,
)
from bot.i18n import Translator, Translators

ENGLISH = Translators.load().for_language("en")
LISTED = (
    commands.learner_commands,
    commands.facilitator_commands,
    commands.admin_commands,
    commands.member_commands,
)


def test_every_command_and_every_button_says_whom_it_is_for() -> None:
    wired = {
        *management.COMMAND_HANDLERS,
        *management.GROUP_COMMANDS,
        *SCREEN_COMMANDS,
        *COMMAND_HANDLERS,
        *(name for each in LISTED for name in each(ENGLISH)),
    }

    assert wired <= set(COMMAND_PERMISSIONS)
    assert {("k", what) for what in roles.PRESS_HANDLERS} <= set(MANAGE_PERMISSIONS)
    assert (
        set(management.PRESS_HANDLERS)
        <= {verb for verb, _ in MANAGE_PERMISSIONS}
        <= set(MANAGE_VERBS)
    )
    assert set(PRESS_PERMISSIONS) & set(MANAGE_VERBS) == set()


@pytest.mark.parametrize(
    ("listed", "need"),
    [
        (commands.facilitator_commands, Permission.FACILITATOR),
        (commands.admin_commands, Permission.ADMIN),
    ],
    ids=["facilitators", "admins"],
)
def test_a_menu_lists_what_its_readers_may(
    listed: Callable[[Translator], Mapping[str, str]], need: Permission
) -> None:
    names = listed(ENGLISH)

    assert {COMMAND_PERMISSIONS[name] for name in names} <= {need, Permission.EVERYBODY}
    plain = commands.learner_commands(ENGLISH)
    assert {COMMAND_PERMISSIONS[name] for name in plain} == {Permission.EVERYBODY}
