"""getUpdates: the bot asks, and waits when there is nothing yet."""

import asyncio

from simulator.errors import conflict
from simulator.parameters import Parameters
from simulator.updates import Update
from simulator.wire import Json
from simulator.world import World

# tdlib/telegram-bot-api, Client.cpp: LONG_POLL_MAX_TIMEOUT.
LONGEST_WAIT = 50
MOST_AT_ONCE = 100
_REPEATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_REPLACED = "terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
# Control API: a bot counts as connected for so long after its last poll.
_PRESENCE_SECONDS = 60.0


class Polling:
    """The one poll that may wait at a time; a newer one ends it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: asyncio.Future[str] | None = None
        self._last_seen = float("-inf")
        self._closed = False
        self._stop_hearing = world.updates.on_arrival(self._wake)
        world.on_webhook = lambda: self._end_older("webhook")

    @property
    def connected(self) -> bool:
        """Whether a bot is there: it polls, has polled within a minute, or a webhook is set."""
        if self._waiting is not None or self._world.webhook:
            return True
        return asyncio.get_running_loop().time() - self._last_seen < _PRESENCE_SECONDS

    async def get_updates(self, given: Parameters) -> list[Json]:
        """Bot API, getUpdates.

        Raises:
            ApiError: 409, as a webhook is set or a newer poll took over.
        """
        if self._world.webhook:
            raise conflict(_WEBHOOK_ACTIVE)
        self._end_older("newer")
        if isinstance(kinds := given.plain("allowed_updates"), list):
            self._world.updates.allow(kinds)
        offset = given.number("offset")
        timeout = min(max(given.number("timeout"), 0), LONGEST_WAIT)
        limit = min(max(given.number("limit", MOST_AT_ONCE), 1), MOST_AT_ONCE)
        self._note_presence()
        updates = self._world.updates.take(offset, limit)
        if not updates and timeout > 0 and not self._closed:
            await self._wait(timeout)
            updates = self._world.updates.take(offset, limit)
        return [update.wire() for update in updates]

    def close(self) -> None:
        """Let a waiting poll go with nothing, and let none wait again."""
        self._closed = True
        self._end_older("closed")
        self._stop_hearing()

    def _note_presence(self) -> None:
        was_connected = self.connected
        self._last_seen = asyncio.get_running_loop().time()
        if not was_connected:
            self._world.tell("bot", data={"connected": True})

    async def _wait(self, seconds: int) -> None:
        loop = asyncio.get_running_loop()
        waiting = self._waiting = loop.create_future()
        timer = loop.call_later(seconds, _settle, waiting, "late")
        try:
            reason = await waiting
        finally:
            timer.cancel()
            self._last_seen = loop.time()
            if self._waiting is waiting:
                self._waiting = None
        if reason == "webhook":
            raise conflict(_REPLACED)
        if reason == "newer":
            raise conflict(_REPEATED)

    def _wake(self, _: Update) -> None:
        self._end_older("arrived")

    def _end_older(self, reason: str) -> None:
        if self._waiting is not None:
            _settle(self._waiting, reason)
            if reason != "arrived":
                self._waiting = None


def _settle(waiting: asyncio.Future[str], reason: str) -> None:
    if not waiting.done():
        waiting.set_result(reason)
