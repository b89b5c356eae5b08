import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer
from telegram.request import BaseRequest

from bot.bot_api.errors import NotSentError
from bot.bot_api.transport import AiohttpRequest

_UNREACHABLE = "http://telegram.invalid/bot1:A/getMe"


async def _asked(url: str, request: BaseRequest) -> bytes:
    async with request:
        _code, body = await request.do_request(url, "POST")
    return body


async def _proxy() -> RawTestServer:
    """Answers with the address it was asked for, as a proxy sees it."""

    async def tell(request: web.BaseRequest) -> web.Response:
        return web.Response(text=f"{request.headers['Host']}{request.path}")

    server = RawTestServer(tell)
    await server.start_server()
    return server


async def test_calls_go_through_the_proxy_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = await _proxy()
    monkeypatch.setenv("http_proxy", str(server.make_url("")))

    body = await _asked(_UNREACHABLE, AiohttpRequest())

    assert body == b"telegram.invalid/bot1:A/getMe"
    await server.close()


async def test_calls_go_past_the_proxy_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = await _proxy()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    body = await _asked(str(server.make_url("/bot1:A/getMe")), AiohttpRequest())

    assert body.endswith(b"/bot1:A/getMe")
    await server.close()


async def test_a_proxy_that_makes_no_connection_has_sent_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(_request: web.BaseRequest) -> web.Response:
        return web.Response(status=503)

    server = RawTestServer(refuse)
    await server.start_server()
    monkeypatch.setenv("https_proxy", str(server.make_url("")))

    with pytest.raises(NotSentError):
        await _asked("https://telegram.invalid/bot1:A/sendMessage", AiohttpRequest())

    await server.close()
