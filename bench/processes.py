"""The processes of a benchmark: a stub of the Bot API, a simulator, and the bots."""

import asyncio
import http.client
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import psutil

ROOT = Path(__file__).parent.parent

# Seconds within which a bot has to start, or to answer everything.
_TIME_LIMIT = 120.0


@dataclass(frozen=True, slots=True)
class Stub:
    """A running stub of the Bot API."""

    port: int

    @property
    def url(self) -> str:
        """Its URL for bots."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, token: str) -> None:
        """Wait until the bot with this token polls."""
        self._control(f"ready/{token}", {})

    def run(self, token: str, **order: Any) -> dict[str, Any]:
        """Hand out presses and wait until all are answered; return the seconds and the edits."""
        done: dict[str, Any] = self._control(f"run/{token}", order)
        return done

    def _control(self, path: str, order: dict[str, Any]) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIME_LIMIT)
        try:
            connection.request("POST", f"/control/{path}", orjson.dumps(order))
            return orjson.loads(connection.getresponse().read())["result"]
        finally:
            connection.close()


@contextmanager
def start_stub() -> Iterator[Stub]:
    """Run a stub in its own process."""
    command = [sys.executable, "-m", "bench.stub"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "asked for above"
        try:
            yield Stub(int(process.stdout.readline()))
        finally:
            process.kill()


@contextmanager
def start_bot(name: str, order: dict[str, Any], folder: str) -> Iterator[psutil.Process]:
    """Run a bot of `bench.bots` in its own process, in a folder for its files."""
    command = [sys.executable, "-m", "bench.bots", name]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=bot_environment(PYTHONPATH=str(ROOT)),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None, "asked for above"
        try:
            process.stdin.write(orjson.dumps(order))
            process.stdin.close()
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def bot_environment(**settings: str) -> dict[str, str]:
    """The environment of a bot with these settings of ours and no others."""
    others = {k: v for k, v in os.environ.items() if not k.startswith("TUTORBOT_")}
    return others | settings


class Simulator:
    """A simulator in its own process, controlled over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self._session = session

    async def post(self, name: str, **body: Any) -> Any:
        """Tell it to do something."""
        async with self._session.post(f"{self.url}/control/{name}", json=body) as response:
            response.raise_for_status()
            return await response.json()

    async def calls(self, after: int = 0) -> list[dict[str, Any]]:
        """The logged calls after a number, in the order of their responses."""
        async with self._session.get(f"{self.url}/control/calls?after={after}") as response:
            found: list[dict[str, Any]] = (await response.json())["calls"]
            return found

    async def crowd(self, count: int) -> list[int]:
        """Create people who have started the bot before, without updates."""
        made: list[int] = (await self.post("crowd", count=count))["ids"]
        return made

    async def press(self, person: int, message: int, data: str) -> None:
        """Press a button."""
        await self.post("press", user=person, chat=person, message=message, data=data)

    async def button(self, chat: int, label: str, after: int = 0) -> tuple[int, str, int]:
        """Wait for a button in a chat: its message, data, and the number of the call.

        Args:
            after: the number of a call; earlier ones are not looked through. To list tens of
                thousands of them would hold up the simulator while it is measured.
        """
        async with asyncio.timeout(_TIME_LIMIT):
            while True:
                for call in await self.calls(after):
                    after = call["number"]
                    if call["params"].get("chat_id") != chat or call["status"] != 200:
                        continue
                    markup = call["params"].get("reply_markup") or {}
                    for one in (b for row in markup.get("inline_keyboard", []) for b in row):
                        if one["text"].startswith(label):
                            message = int(call["response"]["result"]["message_id"])
                            return message, one["callback_data"], after
                await asyncio.sleep(0.05)


@asynccontextmanager
async def start_simulator() -> AsyncIterator[Simulator]:
    """Run a new simulator on a free port."""
    command = [sys.executable, "-m", "simulator", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220 - before anything is measured
        try:
            assert process.stdout is not None, "asked for above"
            url = process.stdout.readline().split()[-1].rstrip("/")
            process.stdout.readline()
            token = process.stdout.readline().split()[-1]
            async with aiohttp.ClientSession() as session:
                yield Simulator(session, url, token)
        finally:
            process.kill()
