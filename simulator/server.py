"""The simulator as a server: one loopback address for the Bot API, the control API and the page."""

import asyncio
import signal
from collections.abc import Callable
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from simulator.api import BotApi
from simulator.clock import Clock
from simulator.control import ControlApi
from simulator.errors import DrivingError
from simulator.polling import Polling
from simulator.world import World

TOKEN = "123456:SIMULATOR-TOKEN-000000000000000000000"  # noqa: S105 - opens nothing but this
PERSONAS = ((1001, "Amina", "learner"), (2001, "Farid", "facilitator"), (3001, "Ada", "admin"))
# Bot API: uploads up to 50 MB; the rest of the form takes a little more.
_LARGEST_BODY = 52 << 20
_PATIENCE_SECONDS = 0.5


class Simulator:
    """A Telegram of its own, to start and stop.

    Attributes:
        world: its state and rules; tests use it directly, in the same event loop.
        token: the only bot token that it knows.
    """

    def __init__(
        self,
        token: str = TOKEN,
        clock: Clock | None = None,
        first_update_id: int | None = None,
    ) -> None:
        self.token = token
        self.world = World(clock or Clock(), int(token.partition(":")[0]), first_update_id)
        for user_id, name, role in PERSONAS:
            self.world.person(user_id, name, role=role)
        self._host = "127.0.0.1"
        self._port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it listens, no slash at the end; calls go to `<url>/bot<token>/<method>`."""
        return f"http://{self._host}:{self._port}"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on `port`; 0 takes a free one.

        Raises:
            ValueError: `host` is not this very machine.
            OSError: the port is taken.
        """
        if host not in {"127.0.0.1", "localhost"}:
            message = f"the simulator listens on 127.0.0.1 only, not on {host}"
            raise ValueError(message)
        self._runner = web.AppRunner(
            self._application(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_PATIENCE_SECONDS,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """End open polls and streams, and stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _application(self) -> web.Application:
        polling = Polling(self.world)
        api = BotApi(self.world, polling, self.token)
        control = ControlApi(self.world, polling)
        application = web.Application(
            client_max_size=_LARGEST_BODY, middlewares=[_guard(lambda: self._port)]
        )
        application.add_routes([*api.routes(), *control.routes()])

        async def let_go(_: web.Application) -> None:
            polling.close()
            api.close()
            control.close()

        application.on_shutdown.append(let_go)
        return application


def _guard(port: Callable[[], int]) -> Middleware:
    """Refuse what other web pages send here, and say in a sentence what cannot be done."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        hosts = {f"127.0.0.1:{port()}", f"localhost:{port()}"}
        origin = request.headers.get("Origin", f"http://{request.host}")
        if request.host not in hosts or origin.removeprefix("http://") not in hosts:
            reason = "This server answers its own page only."
            return web.json_response({"error": reason}, status=403)
        try:
            return await handler(request)
        except DrivingError as error:
            return web.json_response({"error": str(error)}, status=400)

    return guard


async def serve(host: str, port: int, token: str = TOKEN) -> None:
    """Run until SIGINT or SIGTERM, and say where."""
    simulator = Simulator(token)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await simulator.start(host, port)
    print(f"Chat page:  {simulator.url}/")  # noqa: T201 - it tells a person where to look
    print(f"Bot API:    {simulator.url}/bot<token>/<method>")  # noqa: T201
    print(f"Token:      {simulator.token}", flush=True)  # noqa: T201
    try:
        await stopped.wait()
    finally:
        await simulator.stop()


def run(host: str = "127.0.0.1", port: int = 8081, token: str = TOKEN) -> None:
    """Run the simulator alone; returns after SIGINT or SIGTERM."""
    asyncio.run(serve(host, port, token))
