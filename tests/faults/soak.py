"""A long run: 2,000 learners, kills and faults at random; memory and open files must stay flat."""

import asyncio
import tempfile
from pathlib import Path

from tests.faults.harness import Ground, Plan, Row, scene
from tests.support.running import real_course

_LEARNERS = 2_000

# Memory may grow by so much from the end of the warm-up to the end.
_GROWTH = 1.15

# The part of the time in which the process is killed now and then; what comes after is measured
# on one process: a quarter of the rest is its warm-up.
_KILLING = 0.4

# Seconds between two looks at the process.
_LOOK = 5.0


class Soak:
    """The trouble of a soak, and what it measured of the last process.

    Attributes:
        sizes: resident memory in bytes, and open files, from its warm-up on.
    """

    def __init__(self, seconds: float) -> None:
        self.sizes: list[tuple[int, int]] = []
        self._seconds = seconds

    async def trouble(self, ground: Ground) -> int:
        """Kill in the first part, make faults in all of it; measure in the last."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        world = ground.simulator.world
        times = 0
        while (passed := clock() - begun) < self._seconds:
            await asyncio.sleep(_LOOK)
            kind = ground.random.choice(("drop_before", "drop_after", "html_502", "truncated"))
            method = ground.random.choice(("sendMessage", "editMessageText", "getUpdates"))
            world.faults.add(method=method, kind=kind, times=1)
            times += 1
            if passed < self._seconds * _KILLING and ground.random.random() < 0.2:
                ground.bot.kill()
                times += 1
            if passed > self._seconds * (_KILLING + (1 - _KILLING) / 4):
                process = ground.bot.process
                self.sizes.append((process.memory_info().rss, process.num_fds()))
        ground.is_past()
        for person in ground.people:
            person.cancel()
        await asyncio.gather(*ground.people, return_exceptions=True)
        ground.people.clear()
        return times


async def soak(seconds: float, seed: int) -> bool:
    """Run for so many seconds and print what was seen; whether everything held."""
    measured = Soak(seconds)
    # So slow that Telegram's 30 messages a second are enough for all of them.
    plan = Plan(_LEARNERS, taps=1_000, pause=(60, 240), seed=seed)
    print(f"Soak: {_LEARNERS} learners for {seconds / 60:g} minutes ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="tutorbot-soak-") as folder:
        row = await scene("soak", measured.trouble, plan, real_course(), Path(folder))
    return _told(row, measured.sizes)


def _told(row: Row, sizes: list[tuple[int, int]]) -> bool:
    wrong = list(row.findings.broken)
    print(
        f"Soak: {row.taps} taps, {row.times} troubles; lost {len(row.findings.lost)}, counted"
        f" twice {len(row.findings.twice_counted)}, owed {len(row.findings.owed)}, messages twice"
        f" {len(row.findings.messages_twice)}, longest wait {row.longest:.1f} s."
    )
    if sizes:
        first, last = sizes[0], sizes[-1]
        ratio = last[0] / first[0]
        files = [count for _size, count in sizes]
        print(
            f"Soak: resident memory {first[0] / 1e6:.1f} MB after warm-up, {last[0] / 1e6:.1f} MB"
            f" at the end (x {ratio:.3f}, goal at most {_GROWTH}); open files {min(files)} to"
            f" {max(files)}, at the end {last[1]}."
        )
        if ratio > _GROWTH:
            wrong.append("memory grew")
        if last[1] > first[1] + 5:
            wrong.append("open files grew")
    for sentence in wrong:
        print(f"  WRONG: {sentence}")
    return not wrong
