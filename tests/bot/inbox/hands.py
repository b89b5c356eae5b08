"""What the inbox hands updates to, in tests."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.inbox.flood_control import FloodLimits
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from storage.inbox import ReceivedUpdate
from storage.store import Store

NOW = 1_794_830_400_000


AT_ONCE_AGAIN = 0.001


def update(number: int, person: int | None = 1001, text: str = "hello") -> dict[str, Any]:
    sender = {} if person is None else {"from": {"id": person}}
    return {"update_id": number, "message": {"text": text, **sender}}


class Hands:
    """What the inbox hands to: notes everything, and fails as it is told."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.done: list[int] = []
        self.given_up: list[int] = []
        self.news = asyncio.Event()
        self.under_way = 0
        self.most = 0
        self.fails: Callable[[ReceivedUpdate], Awaitable[None]] | None = None
        self.gives_up: Callable[[], None] = lambda: None

    async def handle(self, received: ReceivedUpdate) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            if self.fails is not None:
                await self.fails(received)
            self.done.append(received.update)
            self.news.set()
        finally:
            self.under_way -= 1

    async def has_done(self, count: int) -> None:
        while len(self.done) < count:
            self.news.clear()
            await self.news.wait()

    async def give_up(self, received: ReceivedUpdate, error: Exception) -> None:
        assert error is not None
        self.given_up.append(received.update)
        self.gives_up()

    async def ask_patience(self, person: int, language: str | None) -> None:
        raise AssertionError((person, language))

    def bytes_on_disk(self) -> bytes:
        return Path(self.store.location).read_bytes()

    def inbox(self, allowance: FloodLimits | None = None, **more: Any) -> Inbox:
        plenty = allowance or FloodLimits(burst=1e9, per_second=1e9)
        patience, now = OutageNotices(self.ask_patience), lambda: self.now
        return Inbox(self.store, now, self.handle, self.give_up, plenty, patience, **more)
