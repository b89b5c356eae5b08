"""The command tutorbot, run as somebody types it."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


CLEAN = ROOT / "tests" / "course" / "clean" / "modules.yaml"


CRAFTED = ROOT / "tests" / "authoring" / "crafted"


TOKEN = "123456789:AAF-canary_canary_canary_canary_0123"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    said: str
    complained: str


async def tutorbot(*arguments: str, folder: Path, **settings: str) -> Ran:
    """Run the command in `folder` with these settings only."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TUTORBOT_")}
    given = {f"TUTORBOT_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=kept | given | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, said.decode(), complained.decode())
