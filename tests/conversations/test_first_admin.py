"""The link that makes the first admin, where nobody is."""

from dataclasses import replace

import pytest

from bot import terminal
from bot.actions.first_admin import offer_first_admin
from bot.operations.first_admin import first_admin_notice
from storage import roles
from tests.conversations import leading
from tests.conversations.leading import BARAKA, CHEN
from tests.conversations.people import HOUR
from tests.support.running import Stage

REFUSED = "This link does not work, or no longer."


@pytest.fixture
def nobody(on_small: Stage) -> Stage:
    """The bot without an admin."""
    context = on_small.tutor.context
    context.services = replace(context.services, admins=frozenset())
    return on_small


def now(stage: Stage) -> int:
    return int(stage.simulator.world.clock.now() * 1000)


async def offered(stage: Stage) -> str:
    payload = await offer_first_admin(stage.store, (), now(stage))
    assert payload is not None
    return payload


@pytest.mark.journey
async def test_who_opens_the_link_first_becomes_admin_and_nobody_after_them(
    nobody: Stage,
) -> None:
    link = await offered(nobody)
    baraka, chen = leading.person(nobody, BARAKA), leading.person(nobody, CHEN)
    await baraka.says(f"/start {link}")
    assert "Admin: may do everything" in baraka.sees
    await chen.says(f"/start {link}")

    await baraka.taps("I agree")
    await chen.taps("I agree")

    assert await roles.fetch_admins(nobody.store) == (BARAKA,)
    assert chen.sees.startswith(REFUSED)
    await baraka.says("/whoami")
    assert baraka.sees.startswith(f"Your number at Telegram is {BARAKA}.\nYou are an admin")
    assert await offer_first_admin(nobody.store, (), now(nobody)) is None


async def test_the_link_serves_for_an_hour(nobody: Stage) -> None:
    link, baraka = await offered(nobody), leading.person(nobody, BARAKA)
    baraka.waits(HOUR)

    await baraka.says(f"/start {link}")

    assert baraka.sees.startswith(REFUSED)


async def test_only_the_newest_link_serves(nobody: Stage) -> None:
    old, new = await offered(nobody), await offered(nobody)
    baraka = leading.person(nobody, BARAKA)

    await baraka.says(f"/start {old}")
    assert baraka.sees.startswith(REFUSED)
    await baraka.says(f"/start {new}")

    assert "Admin: may do everything" in baraka.sees


async def test_a_link_for_the_first_admin_serves_no_more_when_there_is_one(
    nobody: Stage,
) -> None:
    link, baraka = await offered(nobody), leading.person(nobody, BARAKA)
    context = nobody.tutor.context
    context.services = replace(context.services, admins=frozenset({CHEN}))

    await baraka.says(f"/start {link}")

    assert baraka.sees.startswith(REFUSED)


async def test_the_link_is_told_in_a_terminal_only(
    nobody: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setattr(terminal, "is_terminal", lambda: False)
    elsewhere = await first_admin_notice(nobody.store, (), "tutor_bot", now(nobody))
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)

    told = await first_admin_notice(nobody.store, (), "tutor_bot", now(nobody))

    assert elsewhere is not None
    assert "https" not in elsewhere
    assert told is not None
    token = told.partition("https://t.me/tutor_bot?start=a_")[2]
    assert len(token) == 22
    assert token not in caplog.text
    assert await first_admin_notice(nobody.store, (CHEN,), "tutor_bot", now(nobody)) is None


async def test_anybody_can_ask_for_their_number(nobody: Stage) -> None:
    baraka = leading.person(nobody, BARAKA)

    await baraka.says("/whoami")

    assert baraka.sees.startswith(f"Your number at Telegram is {BARAKA}.\nYou learn here")
