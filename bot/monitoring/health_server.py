"""HTTP server for /health and /metrics, at TUTORBOT_LISTEN."""

import math
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.bot_api.polling import Poller
from bot.bot_api.rate_limiter import RateLimiter
from bot.clock import Clock
from bot.inbox.inbox import Inbox
from bot.metrics import METRICS
from bot.monitoring.listener import listen

# Seconds without an answered poll after which the bot is not ready: two long polls.
_MAX_POLL_AGE = 75.0

# Age of the oldest pending update, in seconds, from which the bot is not ready.
_MAX_INBOX_AGE = 120.0


@dataclass(frozen=True, slots=True)
class HealthEndpoints:
    """Handlers of the two endpoints; they use only the state of this process."""

    clock: Clock
    inbox: Inbox
    poller: Poller
    rate_limiter: RateLimiter

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One of the two, to GET and HEAD."""
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        match request.path:
            case "/health":
                return self.serve_health()
            case "/metrics":
                return self.serve_metrics()
            case _:
                return web.Response(status=404)

    def serve_health(self) -> web.Response:
        """Live: the process answers. Ready: it reaches Telegram, can store, and keeps up."""
        oldest_wait = self._get_oldest_wait()
        storing = self.inbox.is_storing
        ready = (
            storing and self.poller.idle_seconds < _MAX_POLL_AGE and oldest_wait < _MAX_INBOX_AGE
        )
        status = {
            "live": True,
            "ready": ready,
            "storing": storing,
            "seconds_since_poll": _round_seconds(self.poller.idle_seconds),
            "inbox": self.inbox.pending.count,
            "oldest_waits_seconds": round(oldest_wait, 1),
        }
        return web.json_response(status, status=200 if ready else 503)

    def serve_metrics(self) -> web.Response:
        """Everything of bot.metrics."""
        METRICS.inbox_length.set(self.inbox.pending.count)
        METRICS.inbox_age_seconds.set(self._get_oldest_wait())
        METRICS.poll_age_seconds.set(self.poller.idle_seconds)
        METRICS.too_many_requests.set(
            self.rate_limiter.rate_limit_hits + self.poller.rate_limit_hits
        )
        for lane, figures in self.rate_limiter.statistics.items():
            name = lane.name.lower()
            METRICS.lane_length.labels(lane=name).set(self.rate_limiter.waiting_counts[lane])
            METRICS.lane_sent.labels(lane=name).set(figures.released)
            METRICS.lane_waited_seconds.labels(lane=name).set(figures.waited_seconds)
        body = generate_latest(METRICS.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _get_oldest_wait(self) -> float:
        oldest = self.inbox.pending.oldest_at
        return 0.0 if oldest is None else max(0.0, (self.clock() - oldest) / 1000)


def _round_seconds(seconds: float) -> float | None:
    return None if math.isinf(seconds) else round(seconds, 1)


def serve_endpoints(
    address: str | None, endpoints: HealthEndpoints
) -> AbstractAsyncContextManager[None]:
    """Serve `endpoints` at `address` ("host:port") while the block runs; nothing when it is `None`.

    Raises:
        ListeningError: the address is not available.
    """
    return nullcontext() if address is None else listen(address, endpoints.answer)
