"""The Bot API over HTTP: bodies in, answers out, every call logged, and troubles as ordered."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web
from aiohttp.web_request import FileField

from simulator.errors import ApiError
from simulator.faults import Fault
from simulator.files import LARGEST_UPLOAD, Upload
from simulator.methods import METHODS
from simulator.parameters import Parameters, decoded
from simulator.polling import Polling
from simulator.wire import Json
from simulator.world import World

_TOKEN = re.compile(r"\d{1,19}:[A-Za-z0-9_-]{30,64}")
_GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class BotApi:
    """Answers `/bot<token>/<method>`."""

    def __init__(self, world: World, polling: Polling, token: str) -> None:
        self._world = world
        self._polling = polling
        self._token = token
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method}", self.call),
        ]

    def close(self) -> None:
        """Let go of calls that hang."""
        self._closing.set()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of one method."""
        method = request.match_info["method"]
        refusal = self._wrong_token(request.match_info["token"])
        if refusal is not None:
            return _answer(refusal.code, refusal.wire())
        try:
            given = await _parameters(request)
        except ApiError as error:
            self._world.log(method, {}, error.code, error.wire())
            return _answer(error.code, error.wire())
        fault = self._world.faults.take(method)
        if fault is not None:
            return await self._troubled(request, method, given, fault)
        status, body = await self._perform(method, given)
        self._world.log(method, given.logged(), status, body)
        return _answer(status, body)

    def _wrong_token(self, token: str) -> ApiError | None:
        if token == self._token:
            return None
        if _TOKEN.fullmatch(token):
            return ApiError(401, "Unauthorized")
        return ApiError(404, "Not Found")

    async def _perform(self, method: str, given: Parameters) -> tuple[int, Json]:
        """Status and body of what the method says."""
        name = method.lower()
        try:
            if name == "getupdates":
                result: object = await self._polling.get_updates(given)
            elif name in METHODS:
                result = METHODS[name](self._world, given)
            else:
                return 404, ApiError(404, "Not Found").wire()
        except ApiError as error:
            return error.code, error.wire()
        return 200, {"ok": True, "result": result}

    async def _troubled(
        self, request: web.Request, method: str, given: Parameters, fault: Fault
    ) -> web.StreamResponse:
        """Answer as `fault` orders; what happened without an answer is logged with status 0."""
        answer = self._refusal(fault)
        if answer is not None:
            self._world.log(method, given.logged(), answer.status, {})
            return answer
        if fault.kind in {"drop_before", "hang"}:
            self._world.log(method, given.logged(), 0, {})
            if fault.kind == "hang":
                await self._closing.wait()
            return _cut(request)
        status, body = await self._perform(method, given)
        if fault.kind == "delay":
            await self._pause(float(fault.detail.get("seconds", 1)))
            self._world.log(method, given.logged(), status, body)
            return _answer(status, body)
        self._world.log(method, given.logged(), 0, body)
        if fault.kind == "truncated":
            return await _half(request, status, body)
        return _cut(request)

    def _refusal(self, fault: Fault) -> web.Response | None:
        """The answer of a fault that keeps the method from running and still answers."""
        detail = fault.detail
        match fault.kind:
            case "retry_after":
                seconds = int(detail.get("seconds", 1))
                text = f"Too Many Requests: retry after {seconds}"
                error = ApiError(429, text, retry_after=seconds)
            case "status":
                code = int(detail.get("code", 500))
                error = ApiError(code, str(detail.get("description", "Internal Server Error")))
            case "html_502":
                return web.Response(status=502, text=_GATEWAY_PAGE, content_type="text/html")
            case "foreign":
                code, body = int(detail.get("code", 200)), str(detail.get("body", "{}"))
                return web.Response(status=code, text=body, content_type="application/json")
            case _:
                return None
        return _answer(error.code, error.wire())

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return


async def _parameters(request: web.Request) -> Parameters:
    """Read the query and the body, whatever its form.

    Raises:
        ApiError: the body is not what its type says, or too large.
    """
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method != "GET" and request.can_read_body:
        if request.content_type == "application/json":
            values |= _json(await request.read())
        else:
            _sort(await request.post(), values, files)
    return decoded(values, files)


def _json(body: bytes) -> Json:
    try:
        values = orjson.loads(body) if body else {}
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ApiError(400, "Bad Request: can't parse request: Can't parse JSON object")
    return values


def _sort(form: Mapping[str, Any], values: dict[str, Any], files: dict[str, Upload]) -> None:
    """Tell the files of a form from its values."""
    for name, value in form.items():
        if not isinstance(value, FileField):
            values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
            continue
        with value.file:
            data = value.file.read()
        if len(data) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        files[name] = Upload(value.filename, value.content_type, data)


def _answer(status: int, body: Json) -> web.Response:
    headers = {}
    if retry_after := body.get("parameters", {}).get("retry_after"):
        headers["Retry-After"] = str(retry_after)
    return web.Response(
        status=status, body=orjson.dumps(body), content_type="application/json", headers=headers
    )


def _cut(request: web.Request) -> web.Response:
    """End the connection without a word; the response returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, status: int, body: Json) -> web.StreamResponse:
    """Promise a whole body, send half of it, and end the connection."""
    content = orjson.dumps(body)
    answer = web.StreamResponse(status=status)
    answer.content_type = "application/json"
    answer.content_length = len(content)
    await answer.prepare(request)
    await answer.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer
