"""Outage notices: asks people to wait while the database cannot store updates, not too often."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot import updates
from bot.updates import OddUpdateError

log = logging.getLogger(__name__)

# Seconds between notices to one person, at least.
_AGAIN = 30.0

# People and updates remembered: more than occur in `_NOTICE_INTERVAL` seconds.
_REMEMBERED = 10_000

# Kinds of updates that people expect an answer to; groups get no notices.
_WAITED_FOR = ("message", "callback_query")

# Sends a notice to a person, in the given language; raises nothing.
Ask = Callable[[int, str | None], Awaitable[None]]


class Patience:
    """Tracks whether there is an outage, and who was notified of it.

    Attributes:
        is_outage: whether the last attempt to store something failed.
    """

    def __init__(self, ask: Ask) -> None:
        self.needed = False
        self._ask = ask
        self._asked: OrderedDict[int, float] = OrderedDict()
        self._updates: OrderedDict[int, None] = OrderedDict()
        self._asking: set[asyncio.Task[None]] = set()

    def ask(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Report that updates could not be stored; notifies their senders in the background."""
        if not self.needed:
            log.warning("Nothing can be stored now", extra={"action": "storing_failed"})
        self.needed = True
        now = asyncio.get_running_loop().time()
        for raw in raws:
            if raw["update_id"] in self._updates:
                continue
            _put(self._updates, raw["update_id"], None)
            for sender in _senders(raw):
                if now - self._asked.get(sender["id"], -_AGAIN) >= _AGAIN:
                    _put(self._asked, sender["id"], now)
                    task = asyncio.create_task(self._told(sender))
                    self._asking.add(task)
                    task.add_done_callback(self._asking.discard)

    def relieve(self) -> None:
        """Report that storing works again."""
        if self.needed:
            log.warning("Storing works again", extra={"action": "storing_again"})
        self.needed = False

    async def close(self) -> None:
        """Cancel notices that are being sent."""
        asking = tuple(self._asking)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _told(self, sender: Mapping[str, Any]) -> None:
        await self._ask(sender["id"], sender.get("language_code"))


def _senders(raw: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Who sent it in a private chat: one or nobody."""
    if any(kind in raw for kind in _WAITED_FOR):
        with suppress(OddUpdateError):  # it is set aside
            sender, chat = updates.sender(raw), updates.chat(raw)
            if sender is not None and chat is not None and chat["id"] == sender["id"]:
                yield sender


def _put(memory: OrderedDict[int, Any], key: int, value: float | None) -> None:
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > _REMEMBERED:
        memory.popitem(last=False)
