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
        loads: of answered presses; those of one latency stand together, the smallest first.
        answers: recorded in the store in one round.
        single: answers recorded one after the other, in one round.
        messages: of a broadcast at Telegram's rate.
        many: messages of a long one, at ten times that rate.
    """

    learners: int
    few: int
    rounds: int
    seconds: float
    loads: tuple[Load, ...]
    answers: int
    single: int
    messages: int
    many: int


def _taps(ours: int, stock: int) -> dict[str, int]:
    return {"ours": ours, "stock": stock, "aiogram": ours, "bare": ours}


FULL = Size(
    learners=1_000_000,
    few=1_000,
    rounds=3,
    seconds=10,
    loads=(
        Load(1, 0.0, _taps(300, 200)),
        Load(32, 0.0, _taps(800, 320)),
        Load(256, 0.0, _taps(768, 320)),
        Load(1, 0.05, _taps(15, 15)),
        Load(32, 0.05, _taps(480, 160)),
        Load(256, 0.05, _taps(768, 320)),
    ),
    answers=2_500,
    single=300,
    messages=240,
    many=3_000,
)

TINY = Size(
    learners=1_000,
    few=400,
    rounds=1,
    seconds=16,
    loads=(Load(1, 0.0, _taps(2, 2)), Load(32, 0.05, _taps(32, 32))),
    answers=64,
    single=4,
    messages=64,
    many=640,
)
