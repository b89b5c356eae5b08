"""The control API: what the chat page and tests in other processes do and see, over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import orjson
from aiohttp import web

from simulator.errors import DrivingError
from simulator.passing import pass_time, pass_time_until_message
from simulator.polling import Polling
from simulator.state import Event
from simulator.views import bot_view, chat_view, event_view, groups_view, persona_view
from simulator.wire import Json
from simulator.world import World

_PAGE = Path(__file__).parent / "page"
_HEARTBEAT_SECONDS = 15
_FIRST_NEW_PERSONA = 1_000_001
_LARGEST_CROWD = 100_000
_NOT_FOR_BROWSERS = frozenset({"text/html", "image/svg+xml", "application/xhtml+xml"})

Act = Callable[[Json], Json | Awaitable[Json]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ControlApi:
    """Answers `/`, `/static/` and everything under `/control/`."""

    def __init__(self, world: World, polling: Polling) -> None:
        self._world = world
        self._polling = polling
        self._streams: set[asyncio.Queue[Event | None]] = set()
        self._closed = False
        self._moving = asyncio.Lock()

    def routes(self) -> list[web.AbstractRouteDef]:
        """What to add to the application."""
        acts: dict[str, Act] = {
            "persona": self._persona,
            "crowd": self._crowd,
            "say": self._say,
            "press": self._press,
            "edit": self._edit,
            "media": self._media,
            "block": self._block,
            "unblock": self._unblock,
            "clock": self._clock,
            "clear": self._clear,
            "faults": self._order_fault,
            "limits": self._limit,
        }
        return [
            web.get("/", self.page),
            web.get("/static/{name}", self.static),
            web.get("/control/state", self.state),
            web.get("/control/events", self.events),
            web.get("/control/calls", self.calls),
            web.get("/control/files/{id}", self.file),
            web.delete("/control/faults", self.clear_faults),
            *(web.post(f"/control/{name}", _acting(act)) for name, act in acts.items()),
        ]

    def close(self) -> None:
        """End the streams of events."""
        self._closed = True
        for stream in self._streams:
            stream.put_nowait(None)

    async def page(self, _: web.Request) -> web.StreamResponse:
        """The chat page."""
        return _page_file("index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """A file of the chat page."""
        return _page_file(request.match_info["name"])

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Everything that a page needs to begin with."""
        query, world = dict(request.query), self._world
        chat_id = _number(query, "chat", default=0)
        return _json(
            {
                "now": world.today(),
                "bot": bot_view(world, connected=self._polling.connected),
                "personas": list(map(persona_view, world.personas())),
                "groups": groups_view(world, _number(query, "user", default=chat_id)),
                "chat": chat_view(world, chat_id),
            }
        )

    async def calls(self, request: web.Request) -> web.StreamResponse:
        """The log of Bot API calls with numbers above `after`."""
        after = _number(dict(request.query), "after", default=0)
        names = ("number", "method", "params", "status", "response", "at")
        found = [
            {name: getattr(call, name) for name in names}
            for call in self._world.calls
            if call.number > after
        ]
        return _json({"calls": found})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a photo or document."""
        file = self._world.files.find(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        shown = file.mime_type if file.mime_type not in _NOT_FOR_BROWSERS else "text/plain"
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=86400"}
        return web.Response(body=file.data, content_type=shown, headers=headers)

    async def clear_faults(self, _: web.Request) -> web.StreamResponse:
        """Let everything go well again."""
        self._world.faults.clear()
        return _json({})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events of one chat, until the page goes away or the server stops."""
        chat_id = _number(dict(request.query), "chat", default=0)
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        await response.write(b": connected\n\n")
        stream: asyncio.Queue[Event | None] = asyncio.Queue()
        self._streams.add(stream)
        stop_listening = self._world.listen(stream.put_nowait)
        try:
            with suppress(ConnectionError):
                await self._feed(response, stream, chat_id)
        finally:
            stop_listening()
            self._streams.discard(stream)
        return response

    async def _feed(
        self, response: web.StreamResponse, stream: asyncio.Queue[Event | None], chat_id: int
    ) -> None:
        connected = self._polling.connected
        while not self._closed:
            try:
                event = await asyncio.wait_for(stream.get(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                await response.write(b": still here\n\n")
                if connected != (connected := self._polling.connected):
                    self._world.tell("bot", data={"connected": connected})
                continue
            if event is None:
                return
            if event.kind == "bot":
                connected = event.data["connected"]
            if event.chat_id in (None, chat_id):
                data = orjson.dumps(event_view(self._world, event, chat_id))
                await response.write(b"event: %b\ndata: %b\n\n" % (event.kind.encode(), data))

    def _persona(self, body: Json) -> Json:
        name = _text(body, "first_name")
        role, language = str(body.get("role", "learner")), str(body.get("language_code", "en"))
        return persona_view(self._world.person(self._next_id(), name, language, role))

    def _crowd(self, body: Json) -> Json:
        """Make `count` people at once who have started the bot long ago, and whom nobody plays."""
        count = _number(body, "count")
        if not 0 <= count <= _LARGEST_CROWD:
            reason = f"A crowd has up to {_LARGEST_CROWD:,} people: count is from 0 to that."
            raise DrivingError(reason)
        first = self._next_id()
        ids = list(range(first, first + count))
        for user_id in ids:
            self._world.unplayed(user_id, "Sim", blocked=False)
        return {"ids": ids}

    def _next_id(self) -> int:
        return max((_FIRST_NEW_PERSONA - 1, *self._world.people)) + 1

    def _say(self, body: Json) -> Json:
        user, chat = _number(body, "user"), _number(body, "chat")
        return self._world.say(user, _text(body, "text"), chat)._asdict()

    def _press(self, body: Json) -> Json:
        user, chat, message = (_number(body, name) for name in ("user", "chat", "message"))
        return self._world.press(user, message, _text(body, "data"), chat)._asdict()

    def _edit(self, body: Json) -> Json:
        user, chat, message = (_number(body, name) for name in ("user", "chat", "message"))
        return self._world.edit(user, message, _text(body, "text"), chat)._asdict()

    def _media(self, body: Json) -> Json:
        user, chat = _number(body, "user"), _number(body, "chat")
        return self._world.send_media(user, _text(body, "kind"), chat)._asdict()

    def _block(self, body: Json) -> Json:
        return {"update_id": self._world.block(_number(body, "user"))}

    def _unblock(self, body: Json) -> Json:
        return {"update_id": self._world.unblock(_number(body, "user"))}

    async def _clock(self, body: Json) -> Json:
        """Move the time by `advance` seconds, or until the bot has written in a chat."""
        async with self._moving:
            if "until_message" in body:
                await pass_time_until_message(self._world, _number(body, "until_message"))
            else:
                await pass_time(self._world, _seconds(body, "advance"))
        return {"now": self._world.today()}

    def _clear(self, body: Json) -> Json:
        self._world.clear(_number(body, "chat"))
        return {}

    def _order_fault(self, body: Json) -> Json:
        detail = {n: v for n, v in body.items() if n not in {"method", "kind", "times"}}
        times = _number(body, "times", default=1)
        self._world.faults.add(_text(body, "method"), _text(body, "kind"), times, **detail)
        return {"ordered": len(self._world.faults)}

    def _limit(self, body: Json) -> Json:
        """Enforce the rates, or stop doing so; they are those of `simulator.limits`.

        With `per_second`, so many messages a second are taken in all: hours pass in minutes.
        """
        limits = self._world.limits
        limits.enforce = body.get("enforce") is True
        limits.per_second = int(body.get("per_second", limits.per_second))
        return {"enforce": limits.enforce, "per_second": limits.per_second}


def _acting(act: Act) -> Handler:
    """A handler that reads an object and acts."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body = orjson.loads(await request.read() or b"{}")
            if not isinstance(body, dict):
                return _json({"error": "The body must be a JSON object."}, status=400)
            answer = act(body)
            return _json(answer if isinstance(answer, dict) else await answer)
        except orjson.JSONDecodeError:
            return _json({"error": "The body is not JSON."}, status=400)

    return handle


def _json(body: Json, status: int = 200) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    content = orjson.dumps(body)
    return web.Response(
        status=status, body=content, content_type="application/json", headers=headers
    )


def _page_file(name: str) -> web.StreamResponse:
    path = _PAGE / name
    if path.parent != _PAGE or not path.is_file():
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Frame-Options": "DENY"}
    return web.FileResponse(path, headers=headers)


def _number(body: Json, name: str, default: int | None = None) -> int:
    value = body.get(name, default)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        reason = f"{name} must be a whole number."
        raise DrivingError(reason)
    return value


def _seconds(body: Json, name: str) -> float:
    value = body.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        reason = f"{name} must be a number of seconds."
        raise DrivingError(reason)
    return value


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        reason = f"{name} must be a text that is not empty."
        raise DrivingError(reason)
    return value
