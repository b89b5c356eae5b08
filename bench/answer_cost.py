"""Benchmark of an answered question: processor time and rate of the whole bot beside peers."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from bench.learner_files import LearnerDatabase, copy_database
from bench.processes import Stub, start_bot, start_stub
from bench.question import FirstQuestion, keyboard
from bench.run_sizes import Load, Size
from bench.table import Goal, Row, microseconds

Say = Callable[[str], None]

# In the order of each round; the first is this bot.
OURS, PTB, AIOGRAM = "ours", "ptb", "aiogram"
_PEERS = {
    PTB: "python-telegram-bot as it comes + aiosqlite",
    AIOGRAM: "aiogram + aiosqlite",
}

# The most that an answer may cost beside a peer, by the number in flight.
_GOALS = {PTB: {1: 0.6, 32: 0.22, 256: 0.2}, AIOGRAM: {1: 0.95, 32: 0.5, 256: 0.5}}

# Seconds without use of the processor after which a bot has nothing left to do, and the use in
# these seconds that does not count as work.
_STILL, _IDLE = 0.1, 0.0005


@dataclass(frozen=True, slots=True)
class _Bot:
    token: str
    process: psutil.Process
    stub: Stub

    def answer(
        self, presses: list[tuple[int, int]], load: Load, asked: FirstQuestion
    ) -> "Measured":
        """Have the bot answer a press of each learner, and measure it."""
        before = _used(self.process)
        done = self.stub.run(
            self.token,
            updates=[asked.press(update, learner) for update, learner in presses],
            edited=asked.edited(),
            in_flight=load.in_flight,
            latency=load.latency,
        )
        used = _used_when_still(self.process) - before
        assert done["edits"] == len(presses), "each press is answered by one edit"
        return Measured(used / len(presses), len(presses) / done["seconds"])


@dataclass(frozen=True, slots=True)
class Measured:
    """Cost of an answer.

    Attributes:
        cpu: seconds of processor time, all threads.
        rate: answers a second.
    """

    cpu: float
    rate: float


def rows(size: Size, asked: FirstQuestion, say: Say) -> list[Row]:
    """Measure every load; return the rows.

    Everybody is started once for all loads, which come with ever more in flight: a pool of
    connections that has grown would make a smaller load dearer.

    Raises:
        AssertionError: an answer of the whole bot is missing in the file, or is there twice.
    """
    found: list[Row] = []
    with copy_database(size.learners, asked) as file:
        file.nobody_is_due()
        say("starting everybody for presses")
        with _start_bots(asked, file) as bots:
            for load in size.loads:
                say(f"answered questions, {load}")
                warm = Load(load.in_flight, min(load.in_flight, load.taps), load.latency)
                _measure(bots, file, asked, warm, 1)
                found += _rows(load, _measure(bots, file, asked, load, size.rounds))
    return found


def _measure(
    bots: dict[str, _Bot], file: LearnerDatabase, asked: FirstQuestion, load: Load, rounds: int
) -> dict[str, Measured]:
    """Measure all bots by turns, `rounds` times; each press is another learner's."""
    found: dict[str, list[Measured]] = {name: [] for name in bots}
    for _ in range(rounds):
        presses = file.take(load.taps)
        for name, bot in bots.items():
            found[name].append(bot.answer(presses, load, asked))
        file.verify(attempts=file.taken)
    return {
        name: Measured(median(one.cpu for one in each), median(one.rate for one in each))
        for name, each in found.items()
    }


@contextmanager
def _start_bots(asked: FirstQuestion, file: LearnerDatabase) -> Iterator[dict[str, _Bot]]:
    with ExitStack() as stack:
        stub = stack.enter_context(start_stub())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tutorbot-bench-"))
        bots = {}
        for number, name in enumerate((OURS, *_PEERS)):
            token = f"{1001 + number}:{'A' * 35}"
            order = {
                "api": stub.url,
                "token": token,
                "database": file.url,
                "text": asked.feedback.text,
                "rows": keyboard(asked.feedback.rows)["inline_keyboard"],
            }
            bots[name] = _Bot(token, stack.enter_context(start_bot(name, order, folder)), stub)
        for bot in bots.values():
            stub.wait_for(bot.token)
            _used_when_still(bot.process)
        yield bots


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
        if now - used < _IDLE:
            return now
        used = now


def _rows(load: Load, measured: dict[str, Measured]) -> list[Row]:
    ours = measured[OURS]
    if load.latency:
        ceiling = load.in_flight / load.latency / 2
        peers = ", ".join(f"{name} {measured[name].rate:,.0f}" for name in _PEERS)
        figure = f"answers a second / {ceiling:,.0f}, one call after the other; {load}"
        return [Row(figure, f"{ours.rate:,.0f}", peers, ours.rate / ceiling, Goal(at_least=1.3))]
    return [
        Row(
            f"processor time of an answer / {label}, which loses updates on a kill; {load}",
            microseconds(ours.cpu),
            microseconds(measured[name].cpu),
            ours.cpu / measured[name].cpu,
            Goal(at_most=_GOALS[name][load.in_flight]),
        )
        for name, label in _PEERS.items()
    ]
