"""Whatever is wired says whom it is for; tests/conversations/test_who_may_what.py tries it."""

from collections.abc import Callable, Mapping

import pytest

from bot import commands
from bot.callback_data import MANAGED
from bot.handlers import management, roles
from bot.handlers.commands import MORE, SCREENS
from bot.handlers.permissions import BUTTONS, COMMANDS, VERBS, Need
from bot.i18n import Voice, Voices

ENGLISH = Voices.load().of("en")
LISTED = (commands.described, commands.of_facilitators, commands.of_admins, commands.of_members)


def test_every_command_and_every_button_says_whom_it_is_for() -> None:
    wired = {
        *management.COMMANDS, *management.GROUPED, *SCREENS, *MORE,
        *(name for each in LISTED for name in each(ENGLISH)),
    }  # fmt: skip

    assert wired <= set(COMMANDS)
    assert {("k", what) for what in roles.PRESSES} <= set(BUTTONS)
    assert set(management.PRESSES) <= {verb for verb, _ in BUTTONS} <= set(MANAGED)
    assert set(VERBS) & set(MANAGED) == set()


@pytest.mark.parametrize(
    ("listed", "need"),
    [(commands.of_facilitators, Need.FACILITATOR), (commands.of_admins, Need.ADMIN)],
    ids=["facilitators", "admins"],
)
def test_a_menu_lists_what_its_readers_may(
    listed: Callable[[Voice], Mapping[str, str]], need: Need
) -> None:
    names = listed(ENGLISH)

    assert {COMMANDS[name] for name in names} <= {need, Need.EVERYBODY}
    plain = commands.described(ENGLISH)
    assert {COMMANDS[name] for name in plain} == {Need.EVERYBODY}
