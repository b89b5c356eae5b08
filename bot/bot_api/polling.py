"""Long polling; confirms updates only after they are on disk."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest
from yarl import URL

from bot.bot_api.errors import retry_after_seconds
from bot.bot_api.update_json import is_update
from storage.errors import UnavailableError

log = logging.getLogger(__name__)

# Seconds that Telegram may hold a poll open (Bot API server: at most 50).
LONG_POLL_SECONDS = 30

# Updates per poll (Bot API, getUpdates: at most 100).
_MAX_UPDATES = 100

ReceiveUpdates: TypeAlias = Callable[[Iterable[Mapping[str, Any]]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PollWaits:
    """Seconds between polls, and seconds that one may take.

    Attributes:
        first: after a failure; doubled each time.
        longest: the longest wait after a failure.
        for_store: after a database error.
        read_timeout: without a byte, until a poll times out.
        time_limit: until a poll is given up though bytes still arrive, or while the host name is
            resolved, which the transport does not limit.
        conflict_limit: of conflicts with another instance, until this one stops; and without a
            conflict, until the other counts as gone. An answered poll proves nothing: two instances
            end each other's polls, and each gets some of the updates in between.
    """

    first: float = 1.0
    longest: float = 30.0
    for_store: float = 2.0
    read_timeout: float = LONG_POLL_SECONDS + 10.0
    time_limit: float = LONG_POLL_SECONDS + 20.0
    conflict_limit: float = 30.0


class PollingError(Exception):
    """Polling cannot go on; the message says why, and what to do."""


class RefusedTokenError(PollingError):
    """Telegram does not accept the token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the token. Copy it again from BotFather into TUTORBOT_TOKEN."
        )


class OtherInstanceError(PollingError):
    """Another process is polling with the same token."""

    def __init__(self) -> None:
        super().__init__(
            "Another instance of this bot is running with the same token (or a webhook is set)."
            " Stop it, then start this one again."
        )


class Poller:
    """Polls Telegram for updates in a loop.

    Args:
        request: an open transport of its own, since a poll occupies a connection.
        base_url: the Bot API's address with the token: `https://.../bot<token>`.
        allowed_updates: kinds of updates to request.

    Attributes:
        rate_limit_hits: number of polls answered with 429.
    """

    def __init__(
        self,
        request: BaseRequest,
        base_url: str,
        allowed_updates: Sequence[str],
        waits: PollWaits = PollWaits(),
    ) -> None:
        self.rate_limit_hits = 0
        self._waits = waits
        self._request = request
        self._url = URL(f"{base_url}/getUpdates", encoded=False)
        self._allowed_updates = orjson.dumps(allowed_updates).decode()
        self._offset = 0
        self._answered_at: float | None = None
        self._conflict_since = self._conflict_at = -math.inf  # the first in a row, and the last

    @property
    def idle_seconds(self) -> float:
        """Seconds since Telegram last answered a poll; infinite before the first answer."""
        if self._answered_at is None:
            return math.inf
        return asyncio.get_running_loop().time() - self._answered_at

    async def run(self, receive: ReceiveUpdates) -> None:
        """Poll until cancelled; network errors are retried forever.

        Args:
            receive: stores updates; they are confirmed after it returned.

        Raises:
            PollingError: polling cannot go on.
        """
        wait = self._waits.first
        while True:
            try:
                async with asyncio.timeout(
                    self._waits.time_limit
                ):  # wait_for may swallow a cancellation
                    await self._poll_once(receive)
            except TimeoutError:
                log.warning("A poll hung and was given up", extra={"action": "poll_hung"})
            except InvalidToken:
                raise RefusedTokenError from None
            except Conflict:
                self._record_conflict()
                await asyncio.sleep(self._waits.first)
            except RetryAfter as error:
                await self._wait_after_429(retry_after_seconds(error))
            except UnavailableError as error:
                log.warning("Updates wait", extra={"action": "not_stored", "why": str(error)})
                await asyncio.sleep(self._waits.for_store)
            except TelegramError as error:
                log.warning("Polling failed", extra={"action": "poll_failed", "why": str(error)})
                await asyncio.sleep(wait)
                wait = min(2 * wait, self._waits.longest)
            else:
                wait = self._waits.first

    async def _poll_once(self, receive: ReceiveUpdates) -> None:
        # The first poll returns at once, to learn quickly whether Telegram answers.
        timeout = 0 if self._answered_at is None else LONG_POLL_SECONDS
        url = self._url.with_query(
            offset=self._offset,
            limit=_MAX_UPDATES,
            timeout=timeout,
            allowed_updates=self._allowed_updates,
        )
        raw_updates = await self._request.post(str(url), read_timeout=self._waits.read_timeout)
        updates = _select_updates(raw_updates)
        self._answered_at = asyncio.get_running_loop().time()
        await receive(updates)
        if updates:
            self._offset = max(update["update_id"] for update in updates) + 1

    async def _wait_after_429(self, wait: float) -> None:
        self.rate_limit_hits += 1
        extra = {"action": "poll_refused", "seconds": wait}
        log.warning("Telegram asks to wait with polling", extra=extra)
        await asyncio.sleep(wait)

    def _record_conflict(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._conflict_at > self._waits.conflict_limit:
            self._conflict_since = now
            log.warning("Another instance is polling", extra={"action": "poll_conflict"})
        elif now - self._conflict_since > self._waits.conflict_limit:
            raise OtherInstanceError
        self._conflict_at = now


def _select_updates(raw_updates: object) -> list[Mapping[str, Any]]:
    """Select the valid updates of an answer; others cannot be confirmed and are skipped.

    Raises:
        TelegramError: the answer is not a list, or contains no valid update.
    """
    found = raw_updates if isinstance(raw_updates, list) else []
    updates = [raw for raw in found if is_update(raw)]
    if raw_updates != [] and not updates:
        message = "The server's answer is no list of updates"
        raise TelegramError(message)
    if odd := len(found) - len(updates):
        log.warning("What is no update was left out", extra={"action": "left_out", "number": odd})
    return updates
