"""The listener of /health and /metrics under attack: real sockets on the loopback."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack

import aiohttp
import pytest
from aiohttp import web

from bot.monitoring.listener import ConnectionLimits, listen
from tests.faults.process import free_port
from tests.support.patience import STUCK, until

FOR_GOOD = 1000.0
"""Seconds that no test lasts."""

LARGE = 50_000_000
"""Bytes that no socket buffers."""


async def answer(request: web.BaseRequest) -> web.Response:
    if request.path == "/broken":
        raise RuntimeError
    return web.Response(body=b"x" * (LARGE if request.path == "/large" else 1))


def served(
    port: int, host: str = "127.0.0.1", **limits: float
) -> AbstractAsyncContextManager[None]:
    given = {"connections": 50, "seconds": FOR_GOOD, "log_seconds": FOR_GOOD} | limits
    wanted = ConnectionLimits(int(given["connections"]), given["seconds"], given["log_seconds"])
    return listen(f"{host}:{port}", answer, wanted)


class Callers(AsyncExitStack):
    """Whoever connects; all hang up at the end."""

    async def call(self, port: int, said: bytes = b"") -> asyncio.StreamReader:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        self.callback(writer.close)
        writer.write(said)
        return reader


@pytest.fixture
async def callers() -> AsyncIterator[Callers]:
    async with Callers() as some:
        yield some


async def heard(reader: asyncio.StreamReader) -> bytes:
    """Everything until the other side hangs up."""
    async with asyncio.timeout(STUCK):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def asked(callers: Callers, port: int, head: str = "Host: 127.0.0.1") -> bytes:
    """The first line of the answer."""
    lines = "".join(f"{line}\r\n" for line in ("GET / HTTP/1.1", head) if line)
    return (await heard(await callers.call(port, f"{lines}\r\n".encode()))).partition(b"\r\n")[0]


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [one for one in caplog.records if one.levelno >= logging.WARNING]


async def test_a_connection_beyond_the_bound_is_closed_and_there_is_room_again_afterwards(
    callers: Callers,
) -> None:
    port = free_port()
    async with served(port, connections=2):
        first, _ = [await callers.call(port, b"GET / HT") for _ in range(2)]
        third = await asked(callers, port)
        await callers.aclose()
        await heard(first)

        async with asyncio.timeout(STUCK):
            while await asked(callers, port) != b"HTTP/1.1 200 OK":
                pass

    assert third == b""


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="silent"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n", id="half of the headers"),
        pytest.param(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n", id="does not read"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx", id="half a body"),
    ],
)
async def test_a_connection_does_not_stay_open(
    callers: Callers, caplog: pytest.LogCaptureFixture, said: bytes
) -> None:
    port = free_port()
    async with served(port, connections=1, seconds=0.2):
        await callers.call(port, said)
        await until(lambda: bool(lines(caplog)))

        answered = await asked(callers, port)

    assert answered == b"HTTP/1.1 200 OK"
    assert [vars(one)["too_slow"] for one in lines(caplog)] == [1]


async def test_a_flood_of_half_requests_takes_few_descriptors_and_one_line(
    callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with served(port, connections=5, seconds=0.3):
        readers = [await callers.call(port, b"GET / HTTP/1.1\r\n") for _ in range(100)]
        await asyncio.gather(*map(heard, readers))

        answered = await asked(callers, port)

    assert answered == b"HTTP/1.1 200 OK"
    assert [one.getMessage() for one in lines(caplog)] == ["The listener refused connections"]
    assert vars(lines(caplog)[0])["action"] == "refused"


async def test_what_was_refused_meanwhile_stands_in_the_next_line(
    callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with served(port, log_seconds=0.0):
        for _ in range(3):
            assert await asked(callers, port, "no header") == b"HTTP/1.0 400 Bad Request"

    assert [vars(one)["not_http"] for one in lines(caplog)] == [1, 1, 1]
    assert all(one.exc_info is None for one in lines(caplog))


async def test_a_fault_of_ours_is_still_logged(
    callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with served(port):
        said = await heard(await callers.call(port, b"GET /broken HTTP/1.1\r\nHost: x\r\n\r\n"))

    assert said.startswith(b"HTTP/1.1 500 ")
    assert [one.levelname for one in lines(caplog)] == ["ERROR"]


async def test_one_request_a_connection() -> None:
    port = free_port()
    async with (
        served(port),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/") as answered,
    ):
        said = answered.headers["Connection"]

    assert said == "close"


async def test_a_stop_does_not_wait_for_who_does_not_read(callers: Callers) -> None:
    port = free_port()
    async with asyncio.timeout(STUCK):
        async with served(port):
            await callers.call(port, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            silent = await callers.call(port, b"GET ")
        assert await heard(silent) == b""


NAMED = "127.1"
"""The loopback by a name, to us: it is no address as RFC 3986 has it, but is resolved."""


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Host: evil.example", 421),
        ("Host: evil.example:9090", 421),
        ("Host: 127.0.0.1.evil.example", 421),
        ("Host: ", 421),
        (f"Host: {NAMED}:9090", 200),
        ("Host: 192.0.2.7:9090", 200),
        ("Host: [2001:db8::7]:9090", 200),
        ("Host: LOCALHOST:9090", 200),
    ],
)
async def test_beyond_the_loopback_only_addresses_and_our_own_name_are_answered(
    callers: Callers, head: str, status: int
) -> None:
    port = free_port()
    async with served(port, NAMED):
        said = await asked(callers, port, head)

    assert said.split()[1] == str(status).encode()


async def test_on_the_loopback_any_name_is_answered(callers: Callers) -> None:
    port = free_port()
    async with served(port):
        said = await asked(callers, port, "Host: behind.a.proxy.example")

    assert said == b"HTTP/1.1 200 OK"
