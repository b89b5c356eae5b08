"""A minimal Bot API: hands out presses, counts edits, responds after a set latency.

Runs as a process of its own (`python -m bench.stub`), on a free port of 127.0.0.1 that it prints.
One process serves several bots, each with a token of its own and at work only when it is told to.

In flight means: handed out, and the edit that answers it not acknowledged yet. At first no call but
polls is answered until so many are in flight, however slowly a bot polls. From then on a poll is
answered as soon as `batch` more presses may be handed out, so that all bots need as many polls.
"""

import asyncio
import sys
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import orjson

# The Bot API hands out at most so many updates at once.
_AT_ONCE = 100

# Seconds after which a poll is answered though there is nothing.
_LONG_POLL = 5.0

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}

Answer = Callable[[bytes], None]


def _ok(result: Any) -> bytes:
    body = orjson.dumps({"ok": True, "result": result})
    return _HEAD % (len(body), body)


_TRUE, _NOTHING, _WHO = _ok(True), _ok([]), _ok(_ME)


class Bot:
    """State of one bot: presses to hand out, and calls received."""

    def __init__(self) -> None:
        self._presses: deque[bytes] = deque()
        self._poll: Answer | None = None
        self._poll_ends: asyncio.TimerHandle | None = None
        self._told_ready: Answer | None = None
        self._told_done: Answer | None = None
        self._edited = _TRUE
        self._latency = 0.0
        self._in_flight = self._batch = 1
        self._total = 0
        self._begun = 0.0
        self._held: list[tuple[str, Answer]] | None = None
        self.calls: Counter[str] = Counter()

    def tell_when_ready(self, answer: Answer) -> None:
        """Respond as soon as the bot polls for updates."""
        if self._poll is None:
            self._told_ready = answer
        else:
            answer(_TRUE)

    def begin(self, order: dict[str, Any], answer: Answer) -> None:
        """Hand out the presses of `order`; respond when all are edited and acknowledged."""
        self._presses.extend(map(orjson.dumps, order["updates"]))
        self._total = len(self._presses)
        self._in_flight, self._batch = order["in_flight"], order["batch"]
        self._latency = order["latency"]
        self._edited = _ok(order["edited"])
        self._told_done = answer
        self._held = []
        self.calls = Counter()
        self._begun = asyncio.get_running_loop().time()
        self._hand_out()

    def poll(self, answer: Answer) -> None:
        """Respond to a poll, now or when there are updates."""
        self._poll = answer
        self._poll_ends = asyncio.get_running_loop().call_later(_LONG_POLL, self._end_poll)
        if self._told_ready is not None:
            self._told_ready(_TRUE)
            self._told_ready = None
        self._hand_out()

    def call(self, method: str, answer: Answer) -> None:
        """Respond to any other call, after the latency."""
        if self._held is not None:
            self._held.append((method, answer))
            return
        reply = {"editmessagetext": self._edited, "sendmessage": self._edited, "getme": _WHO}
        said = reply.get(method, _TRUE)
        if self._latency:
            loop = asyncio.get_running_loop()
            loop.call_later(self._latency, self._acknowledge, method, said, answer)
        else:
            self._acknowledge(method, said, answer)

    def _acknowledge(self, method: str, said: bytes, answer: Answer) -> None:
        self.calls[method] += 1
        answer(said)
        if method == "editmessagetext":
            self._hand_out()
        if method in {"editmessagetext", "answercallbackquery"}:
            self._tell_if_done()

    def _hand_out(self) -> None:
        if self._poll is None or not self._presses:
            return
        out = self._total - len(self._presses) - self.calls["editmessagetext"]
        free = min(self._in_flight - out, len(self._presses), _AT_ONCE)
        if self._held is None and free < min(self._batch, len(self._presses)):
            return
        handed = b",".join(self._presses.popleft() for _ in range(free))
        body = b'{"ok":true,"result":[' + handed + b"]}"
        self._end_poll(_HEAD % (len(body), body))
        if out + free >= min(self._in_flight, self._total):
            self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held or (), None
        for method, answer in held:
            self.call(method, answer)

    def _end_poll(self, answer: bytes = _NOTHING) -> None:
        assert self._poll is not None, "only an open poll is ended"
        assert self._poll_ends is not None, "an open poll has an end"
        self._poll_ends.cancel()
        told, self._poll = self._poll, None
        self.calls["getupdates"] += 1
        told(answer)

    def _tell_if_done(self) -> None:
        both = min(self.calls["editmessagetext"], self.calls["answercallbackquery"])
        if self._told_done is not None and both >= self._total:
            seconds = asyncio.get_running_loop().time() - self._begun
            self._told_done(_ok({"seconds": seconds, "calls": dict(self.calls)}))
            self._told_done = None


class Connection(asyncio.Protocol):
    """A connection of a bot or of the benchmark: HTTP/1.1, one request at a time."""

    def __init__(self, bots: dict[str, Bot]) -> None:
        self._bots = bots
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        assert isinstance(transport, asyncio.WriteTransport), "a socket's transport writes"
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Parse requests from the received data."""
        self._buffer += data
        while True:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            length = _content_length(head)
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            path = head.split(b" ", 2)[1].split(b"?")[0].decode()
            self._route(path, rest[:length])

    def _route(self, path: str, body: bytes) -> None:
        _, first, method = path.split("/", 2)
        if first == "control":
            order = orjson.loads(body)
            bot = self._bots.setdefault(order["token"], Bot())
            if method == "ready":
                bot.tell_when_ready(self._write)
            else:
                bot.begin(order, self._write)
            return
        bot = self._bots.setdefault(first.removeprefix("bot"), Bot())
        if method.lower() == "getupdates":
            bot.poll(self._write)
        else:
            bot.call(method.lower(), self._write)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


def _content_length(head: bytes) -> int:
    lower = head.lower()
    assert b"transfer-encoding" not in lower, "no client measured here sends in chunks"
    _, found, rest = lower.partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


async def serve() -> None:
    """Serve until killed; the first line printed is the port."""
    bots: dict[str, Bot] = {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(bots), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
