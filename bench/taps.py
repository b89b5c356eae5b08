"""Processor time and rate of an answered question, for the whole bot and its peers."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import orjson
import psutil

from bench.learners import LearnerDatabase
from bench.question import FirstQuestion, keyboard
from bench.telegram import ROOT, StubProcess, StubResult, start_stub

Say = Callable[[str], None]

# Who takes part, in the order of each round.
OURS = "ours"
PEERS = ("stock", "aiogram", "bare")

# Seconds without use of the processor after which a bot has nothing left to do.
_STILL = 0.1

# Use of the processor, in seconds, that does not count as work.
_BREATHING = 0.0005


@dataclass(frozen=True, slots=True)
class Load:
    """Load of a measurement.

    Attributes:
        in_flight: presses handed out and not answered.
        latency: of every call but a poll, in seconds.
        taps: in one round, by who takes part.
    """

    in_flight: int
    latency: float
    taps: dict[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of the rounds.

    Attributes:
        cpu: seconds of processor time an answer, all threads.
        rate: answers a second.
    """

    cpu: float
    rate: float


@dataclass(frozen=True, slots=True)
class _Process:
    name: str
    token: str
    process: psutil.Process


@dataclass(frozen=True, slots=True)
class Contestants:
    """All contestants, started, and what they answer from."""

    asked: FirstQuestion
    file: LearnerDatabase
    api: StubProcess
    contestants: Sequence[_Process]


@contextmanager
def start_contestants(asked: FirstQuestion, file: LearnerDatabase) -> Iterator[Contestants]:
    """Start the whole bot and its peers, and wait until they poll for updates."""
    with start_stub() as api, _contestants(api, asked, file) as contestants:
        yield Contestants(asked, file, api, contestants)


def warm_up(field: Contestants, load: Load) -> None:
    """Have all contestants answer as many presses as are in flight, without measuring."""
    for one in field.contestants:
        _run(one, field, min(load.in_flight, load.taps[one.name]), load)


def measure(field: Contestants, load: Load, rounds: int, say: Say) -> dict[str, Measured]:
    """Measure all contestants in turn, `rounds` times.

    Raises:
        AssertionError: an answer of the whole bot is missing in the file, or is there twice.
    """
    found: dict[str, list[Measured]] = {}
    for number in range(1, rounds + 1):
        for one in field.contestants:
            measured = _run(one, field, load.taps[one.name], load)
            found.setdefault(one.name, []).append(measured)
        costs = ", ".join(f"{name} {all_[-1].cpu * 1e6:.0f}" for name, all_ in found.items())
        say(f"round {number} of {rounds}, microseconds of processor an answer: {costs}")
    return {
        name: Measured(median(one.cpu for one in all_), median(one.rate for one in all_))
        for name, all_ in found.items()
    }


def _run(one: _Process, field: Contestants, taps: int, load: Load) -> Measured:
    before = _used(one.process)
    finished = _hand_out(one, field, taps, load)
    used = _used_when_still(one.process) - before
    if one.name == OURS:
        field.file.verify(attempts=field.file.taken)
    assert finished.calls["editmessagetext"] == taps, "each press is answered by one edit"
    return Measured(used / taps, taps / finished.seconds)


def _hand_out(one: _Process, field: Contestants, taps: int, load: Load) -> StubResult:
    asked = field.asked
    if one.name == OURS:
        updates = [asked.press(update, learner) for update, learner in field.file.take(taps)]
    else:
        updates = [asked.press(number, number) for number in range(1, taps + 1)]
    return field.api.hand_out(
        one.token,
        updates,
        asked.edited(),
        in_flight=load.in_flight,
        latency=load.latency,
    )


@contextmanager
def _contestants(
    api: StubProcess, asked: FirstQuestion, file: LearnerDatabase
) -> Iterator[Sequence[_Process]]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        started = []
        for number, name in enumerate((OURS, *PEERS), 1):
            token = f"{1000 + number}:{'A' * 35}"
            order = {
                "api": api.url,
                "token": token,
                "text": asked.feedback.text,
                "rows": keyboard(asked.feedback.rows)["inline_keyboard"],
            }
            pid = stack.enter_context(_process(name, order, file, folder))
            started.append(_Process(name, token, psutil.Process(pid)))
        for one in started:
            api.wait_for(one.token)
            _used_when_still(one.process)
        yield started


@contextmanager
def _process(
    name: str, order: dict[str, object], file: LearnerDatabase, folder: str
) -> Iterator[int]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TUTORBOT_")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "bench.peers", name]
    if name == OURS:
        command = [sys.executable, "-m", "bench.whole"]
        environment |= {
            "TUTORBOT_TOKEN": str(order["token"]),
            "TUTORBOT_API_URL": str(order["api"]),
            "TUTORBOT_DATABASE_URL": file.url,
        }
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None, "asked for above"
        try:
            process.stdin.write(orjson.dumps(order))
            process.stdin.close()
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def _used(process: psutil.Process) -> float:
    """Processor time so far in seconds; in nanosecond resolution on Linux."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    nanoseconds = sum(int(one.read_text().split()[0]) for one in threads)
    if nanoseconds:
        return nanoseconds / 1e9
    times = process.cpu_times()
    return float(times.user + times.system)


def _used_when_still(process: psutil.Process) -> float:
    used = _used(process)
    while True:
        time.sleep(_STILL)
        now = _used(process)
        if now - used < _BREATHING:
            return now
        used = now
