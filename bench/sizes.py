"""Sizes of a benchmark run: full, or tiny for tests."""

from dataclasses import dataclass

from bench.taps import Load


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a run.

    Attributes:
        learners: in the large file.
        few: learners in the small file that growth is compared with.
        rounds: of everything; figures are their medians.
        loads: of answered presses, ever more in flight.
        answers: recorded in the store in one round.
        single: answers recorded one after the other, in one round.
        messages: of a broadcast at Telegram's rate.
        many: messages of a long one, at fifteen times that rate.
        news: recipients of a broadcast through the whole bot.
    """

    learners: int
    few: int
    rounds: int
    loads: tuple[Load, ...]
    answers: int
    single: int
    messages: int
    many: int
    news: int


def _taps(ours: int, stock: int, others: int) -> dict[str, int]:
    return {"ours": ours, "stock": stock, "aiogram": others, "bare": others}


FULL = Size(
    learners=1_000_000,
    few=1_000,
    rounds=3,
    loads=(
        Load(1, 0.0, _taps(200, 100, 200)),
        Load(1, 0.05, _taps(10, 10, 10)),
        Load(32, 0.0, _taps(256, 64, 192)),
        Load(32, 0.05, _taps(192, 64, 192)),
        Load(256, 0.0, _taps(512, 256, 512)),
        Load(256, 0.05, _taps(512, 256, 512)),
    ),
    answers=3_000,
    single=200,
    messages=420,
    many=10_000,
    news=210,
)

TINY = Size(
    learners=1_000,
    few=400,
    rounds=1,
    loads=(Load(1, 0.0, _taps(2, 2, 2)), Load(32, 0.05, _taps(32, 32, 32))),
    answers=64,
    single=4,
    messages=64,
    many=640,
    news=64,
)
