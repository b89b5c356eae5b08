"""What was acknowledged is there, whatever happens to the process that wrote it."""

import asyncio
import sys
from pathlib import Path

import pytest

from course.model import LearnerId
from storage.store import Store
from tests.storage.conftest import NOW

ROOT = Path(__file__).parent.parent.parent


async def acknowledged_until_killed(url: str, enough: int) -> list[int]:
    """Run tests/storage/writing.py, kill it after `enough` acknowledgements; gives all of them."""
    writing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.writing", url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert writing.stdout is not None
    lines = [await writing.stdout.readline() for _ in range(enough)]
    writing.kill()
    rest = await writing.stdout.read()
    await writing.wait()
    whole = (b"".join(lines) + rest).split(b"\n")[:-1]
    return [int(line) for line in whole]


@pytest.mark.parametrize("enough", [1, 300, 1500])
async def test_a_killed_process_loses_nothing_it_acknowledged(store_url: str, enough: int) -> None:
    acknowledged = await acknowledged_until_killed(store_url, enough)

    store = await Store.open(store_url, NOW)

    assert len(acknowledged) >= enough
    lost = [
        number
        for number in acknowledged
        if not (await store.fetch_history(LearnerId(number))).progress.updates
    ]
    assert lost == []
    assert await store.fetch_fact_counts() == await store.fetch_fact_counts(recount=True)
    await store.close()
