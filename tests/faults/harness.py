"""The scene of a fault test: a simulated Telegram, the bot as a process, people who tap."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeAlias

from course.model import Course
from simulator.server import Simulator
from tests.faults.checking import Findings, find
from tests.faults.process import BotProcess
from tests.faults.tapping import Tapper

# Seconds that somebody waits for an answer, before the bot is held to owe it: less than Telegram
# keeps a press (150 s).
PATIENCE = 140.0

# Learners get ids from here on.
_FIRST = 10_001


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is tapped.

    Attributes:
        taps: of each learner, after /start.
        pause: seconds between the answer and the next tap, at least and at most.
        seconds: after which nobody taps any more.
    """

    learners: int = 20
    taps: int = 20
    pause: tuple[float, float] = (0.7, 1.8)
    seed: int = 1
    seconds: float = math.inf


@dataclass(slots=True)
class Ground:
    """Everything of one scene.

    Attributes:
        folder: where the database and the log are.
        people: what the tappers do.
        over: moments at which a trouble was over, on the loop's clock.
    """

    plan: Plan
    folder: Path
    url: str
    simulator: Simulator
    bot: BotProcess
    tappers: dict[int, Tapper]
    over: list[float] = field(default_factory=list)
    people: list[asyncio.Task[None]] = field(default_factory=list)
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.plan.seed)  # noqa: S311 - to be the same again

    @property
    def tapped(self) -> int:
        """How many taps there were, /start not counted."""
        return sum(max(0, len(tapper.taps) - 1) for tapper in self.tappers.values())

    async def taps_reach(self, count: int) -> None:
        """Wait until `count` taps were made or nobody taps any more."""
        while self.tapped < count and not self.is_over:  # noqa: ASYNC110 - many parties
            await asyncio.sleep(0.005)

    @property
    def is_over(self) -> bool:
        """Whether everybody has finished."""
        return bool(self.people) and all(task.done() for task in self.people)

    def is_past(self) -> None:
        """Note that a trouble is over at this moment."""
        self.over.append(asyncio.get_running_loop().time())


# Makes trouble while people tap; gives how often.
Trouble: TypeAlias = Callable[[Ground], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one scene.

    Attributes:
        times: how often trouble was made.
        healthy: seconds after a trouble until every tap made before was answered, the longest.
        longest: the longest that anybody waited for an answer, in seconds.
        ended: exit codes of the times the process ended by itself.
        notices: messages that asked for patience.
        stopped: exit code after SIGTERM, and the seconds it took.
    """

    name: str
    learners: int
    taps: int
    times: int
    findings: Findings
    healthy: float
    longest: float
    ended: tuple[int, ...]
    notices: int
    stopped: tuple[int, float]


async def scene(
    name: str, trouble: Trouble, plan: Plan, course: Course, folder: Path, url: str | None = None
) -> Row:
    """Let people tap while `trouble` is made, wait for what is owed, stop the bot, and look.

    Args:
        folder: empty; the database is made there unless `url` names one.
    """
    url = url or f"sqlite:///{folder / 'data' / 'tutorbot.db'}"
    async with Simulator() as simulator:
        settings = {
            "TUTORBOT_TOKEN": simulator.token,
            "TUTORBOT_API_URL": simulator.url,
            "TUTORBOT_DATABASE_URL": url,
        }
        bot = BotProcess(settings, folder)
        ground = Ground(plan, folder, url, simulator, bot, _people(simulator, plan))
        simulator.world.listen(lambda event: _tell(ground.tappers, event))
        await bot.start()
        try:
            await bot.becomes(lambda told: bool(told["ready"]), within=30)
            times = await _play(ground, trouble)
        finally:
            stopped = await bot.stop()
        findings = await find(url, course, simulator.world, ground.tappers.values())
        return _row(name, ground, times, findings, stopped)


def _people(simulator: Simulator, plan: Plan) -> dict[int, Tapper]:
    ids = range(_FIRST, _FIRST + plan.learners)
    return {one: Tapper(simulator.world, one, plan.seed, plan.pause) for one in ids}


def _tell(tappers: dict[int, Tapper], event: object) -> None:
    tapper = tappers.get(getattr(event, "chat_id", None) or 0)
    if tapper is not None:
        tapper.hears(event)  # type: ignore[arg-type]


async def _play(ground: Ground, trouble: Trouble) -> int:
    until = asyncio.get_running_loop().time() + ground.plan.seconds
    ground.people = [
        asyncio.create_task(tapper.learns(ground.plan.taps, PATIENCE, until))
        for tapper in ground.tappers.values()
    ]
    times = await trouble(ground)
    await asyncio.gather(*ground.people)
    # Presses whose answer came while their update was not done yet: let the inbox run empty.
    await ground.bot.becomes(lambda told: bool(told["ready"]) and told["inbox"] == 0, within=60)
    return times


def _row(
    name: str, ground: Ground, times: int, findings: Findings, stopped: tuple[int, float]
) -> Row:
    taps = [tap for tapper in ground.tappers.values() for tap in tapper.taps]
    waits = [tap.answered - tap.at for tap in taps if tap.answered is not None]
    after = [
        tap.answered - moment
        for moment in ground.over
        for tap in taps
        if tap.answered is not None and tap.at <= moment < tap.answered
    ]
    notices = sum(len(tapper.notices) for tapper in ground.tappers.values())
    return Row(
        name=name,
        learners=ground.plan.learners,
        taps=ground.tapped,
        times=times,
        findings=findings,
        healthy=max(after, default=0.0),
        longest=max(waits, default=0.0),
        ended=tuple(ground.bot.ended),
        notices=notices,
        stopped=stopped,
    )
