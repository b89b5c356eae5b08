"""python-telegram-bot's requests over aiohttp, with orjson.

PTB's own transport (httpx) drops to a fifth of its speed when many calls are in flight
(docs/decisions/0002-aiohttp-transport.md). Errors never contain the URL, since it contains the
token.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.bot_api.answer_json import parse_answer
from bot.bot_api.errors import NotSentError

_DEFAULT = BaseRequest.DEFAULT_NONE

# Seconds without a byte until a call times out; long polls pass their own.
READ_TIMEOUT = 10.0
CONNECT_TIMEOUT = 5.0
UPLOAD_TIMEOUT = 60.0

# Calls whose result, the edited message, is not used: parsing it into objects costs as much as
# sending it. It is replaced by True, which Telegram returns for inline messages.
_IGNORED_RESULTS = ("/editMessageText", "/editMessageReplyMarkup")
_TRUE_RESULT = b'{"ok":true,"result":true}'

# Errors that mean no connection: to Telegram, to the proxy, or refused by the proxy.
_CONNECT_ERRORS = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
)


# Client errors; accepted as Telegram's only with a body that is.
_CLIENT_ERRORS = range(400, 500)
_NOT_TELEGRAM = "The server's answer is not Telegram's: a proxy or a log-in page may stand between"


class AiohttpRequest(BaseRequest):
    """Sends Bot API requests over one pool of persistent connections.

    The proxy is read from the usual variables (`HTTPS_PROXY`, `NO_PROXY`), once for each server.

    Args:
        connections: largest number of concurrent calls; further ones wait.
    """

    __slots__ = ("_connections", "_proxies", "_session", "_timeouts")

    def __init__(self, connections: int = 256) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[tuple[float, float], aiohttp.ClientTimeout] = {}
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        """Default read timeout in seconds."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open the pool; does nothing if it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=("Accept",),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _DEFAULT,
        write_timeout: Any = _DEFAULT,  # noqa: ARG002 - aiohttp limits the whole exchange instead
        connect_timeout: Any = _DEFAULT,
        pool_timeout: Any = _DEFAULT,  # noqa: ARG002 - waiting for a free connection is not an error
    ) -> tuple[int, bytes]:
        """Make one request; see `telegram.request.BaseRequest.do_request`.

        Raises:
            NotSentError: no connection could be made.
            TimedOut: no answer came in time; whether Telegram acted is unknown.
            NetworkError: the connection broke, or a client error is not Telegram's; whether
                Telegram acted is unknown.
        """
        if self._session is None or self._session.closed:
            message = "The transport is not open: call initialize() first."
            raise RuntimeError(message)
        headers, body = _build_body(request_data)
        timeout = self._get_timeout(read_timeout, connect_timeout, request_data)
        with _translated_errors():
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._get_proxy(url)
            ) as answer:
                payload = await answer.read()
        if answer.status in _CLIENT_ERRORS and parse_answer(payload) is None:
            # From a proxy, such a status says nothing about the token or about blocked users.
            raise NetworkError(_NOT_TELEGRAM)
        is_ignored = answer.ok and url.endswith(_IGNORED_RESULTS)
        if is_ignored and (parse_answer(payload) or {}).get("ok"):
            return answer.status, _TRUE_RESULT
        return answer.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Parse an answer.

        Raises:
            TelegramError: it is not Telegram's: not JSON, or JSON of a proxy or a log-in page;
                whether Telegram acted is unknown.
        """
        answer = parse_answer(payload)
        if answer is None:
            raise TelegramError(_NOT_TELEGRAM)
        return answer

    def _get_timeout(
        self, read: Any, connect: Any, data: RequestData | None
    ) -> aiohttp.ClientTimeout:
        usual = UPLOAD_TIMEOUT if data is not None and data.contains_files else READ_TIMEOUT
        key = (
            usual if read is _DEFAULT or read is None else float(read),
            CONNECT_TIMEOUT if connect is _DEFAULT or connect is None else float(connect),
        )
        known = self._timeouts.get(key)
        if known is None:
            known = aiohttp.ClientTimeout(total=None, sock_read=key[0], sock_connect=key[1])
            self._timeouts[key] = known
        return known

    def _get_proxy(self, url: str) -> str | None:
        # aiohttp's trust_env would look it up, and a .netrc file, in a thread at every call.
        server = url[: url.index("/", len("https://"))]
        if server not in self._proxies:
            self._proxies[server] = _find_proxy(url)
        return self._proxies[server]


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Raise PTB's errors instead of aiohttp's."""
    try:
        yield
    except _CONNECT_ERRORS as error:
        raise NotSentError(_describe_error(error)) from None
    except TimeoutError:
        raise TimedOut from None
    except aiohttp.ClientError as error:
        raise NetworkError(_describe_error(error)) from None


def _find_proxy(url: str) -> str | None:
    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return None
    return getproxies().get(parts.scheme)


def _build_body(data: RequestData | None) -> tuple[dict[str, str] | None, Any]:
    if data is None:
        return None, None
    if not data.contains_files:
        return {"Content-Type": "application/json"}, orjson.dumps(data.parameters)
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return None, form


def _describe_error(error: Exception) -> str:
    # Only the class name: the message may contain the URL, and with it the token.
    return f"the network failed ({type(error).__name__})"
