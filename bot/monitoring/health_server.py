"""HTTP server for /health and /metrics, at TUTORBOT_LISTEN."""

import math
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.bot_api.polling import Poller
from bot.bot_api.rate_limiter import Lanes
from bot.clock import Clock
from bot.inbox.inbox import Inbox
from bot.metrics import METERS
from bot.monitoring.listener import listening

# Seconds without an answered poll after which the bot is not ready: two long polls.
_POLL_LIMIT = 75.0

# Age of the oldest pending update, in seconds, from which the bot is not ready.
_AGE_LIMIT = 120.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Handlers of the two endpoints; they use only the state of this process."""

    clock: Clock
    inbox: Inbox
    poller: Poller
    lanes: Lanes

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One of the two, to GET and HEAD."""
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        match request.path:
            case "/health":
                return self.health()
            case "/metrics":
                return self.metrics()
            case _:
                return web.Response(status=404)

    def health(self) -> web.Response:
        """Live: the process answers. Ready: it reaches Telegram, can store, and keeps up."""
        waits = self._waits()
        storing = self.inbox.is_storing
        ready = storing and self.poller.idle_seconds < _POLL_LIMIT and waits < _AGE_LIMIT
        told = {
            "live": True,
            "ready": ready,
            "storing": storing,
            "seconds_since_poll": _rounded(self.poller.idle_seconds),
            "inbox": self.inbox.length,
            "oldest_waits_seconds": round(waits, 1),
        }
        return web.json_response(told, status=200 if ready else 503)

    def metrics(self) -> web.Response:
        """Everything of bot.metrics."""
        METERS.inbox_length.set(self.inbox.length)
        METERS.inbox_age.set(self._waits())
        METERS.poll_age.set(self.poller.idle_seconds)
        METERS.refusals.set(self.lanes.refusals + self.poller.refusals)
        for lane, figures in self.lanes.figures.items():
            name = lane.name.lower()
            METERS.lane_length.labels(lane=name).set(self.lanes.waiting[lane])
            METERS.lane_sent.labels(lane=name).set(figures.released)
            METERS.lane_waited.labels(lane=name).set(figures.waited)
        body = generate_latest(METERS.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _waits(self) -> float:
        oldest = self.inbox.oldest
        return 0.0 if oldest is None else max(0.0, (self.clock() - oldest) / 1000)


def _rounded(seconds: float) -> float | None:
    return None if math.isinf(seconds) else round(seconds, 1)


def watched(place: str | None, watch: Watch) -> AbstractAsyncContextManager[None]:
    """Serve `watch` at `place` ("host:port") while the block runs; nothing when it is `None`.

    Raises:
        ListeningError: the address is not available.
    """
    return nullcontext() if place is None else listening(place, watch.answer)
