"""An HTTP listener with bounds: how many connections, for how long, by which names.

Each connection serves one request. What is refused is counted, and logged once a minute at most.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeAlias, cast

from aiohttp import web

log = logging.getLogger(__name__)

# Seconds that a stop waits for an answer that is under way.
_STOP_WITHIN = 1.0

Answer: TypeAlias = Callable[[web.BaseRequest], Awaitable[web.Response]]


class ListeningError(Exception):
    """Nobody can listen at the place that is wanted."""

    def __init__(self, place: str, error: OSError) -> None:
        super().__init__(f"Cannot listen at TUTORBOT_LISTEN={place}: {error.strerror}.")


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How much the listener takes on.

    Attributes:
        connections: open at once; those beyond are closed.
        seconds: from a connection's start until it is closed, answered or not.
        log_seconds: from one line about what was refused to the next.
    """

    connections: int = 50
    seconds: float = 10.0
    log_seconds: float = 60.0


@asynccontextmanager
async def listen(
    place: str,
    answer: Answer,
    limits: ConnectionLimits = ConnectionLimits(),
) -> AsyncIterator[None]:
    """Answer requests at `place` ("host:port") while the block runs.

    Raises:
        ListeningError: nobody can listen there.
    """
    host, _, port = place.rpartition(":")
    host = host.strip("[]")
    listener = _Listener(host, answer, limits)
    runner = web.ServerRunner(listener, shutdown_timeout=_STOP_WITHIN)
    await runner.setup()
    try:
        # asyncio accepts as many connections in one go as the backlog is long
        site = web.TCPSite(runner, host, int(port), backlog=limits.connections)
        try:
            await site.start()
        except OSError as error:
            raise ListeningError(place, error) from error
        yield
    finally:
        await runner.cleanup()


class _Listener(web.Server):
    """Makes a `_Connection` of each connection and checks which name it was called by.

    A web page of somebody else's can reach a listener in its reader's network only by a name (DNS
    rebinding), so addresses are accepted, and of names `localhost` and the one of the settings.
    """

    def __init__(self, host: str, answer: Answer, limits: ConnectionLimits) -> None:
        super().__init__(self._answer)
        self.limits = limits
        self.refusals = _RefusalLog(limits.log_seconds)
        self.open = 0
        self._host = host.lower()
        self._respond = answer

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, self._loop)

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        if self._is_called_by_its_name(request):
            response = await self._respond(request)
        else:
            self.refusals.count_refusal("wrong_host")
            response = web.Response(status=421, text="Unknown host name.\n")
        response.force_close()
        return response

    def _is_called_by_its_name(self, request: web.BaseRequest) -> bool:
        if _is_loopback(self._host):
            return True
        name = _without_port(request.headers.get("Host", "")).lower()
        return name in {self._host, "localhost"} or _is_address(name)


class _Connection(web.RequestHandler):
    """One connection: closed at once when there are too many, and after its time in any case."""

    __slots__ = ("_end", "_listener")

    def __init__(self, listener: _Listener, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(listener, loop=loop, access_log=None)  # type: ignore[arg-type]
        self._listener = listener
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to read, unless there are too many."""
        limits, refusals = self._listener.limits, self._listener.refusals
        stream = cast("asyncio.Transport", transport)
        if self._listener.open >= limits.connections:
            refusals.count_refusal("too_many")
            stream.abort()
            return

        def expire() -> None:
            refusals.count_refusal("too_slow")
            stream.abort()

        self._listener.open += 1
        self._end = self._loop.call_later(limits.seconds, expire)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room for another."""
        if self._end is not None:
            self._end.cancel()
            self._end = None
            self._listener.open -= 1
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Refuse what is no HTTP in few words; the library would log each with a traceback."""
        if status == web.HTTPInternalServerError.status_code:
            return super().handle_error(request, status, exc, message)
        self._listener.refusals.count_refusal("not_http")
        response = web.Response(status=status)
        response.force_close()
        return response


class _RefusalLog:
    """Counts what is refused; the first is logged at once, what follows in the next line."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._counts: Counter[str] = Counter()
        self._next = 0.0

    def count_refusal(self, why: str) -> None:
        """Count one, and log all since the last line when it is time."""
        self._counts[why] += 1
        now = asyncio.get_running_loop().time()
        if now >= self._next:
            extra = {"action": "refused", **self._counts}
            log.warning("The listener refused connections", extra=extra)
            self._counts.clear()
            self._next = now + self._seconds


def _without_port(host: str) -> str:
    """The name or address in a Host header; an address of IPv6 stands in brackets there."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
