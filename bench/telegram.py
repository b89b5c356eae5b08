"""Starts the stub of the Bot API, and controls it."""

import http.client
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).parent.parent

# Seconds after which a measurement that does not end is given up.
_PATIENCE = 120.0

# Seconds within which a bot has to start and poll.
_START = 120.0


@dataclass(frozen=True, slots=True)
class StubResult:
    """Result of one measurement by the stub.

    Attributes:
        seconds: from the first press handed out to the last call answered.
        calls: how often each method was called, names in lower case.
    """

    seconds: float
    calls: dict[str, int]


@dataclass(frozen=True, slots=True)
class StubProcess:
    """A running stub."""

    port: int

    @property
    def url(self) -> str:
        """Its URL for bots."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, token: str) -> None:
        """Wait until the bot with this token polls."""
        self._control("ready", {"token": token}, _START)

    def hand_out(
        self,
        token: str,
        updates: Sequence[dict[str, Any]],
        edited: dict[str, Any],
        *,
        in_flight: int,
        latency: float,
    ) -> StubResult:
        """Hand out presses, and wait until all are answered.

        Args:
            edited: the message that the stub gives back for each edit.
            in_flight: how many may be handed out and not answered.
            latency: seconds that every call but a poll takes.
        """
        order = {
            "token": token,
            "updates": updates,
            "edited": edited,
            "in_flight": in_flight,
            "batch": max(1, in_flight // 4),
            "latency": latency,
        }
        return StubResult(**self._control("begin", order))

    def _control(self, what: str, order: dict[str, Any], within: float = _PATIENCE) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=within)
        try:
            connection.request("POST", f"/control/{what}", orjson.dumps(order))
            return orjson.loads(connection.getresponse().read())["result"]
        finally:
            connection.close()


@contextmanager
def start_stub() -> Iterator[StubProcess]:
    """Run a stub in its own process."""
    command = [sys.executable, "-m", "bench.stub"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "asked for above"
        try:
            yield StubProcess(int(process.stdout.readline()))
        finally:
            process.kill()
