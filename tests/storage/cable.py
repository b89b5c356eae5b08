"""A cable between a client and a server that breaks at a chosen moment. Knows no protocol."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Cable:
    """Carries bytes between a port on the loopback and a Unix socket; see `laid`.

    Attributes:
        port: where the client connects to.
        broke: whether it has broken since.
        holds: how many pieces it holds back while it is silent.
    """

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._left: int | None = None
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._ways: set[asyncio.Task[None]] = set()
        self.port = 0
        self.broke = False
        self.holds = 0

    def falls_silent(self) -> None:
        """Carry nothing from now on, and break nothing, until `speaks_again`."""
        self._speaks.clear()

    def speaks_again(self) -> None:
        """Carry what was held back, and all that follows."""
        self._speaks.set()

    def breaks_after(self, pieces: int) -> None:
        """Break once, for every connection, when `pieces` more have been carried."""
        self._left = pieces
        self.broke = False

    async def carry(self, near: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        """Serve one connection until either end closes it or the cable breaks."""
        far, requests = await asyncio.open_unix_connection(self._socket)
        ways = {
            asyncio.create_task(self._pump(near, requests)),
            asyncio.create_task(self._pump(far, answers)),
        }
        self._ways |= ways
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for end in (requests, answers):
            end.close()
        with suppress(OSError):
            await asyncio.gather(requests.wait_closed(), answers.wait_closed())
        self._ways -= ways

    async def ends(self) -> None:
        """Break every connection, and return when nothing of them is left."""
        while self._ways:
            for way in self._ways:
                way.cancel()
            await asyncio.sleep(0.001)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while piece := await source.read(1 << 16):
            if self._left == 0:
                self._left = None
                self.broke = True
                return
            if self._left is not None:
                self._left -= 1
            self.holds += 1
            await self._speaks.wait()
            self.holds -= 1
            target.write(piece)
            await target.drain()


@asynccontextmanager
async def laid(socket: Path) -> AsyncIterator[Cable]:
    """A cable to the server that listens at `socket`."""
    cable = Cable(socket)
    server = await asyncio.start_server(cable.carry, "127.0.0.1", 0)
    cable.port = server.sockets[0].getsockname()[1]
    try:
        yield cable
    finally:
        server.close()
        await cable.ends()
        await server.wait_closed()
