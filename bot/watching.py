"""HTTP server for /health and /metrics, at TUTORBOT_LISTEN."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.clock import Clock
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.meters import METERS
from bot.polling import Poller

# Seconds without an answered poll after which the bot is not ready: two long polls.
_POLL_LIMIT = 75.0

# Age of the oldest pending update, in seconds, from which the bot is not ready.
_AGE_LIMIT = 120.0


class ListeningError(Exception):
    """The configured address cannot be listened at."""

    def __init__(self, place: str, error: OSError) -> None:
        super().__init__(f"Cannot listen at TUTORBOT_LISTEN={place}: {error.strerror}.")


@dataclass(frozen=True, slots=True)
class Watch:
    """Handlers of the two endpoints; they use only the state of this process."""

    clock: Clock
    inbox: Inbox
    poller: Poller
    lanes: Lanes

    async def health(self, request: web.Request) -> web.Response:
        """Report whether the bot is ready: it reaches Telegram, can store, and keeps up."""
        del request
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

    async def metrics(self, request: web.Request) -> web.Response:
        """Report all metrics in Prometheus' format."""
        del request
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


@asynccontextmanager
async def watched(place: str | None, watch: Watch) -> AsyncIterator[None]:
    """Serve the endpoints at "host:port" while the block runs; does nothing for `None`.

    Raises:
        ListeningError: the address is not available.
    """
    if place is None:
        yield
        return
    app = web.Application()
    app.add_routes([web.get("/health", watch.health), web.get("/metrics", watch.metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, place)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, place: str) -> None:
    host, _, port = place.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except OSError as error:
        raise ListeningError(place, error) from error
