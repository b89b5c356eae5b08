"""Outage notices: asks people to wait while the database cannot store updates, not too often."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.bot_api import update_json
from bot.bot_api.update_json import InvalidUpdateError

log = logging.getLogger(__name__)

# Seconds between notices to one person, at least.
_NOTICE_INTERVAL = 30.0

# People and updates remembered: more than occur in `_NOTICE_INTERVAL` seconds.
_MAX_REMEMBERED = 10_000

# Kinds of updates that people expect an answer to; groups get no notices.
_ANSWERED_KINDS = ("message", "callback_query")

# Sends a notice to a person, in the given language; raises nothing.
SendNotice = Callable[[int, str | None], Awaitable[None]]


class OutageNotices:
    """Tracks whether there is an outage, and who was notified of it.

    Attributes:
        is_outage: whether the last attempt to store something failed.
    """

    def __init__(self, send_notice: SendNotice) -> None:
        self.is_outage = False
        self._send = send_notice
        self._notified_at: OrderedDict[int, float] = OrderedDict()
        self._seen_updates: OrderedDict[int, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def report_outage(self, raw_updates: Iterable[Mapping[str, Any]]) -> None:
        """Report that updates could not be stored; notifies their senders in the background."""
        if not self.is_outage:
            log.warning("Nothing can be stored now", extra={"action": "storing_failed"})
        self.is_outage = True
        now = asyncio.get_running_loop().time()
        for raw in raw_updates:
            if raw["update_id"] in self._seen_updates:
                continue
            _remember(self._seen_updates, raw["update_id"], None)
            for sender in _find_senders(raw):
                if now - self._notified_at.get(sender["id"], -_NOTICE_INTERVAL) >= _NOTICE_INTERVAL:
                    _remember(self._notified_at, sender["id"], now)
                    task = asyncio.create_task(self._send_notice(sender))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    def end_outage(self) -> None:
        """Report that storing works again."""
        if self.is_outage:
            log.warning("Storing works again", extra={"action": "storing_again"})
        self.is_outage = False

    async def close(self) -> None:
        """Cancel notices that are being sent."""
        asking = tuple(self._tasks)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _send_notice(self, sender: Mapping[str, Any]) -> None:
        await self._send(sender["id"], sender.get("language_code"))


def _find_senders(raw: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Who sent it in a private chat: one or nobody."""
    if any(kind in raw for kind in _ANSWERED_KINDS):
        with suppress(InvalidUpdateError):  # it is set aside
            sender, chat = update_json.get_sender(raw), update_json.get_chat(raw)
            if sender is not None and chat is not None and chat["id"] == sender["id"]:
                yield sender


def _remember(memory: OrderedDict[int, Any], key: int, value: float | None) -> None:
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > _MAX_REMEMBERED:
        memory.popitem(last=False)
