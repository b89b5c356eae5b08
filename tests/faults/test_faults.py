"""The short form of `make fault-test`: people tap while the world around the bot breaks."""

import asyncio
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from course.model import Course
from tests.faults import troubles
from tests.faults.harness import Plan, Row, Trouble, scene
from tests.support.disks import NoSmallDiskError, small_disk
from tests.support.running import real_course

_PLAN = Plan(learners=10, taps=6, pause=(0.05, 0.4), seed=20261124)


@cache
def _course() -> Course:
    return real_course()


async def _played(trouble: Trouble, folder: Path, plan: Plan = _PLAN) -> Row:
    row = await scene("short", trouble, plan, _course(), folder)
    assert not row.findings.broken, "\n".join(row.findings.broken)
    assert not row.ended, (folder / "bot.log").read_text()
    assert row.taps == plan.learners * plan.taps
    code, seconds = row.stopped
    assert code == 0
    assert seconds < 11
    return row


async def test_sigkill_at_any_moment_loses_no_tap_and_counts_none_twice(tmp_path: Path) -> None:
    row = await _played(troubles.kills(5), tmp_path)

    assert row.times == 5


async def test_calls_that_fail_in_every_way_lose_no_tap(tmp_path: Path) -> None:
    every_way = troubles.all_of(
        troubles.faults("drop_after", 4),
        troubles.faults("drop_before", 4),
        troubles.faults("truncated", 4),
        troubles.faults("html_502", 4),
        troubles.faults("foreign", 4),
        troubles.faults("retry_after", 4, seconds=1),
        troubles.faults("delay", 1, seconds=12),
    )

    row = await _played(every_way, tmp_path)

    assert row.times > 10


async def test_outages_are_sat_out_and_everything_is_answered_once(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("network", "disk", "lock")]
    for folder in folders:
        folder.mkdir()
    with ExitStack() as stack:
        fills = troubles.disk_full
        try:
            stack.enter_context(small_disk(folders[1] / "data"))
        except NoSmallDiskError:
            fills = troubles.files_limited
        outages = (troubles.network_away(2), fills(2.5), troubles.locked(6))
        rows = await asyncio.gather(*map(_played, outages, folders))

    assert not any(row.findings.messages_twice for row in rows)
    assert 1 <= rows[1].notices <= _PLAN.learners, "people are asked to wait, and once"
