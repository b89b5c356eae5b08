"""A minimal Bot API: hands out presses, counts edits, responds after a set latency.

Runs as a process of its own (`python -m bench.stub`), on a free port of 127.0.0.1 that it prints,
and serves several bots, each with a token of its own and at work only when it is told to.

In flight means: handed out, and the edit that answers it not acknowledged yet. At first no call but
polls is answered until so many are in flight, however slowly a bot polls. From then on a poll is
answered as soon as a quarter of them may be handed out, so that all bots need as many polls.
"""

import asyncio
import time
from collections import Counter, defaultdict
from typing import Any

import orjson
from aiohttp import web

# The Bot API hands out at most so many updates at once.
_PER_POLL = 100

# Seconds after which a poll is answered though there is nothing.
_LONG_POLL = 5.0

_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Bot:
    """State of one bot: presses to hand out, and calls received."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self._changed = asyncio.Condition()
        self._full = asyncio.Event()
        self._full.set()
        self._presses: list[Any] = []
        self._handed_out = 0
        self._in_flight = 1
        self._latency = 0.0
        self._results: dict[str, Any] = {"getme": _ME}
        self._calls: Counter[str] = Counter()

    async def run(self, order: dict[str, Any]) -> dict[str, Any]:
        """Hand out the presses of `order`; return when all are answered and edited."""
        self._in_flight, self._latency = order["in_flight"], order["latency"]
        self._results |= {"editmessagetext": order["edited"], "sendmessage": order["edited"]}
        self._handed_out, self._calls = 0, Counter()
        self._full.clear()
        begun = time.perf_counter()
        async with self._changed:
            self._presses = order["updates"]
            self._changed.notify_all()
            await self._changed.wait_for(self._is_done)
            self._presses = []
        return {"seconds": time.perf_counter() - begun, "edits": self._calls["editmessagetext"]}

    async def poll(self) -> list[Any]:
        """Presses that may be handed out, as soon as there are enough of them."""
        self.ready.set()
        try:
            async with asyncio.timeout(_LONG_POLL), self._changed:
                await self._changed.wait_for(self._may_hand_out)
                begin = self._handed_out
                self._handed_out += self._free()
                if self._handed_out >= min(self._in_flight, len(self._presses)):
                    self._full.set()
                return self._presses[begin : self._handed_out]
        except TimeoutError:
            return []

    async def call(self, method: str) -> Any:
        """Respond to any other call, after the latency."""
        await self._full.wait()
        if self._latency:
            await asyncio.sleep(self._latency)
        self._calls[method] += 1
        async with self._changed:
            self._changed.notify_all()
        return self._results.get(method, True)

    def _free(self) -> int:
        out = self._handed_out - self._calls["editmessagetext"]
        return min(self._in_flight - out, len(self._presses) - self._handed_out, _PER_POLL)

    def _may_hand_out(self) -> bool:
        enough = min(max(1, self._in_flight // 4), len(self._presses) - self._handed_out)
        return self._free() > 0 and (not self._full.is_set() or self._free() >= enough)

    def _is_done(self) -> bool:
        edits, answers = self._calls["editmessagetext"], self._calls["answercallbackquery"]
        return min(edits, answers) >= len(self._presses)


def make_app() -> web.Application:
    """The stub's routes: those of the Bot API, and `/control` for the benchmark."""
    bots: defaultdict[str, Bot] = defaultdict(Bot)

    async def on_call(request: web.Request) -> web.Response:
        await request.read()
        bot, method = bots[request.match_info["token"]], request.match_info["method"].lower()
        return _ok(await (bot.poll() if method == "getupdates" else bot.call(method)))

    async def on_ready(request: web.Request) -> web.Response:
        await bots[request.match_info["token"]].ready.wait()
        return _ok(True)

    async def on_run(request: web.Request) -> web.Response:
        order = orjson.loads(await request.read())
        return _ok(await bots[request.match_info["token"]].run(order))

    app = web.Application(client_max_size=2**30)
    app.router.add_post("/control/ready/{token}", on_ready)
    app.router.add_post("/control/run/{token}", on_run)
    app.router.add_route("*", "/bot{token}/{method}", on_call)
    return app


def _ok(result: Any) -> web.Response:
    body = orjson.dumps({"ok": True, "result": result})
    return web.Response(body=body, content_type="application/json")


async def _serve() -> None:
    runner = web.AppRunner(make_app(), access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
