"""Benchmark of a broadcast while people press buttons: use of the rate limit, and latency.

`python -m bench.broadcast` prints a table of all senders; `rows` are for `python -m bench`.
"""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import isnan
from multiprocessing import get_context
from statistics import median

from bench.senders import (
    NEWS,
    OURS,
    PAUSES,
    PEERS,
    RATE,
    Broadcast,
    BroadcastResult,
    Fault,
    Sender,
    measure_in_process,
)
from bench.sizes import Size
from bench.table import Goal, Row

# Messages a second that the simulator permits for a long broadcast, which would take too long.
_FAST = 15 * RATE

# 429s in several chats, which pause all; and in one.
_SEVERAL, _ONE = Fault(times=5, seconds=3), Fault(times=1, seconds=3)

# Seconds after a pause at which the rate is looked at, and for how long.
_AFTER, _FOR = 2.0, 3.0

_HEADS: tuple[str, ...] = (
    "Sender",
    "rate used",
    "429s",
    "missing",
    "twice",
    "answered",
    "p50 ms",
    "p99 ms",
    "after",
)


@dataclass(frozen=True, slots=True)
class BroadcastFigures:
    """Results of one sender.

    Attributes:
        used: part of the permitted rate, from the first message to the last try.
        refused: how many 429s there were.
        missing: people who did not get the message in a time that is much longer than needed.
        twice: messages that came again.
        p50: seconds from a press to the edited message; half took longer.
        p99: one in a hundred took longer.
        recovered: part of the permitted rate, two seconds after a pause; `None` without one.
    """

    used: float
    refused: int
    missing: int
    twice: int
    answered: str
    p50: float
    p99: float
    recovered: float | None

    @classmethod
    def of(cls, seen: BroadcastResult, broadcast: Broadcast) -> "BroadcastFigures":
        """Compute the results."""
        taken = [call for call in seen.calls if call.status == 200]
        got = Counter(call.chat for call in taken if call.text == NEWS)
        refused = [call.at for call in seen.calls if call.status == 429]
        fault = broadcast.fault
        taps = sorted(seen.taps) or [float("nan")]
        return cls(
            used=_used(seen, broadcast.rate),
            refused=len(refused),
            missing=sum(person not in got for person in seen.people),
            twice=sum(count - 1 for count in got.values()),
            answered=f"{len(seen.taps)}/{seen.pressed}",
            p50=median(taps),
            p99=taps[min(len(taps) - 1, int(0.99 * len(taps)))],
            recovered=_recovered(
                [call.at for call in taken], max(refused) + fault.seconds, broadcast.rate
            )
            if fault and refused
            else None,
        )

    def cells(self, name: str) -> tuple[str, ...]:
        """The cells of its table row."""
        return (
            name,
            "" if isnan(self.used) else f"{self.used:.1%}",
            str(self.refused),
            str(self.missing),
            str(self.twice),
            self.answered,
            f"{self.p50 * 1000:.0f}",
            f"{self.p99 * 1000:.0f}",
            "" if self.recovered is None else f"{self.recovered:.1%}",
        )


def _used(seen: BroadcastResult, rate: int) -> float:
    tries = [call.at for call in seen.calls if call.text == NEWS]
    if len(tries) < 2:
        return float("nan")
    first, last = tries[0], tries[-1]
    taken = sum(first < call.at <= last and call.status == 200 for call in seen.calls)
    return taken / rate / (last - first)


def _recovered(taken: list[float], over_at: float, rate: int) -> float:
    begin = over_at + _AFTER
    return sum(begin <= at < begin + _FOR for at in taken) / rate / _FOR


def rows(size: Size) -> list[Row]:
    """Run this part of `python -m bench`, with as many messages as fit into its time."""
    messages = size.messages
    peers = PEERS[:1]
    # Beside each other: all meet the same moods of the machine, and it takes the time of one.
    ours, quiet, paused, *others = _figures(
        Broadcast(OURS, messages),
        Broadcast(OURS, 0),
        Broadcast(OURS, messages, _SEVERAL),
        *(Broadcast(peer, messages) for peer in peers),
    )
    return [
        *_goals("a broadcast while people tap", ours),
        _rate("messages taken", ours.used, 0.99),
        _ratio("tap to edit, p99", ours.p99, quiet.p99, Goal(at_most=1.3)),
        _ratio("tap to edit, p50", ours.p50, quiet.p50),
        *_goals("429s in several chats, 3 s each", paused, expected=_SEVERAL.times),
        _rate("messages taken 2 s after it", paused.recovered or 0.0, 0.95),
        *(
            row
            for peer, its in zip(peers, others, strict=True)
            for row in _against(peer, ours, its)
        ),
        *_long(size.many),
    ]


def _long(messages: int) -> list[Row]:
    """A broadcast to so many that the rate must be raised to fit the time."""
    peers = PEERS[:1]
    senders = (OURS, *peers)
    ours, *others = _figures(*(Broadcast(sender, messages, rate=_FAST) for sender in senders))
    what = f"{messages:,} messages at {_FAST}/s while people tap"
    rows = _goals(what, ours)
    for peer, its in zip(peers, others, strict=True):
        rows += _against(peer, ours, its, what)
    return rows


def _against(
    peer: Sender, ours: BroadcastFigures, its: BroadcastFigures, what: str = "a broadcast"
) -> list[Row]:
    used = f"{peer.name}: {its.used:.1%}, {its.refused} 429s, {its.missing} missing"
    took = f"{peer.name}: {_ms(its.p99)}, {its.answered} answered"
    return [
        Row(f"{what}: rate used", f"{ours.used:.1%}", used, ours.used / its.used),
        Row(f"{what}: tap to edit, p99", _ms(ours.p99), took, ours.p99 / its.p99),
    ]


def _goals(what: str, figures: BroadcastFigures, expected: int = 0) -> list[Row]:
    surplus = max(0, figures.refused - expected)
    harmed = figures.missing + figures.twice
    return [
        Row(f"{what}: 429s", str(figures.refused), f"{expected} ordered", surplus, Goal(at_most=0)),
        Row(f"{what}: missing or twice", str(harmed), "0", harmed, Goal(at_most=0)),
    ]


def _rate(what: str, part: float, goal: float) -> Row:
    return Row(
        f"a broadcast: {what}", f"{part * RATE:.2f}/s", "30/s permitted", part, Goal(at_least=goal)
    )


def _ratio(what: str, ours: float, quiet: float, goal: Goal | None = None) -> Row:
    return Row(
        f"a broadcast: {what}", _ms(ours), f"{_ms(quiet)} without a broadcast", ours / quiet, goal
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _figures(*broadcasts: Broadcast) -> list[BroadcastFigures]:
    """Measure all senders concurrently, each bot in its own process."""
    with ProcessPoolExecutor(len(broadcasts), get_context("spawn")) as processes:
        seen = list(processes.map(measure_in_process, broadcasts))
    return [BroadcastFigures.of(*one) for one in zip(seen, broadcasts, strict=True)]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.broadcast", description=__doc__)
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--rate", type=int, default=RATE, help="messages a second permitted")
    parser.add_argument(
        "--plain", action="store_true", help="leave out the senders that meet ordered 429s"
    )
    given = parser.parse_args()
    if not PEERS:
        print("AIORateLimiter needs the package aiolimiter, which is not there: left out.")
    plain, troubled = _senders(given.messages, given.rate)
    lines = [_HEADS]
    for group in (plain,) if given.plain else (plain, troubled):
        print(f"{', '.join(group)} ...", file=sys.stderr, flush=True)
        found = zip(group, _figures(*group.values()), strict=True)
        lines += [figures.cells(name) for name, figures in found]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def _senders(messages: int, rate: int) -> tuple[dict[str, Broadcast], dict[str, Broadcast]]:
    """All senders, and those that meet scripted 429s; each group sends at the same time."""
    plain = {
        "taps alone": Broadcast(OURS, 0, rate=rate),
        OURS.name: Broadcast(OURS, messages, rate=rate),
        PAUSES.name: Broadcast(PAUSES, messages, rate=rate),
    }
    troubled = {
        f"{OURS.name}, one 429": Broadcast(OURS, messages, _ONE, rate=rate),
        f"{OURS.name}, 429s in 5 chats": Broadcast(OURS, messages, _SEVERAL, rate=rate),
    }
    for peer in PEERS:
        plain[peer.name] = Broadcast(peer, messages, rate=rate)
        troubled[f"{peer.name}, 429s in 5 chats"] = Broadcast(peer, messages, _SEVERAL, rate=rate)
    return plain, troubled


if __name__ == "__main__":
    main()
