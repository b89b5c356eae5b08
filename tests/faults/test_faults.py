"""The short form of `make fault-test`: people tap while the world around the bot breaks."""

from functools import cache
from pathlib import Path

import pytest

from course.model import Course
from tests.faults import troubles
from tests.faults.harness import Plan, Row, Trouble, scene
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
        troubles.faults("retry_after", 4, seconds=1),
        troubles.faults("delay", 1, seconds=12),
    )

    row = await _played(every_way, tmp_path)

    assert row.times > 10


@pytest.mark.parametrize("kind", ["drop_before", "html_502"])
async def test_what_surely_was_not_sent_is_sent_once(kind: str, tmp_path: Path) -> None:
    row = await _played(troubles.faults(kind, 10), tmp_path, Plan(6, 4, (0.05, 0.2)))

    assert row.times > 3
    assert not row.findings.messages_twice


async def test_the_network_comes_back_and_everything_is_answered_once(tmp_path: Path) -> None:
    row = await _played(troubles.network_away(2), tmp_path)

    assert not row.findings.messages_twice


async def test_a_full_disk_is_sat_out_and_everything_is_answered_once(tmp_path: Path) -> None:
    with troubles.small_disk(tmp_path / "data") as is_small:
        fills = troubles.disk_full if is_small else troubles.files_limited
        row = await _played(fills(4), tmp_path)

    assert not row.findings.messages_twice


async def test_a_locked_database_is_sat_out_and_everything_is_answered_once(
    tmp_path: Path,
) -> None:
    row = await _played(troubles.locked(6), tmp_path)

    assert not row.findings.messages_twice
