"""Has pictures drawn, each by a process of its own that ends with it.

What draws (matplotlib) never becomes part of the bot; if it is missing, slow or broken, there is
no picture, and whoever asked says the same in words.
"""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict

import orjson

from charts.specs import Chart

log = logging.getLogger(__name__)

# Seconds for a picture, also the first one on a machine, for which matplotlib lists its fonts.
LIMIT = 30.0

# Of our environment the other process gets these: it has no business with the token.
_PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "MPLCONFIGDIR", "SYSTEMROOT")

# The one thing it writes must be this. PNG specification, 5.2.
_PNG = b"\x89PNG\r\n\x1a\n"


class Draughtsman:
    """Draws one picture after the other.

    Args:
        limit: seconds until a picture is given up.
        program: what is run; it reads the order and writes the picture.
    """

    def __init__(
        self,
        limit: float = LIMIT,
        program: tuple[str, ...] = (sys.executable, "-P", "-m", "charts"),
    ) -> None:
        self._limit = limit
        self._program = program
        self._one_at_a_time = asyncio.Semaphore(1)

    async def draw(self, chart: Chart) -> bytes | None:
        """The picture as a PNG file; `None` when it could not be drawn in time."""
        try:
            async with asyncio.timeout(self._limit), self._one_at_a_time:
                return await self._drawn(orjson.dumps(asdict(chart)))
        except TimeoutError:
            log.warning("A picture took too long", extra={"action": "chart_late"})
        except OSError as error:
            log.warning("Nothing can draw", extra={"action": "chart_failed", "why": str(error)})
        return None

    async def _drawn(self, order: bytes) -> bytes | None:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            *self._program, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        try:
            written, said = await process.communicate(order)
        finally:
            await _end(process)
        if process.returncode == 0 and written.startswith(_PNG):
            return written
        why = said.decode(errors="replace").strip().splitlines()[-1:]
        log.warning("No picture was drawn", extra={"action": "chart_failed", "why": why})
        return None


async def _end(process: Process) -> None:
    """Let nothing be left of it, also when we were told to stop in the middle."""
    if process.returncode is None:
        process.kill()
        await process.wait()
