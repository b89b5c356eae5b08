"""How much a run measures: in full, or so little that a test can run every part."""

from dataclasses import dataclass

from bench.taps import Load


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    Attributes:
        learners: in the large file.
        few: learners in the small file that growth is compared with.
        rounds: of everything, at most; figures are their medians.
        seconds: for one load of answered presses: on a slow machine it has fewer rounds, but one.
        loads: of answered presses.
        answers: recorded in the store in one round.
        single: answers recorded one after the other, in one round.
    """

    learners: int
    few: int
    rounds: int
    seconds: float
    loads: tuple[Load, ...]
    answers: int
    single: int


def _taps(ours: int, stock: int) -> dict[str, int]:
    return {"ours": ours, "stock": stock, "aiogram": ours, "bare": ours}


FULL = Size(
    learners=1_000_000,
    few=1_000,
    rounds=3,
    seconds=16,
    loads=(
        Load(1, 0.0, _taps(600, 400)),
        Load(32, 0.0, _taps(1600, 640)),
        Load(256, 0.0, _taps(1536, 512)),
        Load(1, 0.05, _taps(20, 20)),
        Load(32, 0.05, _taps(960, 320)),
        Load(256, 0.05, _taps(1024, 384)),
    ),
    answers=4_000,
    single=500,
)

TINY = Size(
    learners=1_000,
    few=400,
    rounds=1,
    seconds=16,
    loads=(Load(1, 0.0, _taps(2, 2)), Load(32, 0.05, _taps(32, 32))),
    answers=64,
    single=4,
)
