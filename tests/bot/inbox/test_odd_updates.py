"""Updates that cannot be read or kept: each is set aside, the others are served."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.bot_api import update_json
from bot.inbox.flood_control import FloodLimits
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import MAX_TRIES
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.store import Store

NOW = 1_794_830_400_000
AMINA, BARAKA = 1001, 1002
ODD = 7


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = [inner]
    return inner


def message(**differing: Any) -> dict[str, Any]:
    usual = {"from": {"id": AMINA}, "chat": {"id": AMINA, "type": "private"}, "date": NOW // 1000}
    return {"message": usual | {"text": "hello"} | differing}


def press(**differing: Any) -> dict[str, Any]:
    return {"callback_query": {"id": "1", "from": {"id": AMINA}} | differing}


BODIES = {
    "nested": message(entities=nested(300)),
    "a user of a word": message(**{"from": {"id": "abc"}}),
    "a user of digits": press(**{"from": {"id": "1002"}}),
    "a user without a number": message(**{"from": {}}),
    "a user that is none": message(**{"from": 5}),
    "a user of a fraction": message(**{"from": {"id": 1002.5}}),
    "a user that is true": message(**{"from": {"id": True}}),
    "a user below one": message(**{"from": {"id": -5}}),
    "a user too large": message(**{"from": {"id": 2**52}}),
    "a user beyond 64 bits": press(**{"from": {"id": 2**64}}),
    "a language of a number": message(**{"from": {"id": AMINA, "language_code": 5}}),
    "a date of a word": message(date="soon"),
    "a date of a list": message(date=[1]),
    "an edit of a word": {"edited_message": {"edit_date": "soon", "from": {"id": AMINA}}},
    "a message that is none": press() | {"message": 5},
    "a chat that is none": message(chat=5),
    "a chat of a word": message(chat={"id": "abc"}),
    "a chat too large": message(chat={"id": -(2**52)}),
    "a chat of a press": press(message={"chat": {"id": 2**63}}),
    "half an emoji": message(text="\ud83d"),
}


class Hands:
    """What the inbox hands to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.done: list[int] = []
        self.asked: list[int] = []

    async def handle(self, received: ReceivedUpdate) -> None:
        self.done.append(received.update)

    async def give_up(self, received: ReceivedUpdate, error: Exception) -> None:
        raise AssertionError(received) from error

    async def ask(self, person: int, _language: str | None) -> None:
        self.asked.append(person)

    def inbox(self) -> Inbox:
        plenty = FloodLimits(burst=1e9, per_second=1e9)
        patience = OutageNotices(self.ask)
        return Inbox(self.store, lambda: NOW, self.handle, self.give_up, plenty, patience)

    async def aside(self) -> list[int]:
        return [one.update for one in await self.store.fetch_set_aside_updates(MAX_TRIES)]


@pytest.fixture
async def hands(store_url: str) -> AsyncIterator[Hands]:
    store = await Store.open(store_url, NOW)
    yield Hands(store)
    await store.close()


def between(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An odd update between two of other people."""
    others = ({"update_id": n, **message(**{"from": {"id": BARAKA}})} for n in (ODD - 1, ODD + 1))
    before, after = others
    return [before, {"update_id": ODD, **body}, after]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_what_cannot_be_read_is_set_aside_and_the_others_are_served(
    hands: Hands, body: Mapping[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    inbox = hands.inbox()

    await inbox.receive(between(body))
    await inbox.receive(between(body))
    await inbox.wait_until_idle()

    assert hands.done == [ODD - 1, ODD + 1]
    assert await hands.aside() == [ODD]
    (noted,) = [one for one in caplog.records if getattr(one, "action", "") == "set_aside"]
    assert noted.__dict__["update"] == ODD
    assert await hands.inbox().open() == 0


async def test_what_the_database_refuses_for_good_is_set_aside_and_the_others_are_served(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_json, "LARGEST_ID", 2**64)  # so that it comes as far as the database
    inbox = hands.inbox()

    await inbox.receive(between(message(**{"from": {"id": 2**63}})))
    await inbox.wait_until_idle()

    assert hands.done == [ODD - 1, ODD + 1]
    assert await hands.aside() == [ODD]


async def test_a_sign_that_no_text_should_have_is_kept_like_any_other(hands: Hands) -> None:
    inbox = hands.inbox()

    await inbox.receive(between(message(text="hel\x00lo")))
    await inbox.wait_until_idle()

    assert hands.done == [ODD - 1, ODD, ODD + 1]


async def test_where_not_even_a_number_can_be_kept_nothing_may_be_confirmed(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        reason = "database disk image is malformed"
        raise sqlite3.DatabaseError(reason)

    monkeypatch.setattr(hands.store, "write", fails)
    inbox = hands.inbox()

    with pytest.raises(sqlite3.DatabaseError):
        await inbox.receive(between(message()))

    assert (hands.done, await hands.aside()) == ([], [])


async def test_odd_updates_wait_like_the_others_while_nothing_can_be_kept(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        reason = "the disk is full"
        raise UnavailableError(reason)

    inbox = hands.inbox()
    with monkeypatch.context() as patched:
        patched.setattr(hands.store, "write", fails)
        for body in BODIES.values():
            with pytest.raises(UnavailableError):
                await inbox.receive(between(body))
    await asyncio.sleep(0)

    await inbox.receive(between(BODIES["nested"]))
    await inbox.wait_until_idle()

    assert hands.done == [ODD - 1, ODD + 1]
    assert await hands.aside() == [ODD]
