"""Render each chart in a short-lived subprocess.

matplotlib is never imported by the bot itself. If it is missing, slow or broken, there is no
picture, and callers fall back to text.
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

# Seconds per chart; enough for the first one on a machine, when matplotlib builds its font cache.
TIME_LIMIT = 30.0

# Environment variables passed to the subprocess, which must not see the token.
_PASSED_ENVIRONMENT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "MPLCONFIGDIR", "SYSTEMROOT")

# Its output must begin with this. PNG specification, 5.2.
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class ChartRenderer:
    """Renders charts one after the other.

    Args:
        time_limit: seconds until a chart is given up, waiting included.
        program: command that reads a chart as JSON from stdin and writes a PNG to stdout.
    """

    def __init__(
        self,
        time_limit: float = TIME_LIMIT,
        program: tuple[str, ...] = (sys.executable, "-P", "-m", "charts"),
    ) -> None:
        self._time_limit = time_limit
        self._program = program
        self._one_at_a_time = asyncio.Semaphore(1)

    async def render(self, chart: Chart) -> bytes | None:
        """Render `chart` as PNG; `None` when it failed or took too long."""
        try:
            async with asyncio.timeout(self._time_limit), self._one_at_a_time:
                return await self._run_program(orjson.dumps(asdict(chart)))
        except TimeoutError:
            log.warning("A picture took too long", extra={"action": "chart_late"})
        except OSError as error:
            log.warning("Nothing can draw", extra={"action": "chart_failed", "why": str(error)})
        return None

    async def _run_program(self, chart_json: bytes) -> bytes | None:
        environment = {name: os.environ[name] for name in _PASSED_ENVIRONMENT if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            *self._program, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        try:
            written, errors = await process.communicate(chart_json)
        finally:
            await _kill_process(process)
        if process.returncode == 0 and written.startswith(_PNG_SIGNATURE):
            return written
        why = errors.decode(errors="replace").strip().splitlines()[-1:]
        log.warning("No picture was drawn", extra={"action": "chart_failed", "why": why})
        return None


async def _kill_process(process: Process) -> None:
    """Kill the subprocess if it still runs, for example after a cancellation."""
    if process.returncode is None:
        process.kill()
        await process.wait()
