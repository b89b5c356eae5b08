"""Benchmark of an answered question: the whole bot beside others."""

from collections.abc import Callable

from bench.learners import copy_database
from bench.question import FirstQuestion
from bench.sizes import Size
from bench.table import Goal, Row, microseconds
from bench.taps import OURS, PEERS, Load, Measured, measure, start_contestants, warm_up

_NAMES = {
    "stock": "python-telegram-bot as it comes, keeping nothing",
    "aiogram": "bare aiogram, keeping nothing",
    "bare": "its own bare transport",
}

_GOALS = {
    ("stock", 1): 0.45,
    ("stock", 32): 0.18,
    ("stock", 256): 0.05,
    ("aiogram", 1): 1.0,
    ("aiogram", 256): 0.75,
    ("bare", 1): 1.35,
    ("bare", 32): 1.35,
    ("bare", 256): 1.35,
}

# In flight, in the row about how near the bot comes to what the latency allows.
_NEAR_THE_CEILING = 32


def rows(size: Size, asked: FirstQuestion, say: Callable[[str], None]) -> list[Row]:
    """Measure every load; return the rows.

    Everybody is started once for all loads, which come with ever more in flight: a pool of
    connections that has grown would make a smaller load dearer.
    """
    found: list[Row] = []
    with copy_database(size.learners, asked) as file:
        file.nobody_is_due()
        say("starting everybody for presses")
        with start_contestants(asked, file) as field:
            warm_for = 0
            for load in size.loads:
                say(f"answered questions, {_load(load)}")
                if load.in_flight != warm_for:
                    warm_up(field, load)
                    warm_for = load.in_flight
                found += _rows(load, measure(field, load, size.rounds, say))
    return found


def _rows(load: Load, measured: dict[str, Measured]) -> list[Row]:
    if load.latency and load.in_flight == _NEAR_THE_CEILING:
        return _costs(load, measured) + _ceilings(load, measured)
    return _costs(load, measured)


def _load(load: Load) -> str:
    return f"{load.in_flight} in flight, {load.latency * 1000:.0f} ms latency"


def _costs(load: Load, measured: dict[str, Measured]) -> list[Row]:
    ours = measured[OURS].cpu
    return [
        Row(
            f"processor time of a durable answer / {_NAMES[peer]}; {_load(load)}",
            microseconds(ours),
            microseconds(measured[peer].cpu),
            ours / measured[peer].cpu,
            _goal(peer, load),
        )
        for peer in PEERS
    ]


def _goal(peer: str, load: Load) -> Goal | None:
    at_most = None if load.latency else _GOALS.get((peer, load.in_flight))
    return None if at_most is None else Goal(at_most=at_most)


def _ceilings(load: Load, measured: dict[str, Measured]) -> list[Row]:
    """Highest rate for the latency: sequential calls, as in the peers, and concurrent ones."""
    ours = measured[OURS].rate
    peers = ", ".join(f"{peer} {measured[peer].rate:,.0f}" for peer in PEERS)
    ceiling = load.in_flight / load.latency
    return [
        Row(
            f"answers a second / ceiling of {ceiling / 2:,.0f}, one call after the other;"
            f" {_load(load)}",
            f"{ours:,.0f}",
            peers,
            ours / (ceiling / 2),
            Goal(at_least=0.9),
        ),
        Row(
            f"the same / ceiling of {ceiling:,.0f}, both calls at once, as the bot makes them",
            f"{ours:,.0f}",
            peers,
            ours / ceiling,
        ),
    ]
