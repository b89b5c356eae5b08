"""The bot as its operator runs it: a process of its own, started again whenever it ends."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import aiohttp
import psutil

# Seconds until a process that ended by itself is started again, as systemd would do it.
_AGAIN = 0.5


def free_port() -> int:
    """A port of the loopback on which nobody listens at the moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class BotProcess:
    """`python -m bot run`, kept alive; see `start`.

    Attributes:
        kills: how often it was killed.
        ended: exit codes of the times it ended by itself, which it should not.
        starts: how often it was started.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self.kills = 0
        self.starts = 0
        self.ended: list[int] = []
        self._port = free_port()
        listen = {"TUTORBOT_LISTEN": f"127.0.0.1:{self._port}", "TUTORBOT_LOG_LEVEL": "WARNING"}
        self._environment = {**os.environ, **settings, **listen}
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._stopping = False
        self._killed = False

    @property
    def log(self) -> Path:
        """What it wrote, of all its starts."""
        return self._folder / "bot.log"

    @property
    def process(self) -> psutil.Process:
        """The running one, to be measured or limited."""
        assert self._process is not None, "it was started"
        return psutil.Process(self._process.pid)

    async def start(self) -> None:
        """Start it, and again whenever it ends, until `stop`."""
        await self._spawn()
        self._keeping = asyncio.create_task(self._keep())

    def kill(self) -> None:
        """SIGKILL: it has no say in it. It is started again at once."""
        assert self._process is not None, "it was started"
        self._killed = True
        self.kills += 1
        with suppress(ProcessLookupError):
            self._process.kill()

    async def stop(self) -> tuple[int, float]:
        """SIGTERM; gives the exit code and the seconds it took."""
        assert self._process is not None, "it was started"
        self._stopping = True
        begun = asyncio.get_running_loop().time()
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        code = await self._process.wait()
        if self._keeping is not None:
            await self._keeping
        return code, asyncio.get_running_loop().time() - begun

    async def health(self) -> Mapping[str, object] | None:
        """What /health tells; `None` while nobody answers."""
        timeout = aiohttp.ClientTimeout(total=2)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(f"http://127.0.0.1:{self._port}/health") as answer,
            ):
                told: dict[str, object] = await answer.json()
                return {**told, "status": answer.status}
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def becomes(self, is_so: Callable[[Mapping[str, object]], bool], within: float) -> float:
        """Wait until /health tells what `is_so` wants; gives the seconds it took.

        Raises:
            TimeoutError: not `within` so many seconds.
        """
        clock = asyncio.get_running_loop().time
        begun = clock()
        async with asyncio.timeout(within):
            while True:
                told = await self.health()
                if told is not None and is_so(told):
                    return clock() - begun
                await asyncio.sleep(0.05)

    async def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=self._folder, env=self._environment, stdin=asyncio.subprocess.DEVNULL,
                stdout=log, stderr=log,
            )  # fmt: skip
        self._killed = False
        self.starts += 1

    async def _keep(self) -> None:
        while True:
            assert self._process is not None, "it was started"
            code = await self._process.wait()
            if self._stopping:
                return
            if not self._killed:
                self.ended.append(code)
                await asyncio.sleep(_AGAIN)
            await self._spawn()
