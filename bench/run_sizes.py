"""Sizes of a benchmark run: full, or tiny for tests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """A number of presses in flight.

    Attributes:
        in_flight: presses handed out and not answered.
        taps: presses of each bot in one round.
        latency: seconds that every call but a poll takes.
    """

    in_flight: int
    taps: int
    latency: float = 0.0

    def __str__(self) -> str:
        """Format for the table."""
        return f"{self.in_flight} in flight, {self.latency * 1000:.0f} ms latency"


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a run.

    Attributes:
        learners: in the large file.
        few: learners in the small file that growth is compared with.
        answered: learners who have answered ten questions each, for the statistics.
        rounds: of everything; figures are their medians.
        loads: of presses, ever more in flight.
        answers: recorded in the store in one round by concurrent callers.
        single: answers recorded one after the other, in one round.
        recipients: of a broadcast.
    """

    learners: int
    few: int
    answered: int
    rounds: int
    loads: tuple[Load, ...]
    answers: int
    single: int
    recipients: int


FULL = Size(
    learners=1_000_000,
    few=1_000,
    answered=100_000,
    rounds=3,
    loads=(Load(1, 150), Load(32, 192), Load(32, 192, 0.05), Load(256, 512)),
    answers=3_000,
    single=200,
    recipients=420,
)

TINY = Size(
    learners=1_000,
    few=400,
    answered=200,
    rounds=1,
    loads=(Load(1, 2), Load(32, 32, 0.05)),
    answers=64,
    single=4,
    recipients=40,
)
