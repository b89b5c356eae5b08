"""What is declared of commands and buttons; tests/conversations/test_who_may_what.py tries it."""

from collections.abc import Callable, Mapping

import pytest

from bot import commands
from bot.callback_data import MANAGE_VERBS
from bot.handlers.commands import COMMANDS
from bot.handlers.groups import GROUP_COMMANDS
from bot.handlers.permissions import Permission
from bot.handlers.presses import MANAGE_BUTTONS
from bot.i18n import Translator, Translators

ENGLISH = Translators.load().for_language("en")
LISTED = (
    commands.learner_commands,
    commands.facilitator_commands,
    commands.admin_commands,
    commands.member_commands,
)


def test_what_is_listed_can_be_used() -> None:
    listed = {*GROUP_COMMANDS, *(name for each in LISTED for name in each(ENGLISH))}

    assert listed <= set(COMMANDS)
    assert set(MANAGE_BUTTONS) == set(MANAGE_VERBS)


def test_a_button_is_declared_once() -> None:
    for buttons in MANAGE_BUTTONS.values():
        declared = [*buttons.everybody, *buttons.facilitators, *buttons.admins]
        assert len(declared) == len(set(declared))


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
    assert {COMMANDS[name].permission for name in listed(ENGLISH)} <= {need, Permission.EVERYBODY}
    plain = commands.learner_commands(ENGLISH)
    assert {COMMANDS[name].permission for name in plain} == {Permission.EVERYBODY}
