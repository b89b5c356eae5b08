"""Pushing updates to the bot's webhook: in order within a lane, until it takes them."""

import asyncio
from collections import deque
from contextlib import suppress

import aiohttp
import orjson

from simulator.state import Webhook
from simulator.updates import Update
from simulator.world import World

# tdlib/telegram-bot-api, WebhookActor.cpp: pauses double up to a minute; Retry-After up to an hour.
_LONGEST_PAUSE = 60.0
_LONGEST_WISH = 3600.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Pushing:
    """One sender per lane with something in it; all of them end when the webhook goes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lanes: dict[str, deque[Update]] = {}
        self._senders: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)
        self._stop_hearing = world.updates.on_arrival(self._arrived)
        world.on_webhook.append(self._changed)

    async def close(self) -> None:
        """End every sender and the connections."""
        self._stop_hearing()
        self._world.on_webhook.remove(self._changed)
        senders = self._stop()
        await asyncio.gather(*senders, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _changed(self, is_set: bool) -> None:
        self._stop()
        hook = self._world.webhook
        if is_set and hook is not None:
            self._slots = asyncio.Semaphore(hook.max_connections)
            for update in self._world.pending():
                self._arrived(update)

    def _stop(self) -> list[asyncio.Task[None]]:
        senders = list(self._senders)
        for sender in senders:
            sender.cancel()
        self._senders.clear()
        self._lanes.clear()
        return senders

    def _arrived(self, update: Update) -> None:
        hook = self._world.webhook
        if hook is None:
            return
        if update.lane in self._lanes:
            self._lanes[update.lane].append(update)
            return
        self._lanes[update.lane] = deque([update])
        sender = asyncio.get_running_loop().create_task(self._send_lane(hook, update.lane))
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)

    async def _send_lane(self, hook: Webhook, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._send(hook, waiting[0])
            self._world.updates.discard(waiting.popleft().id)
        del self._lanes[lane]

    async def _send(self, hook: Webhook, update: Update) -> None:
        """Push one update until it is taken or too old."""
        pause = 0.0
        while self._world.updates.is_pending(update.id):
            async with self._slots:
                wish = await self._attempt(hook, update)
            if wish is None:
                return
            await asyncio.sleep(wish or pause)
            pause = min(pause * 2 or self._world.limits.webhook_pause_seconds, _LONGEST_PAUSE)

    async def _attempt(self, hook: Webhook, update: Update) -> float | None:
        """None when the bot took it; otherwise the seconds it wishes to wait, 0 for no wish."""
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        self._session = self._session or aiohttp.ClientSession(timeout=_TIMEOUT)
        body = orjson.dumps(update.wire())
        try:
            async with self._session.post(hook.url, data=body, headers=headers) as answer:
                await answer.read()
                if answer.ok and answer.status < 300:  # noqa: PLR2004 - 2xx
                    return None
                words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                wish = answer.headers.get("Retry-After", "0")
        except (aiohttp.ClientError, TimeoutError) as error:
            words, wish = f"Connection failed: {type(error).__name__}", "0"
        hook.last_error = (self._world.today(), words)
        with suppress(ValueError):
            return min(float(wish), _LONGEST_WISH)
        return 0.0
