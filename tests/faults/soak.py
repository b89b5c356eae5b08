"""Many learners for a long time, with kills and faults at random: memory and files stay flat."""

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.faults.harness import Ground, Plan, scene
from tests.support.running import real_course

# Taps a second of all together: below the 30 messages a second that Telegram takes.
_TAPS_A_SECOND = 18

# The part of the time with kills, and the part after that until the figures count.
_KILLING, _WARMING = 1 / 3, 1 / 6

# Seconds before the end without new trouble.
_CALM = 10.0

_LARGEST_GROWTH = 1.15

# So many more files may be open, once the run is longer than a connection is kept open.
_MORE_FILES, _KEPT_OPEN = 10, 300

_METHODS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
_KINDS = ("drop_after", "drop_before", "html_502", "foreign", "truncated", "retry_after", "delay")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at one moment: bytes, and open files."""

    at: float
    memory: int
    files: int


@dataclass(slots=True)
class Report:
    """What came of it, for people to read."""

    lines: Sequence[str]
    is_well: bool


@dataclass(slots=True)
class _Watching:
    """Takes samples of the process that lives last."""

    samples: list[Sample] = field(default_factory=list)

    async def run(self, ground: Ground) -> None:
        clock = asyncio.get_running_loop().time
        while not ground.is_over:
            try:
                process = ground.bot.process
                memory, files = process.memory_info().rss, process.num_fds()
                self.samples.append(Sample(clock(), memory, files))
            except psutil.NoSuchProcess:  # it was killed this moment
                pass
            await asyncio.sleep(1)


class _Soaking:
    """The trouble of it: the first third with kills, then one process with faults only."""

    def __init__(self, seconds: float) -> None:
        self.watching = _Watching()
        self.counted_from = 0.0
        self._seconds = seconds

    async def __call__(self, ground: Ground) -> int:
        clock = asyncio.get_running_loop().time
        begun = clock()
        self.counted_from = begun + (_KILLING + _WARMING) * self._seconds
        watch = asyncio.create_task(self.watching.run(ground))
        faults = 0
        while clock() < begun + self._seconds - _CALM:
            await asyncio.sleep(ground.random.expovariate(1 / 3))
            if clock() < begun + _KILLING * self._seconds and ground.random.random() < 0.3:
                ground.is_past()
                ground.bot.kill()
            else:
                faults += 1
                self._order(ground)
        await asyncio.gather(*ground.people)
        await watch
        return faults + ground.bot.kills

    def _order(self, ground: Ground) -> None:
        kind = ground.random.choice(_KINDS)
        seconds = {"retry_after": ground.random.randint(1, 5), "delay": 12}
        detail = {"seconds": seconds[kind]} if kind in seconds else {}
        method = ground.random.choice(_METHODS)
        ground.simulator.world.faults.add(method, kind, 1, **detail)


async def soak(seconds: float, learners: int, seed: int) -> Report:
    """Run it on SQLite."""
    mean = learners / _TAPS_A_SECOND
    plan = Plan(learners, 10_000, (0.4 * mean, 1.6 * mean), seed, seconds)
    soaking = _Soaking(seconds)
    with tempfile.TemporaryDirectory(prefix="tutorbot-soak-") as folder:
        row = await scene("soak", soaking, plan, real_course(), Path(folder))
    samples = [one for one in soaking.watching.samples if one.at >= soaking.counted_from]
    return _report(row, seconds, samples)


def _report(row, seconds: float, samples: Sequence[Sample]) -> Report:
    part = max(1, len(samples) // 5)
    first, last = samples[:part], samples[-part:]
    before = statistics.median(one.memory for one in first)
    after = statistics.median(one.memory for one in last)
    growth = after / before
    # Connections come and go with the load; what leaks raises the floor.
    floors = [min(one.files for one in some) for some in (first, last)]
    found = row.findings
    told = f"""Soak on SQLite: {seconds:.0f} s, {row.learners} learners, {row.taps} taps, \
{row.times} kills and faults.
Taps lost {len(found.lost)}, counted twice {len(found.twice_counted)}, replies owed \
{len(found.owed)}, messages twice {len(found.messages_twice)}, longest wait {row.longest:.1f} s.
Memory {before / 2**20:.1f} MiB after warming up, {after / 2**20:.1f} MiB at the end: \
x{growth:.3f} (at most {_LARGEST_GROWTH}). Open files {floors[0]}, then {floors[1]}."""
    problems = [f"  PROBLEM: {problem}" for problem in found.broken]
    if growth > _LARGEST_GROWTH:
        problems.append("  PROBLEM: memory grew")
    if floors[1] > floors[0] + _MORE_FILES and seconds > _KEPT_OPEN:
        problems.append("  PROBLEM: open files grew")
    if row.ended:
        problems.append(f"  PROBLEM: the process ended by itself with {row.ended}")
    return Report([told, *problems], is_well=not problems)
