"""The real bot against the simulator, over loopback HTTP, in one event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import SecretStr

from bot import app
from bot.bot_api.polling import PollWaits
from bot.bot_api.rate_limits import Rates
from bot.course_files import load_course
from bot.inbox.flood_control import FloodLimits
from bot.inbox.retries import RetryWaits
from bot.settings import DEFAULT_COURSE, Settings
from bot.waits import Waits
from course.model import Course, LearnerId
from simulator.clock import Clock
from simulator.server import Simulator
from storage.facts import History
from storage.store import Store

# A Monday at noon, in seconds since 1970 UTC: tests choose their time, none reads the clock.
NOON = 1_794_830_400.0

# Ada, of simulator.server.PERSONAS.
ADMIN = 3001


@cache
def real_course() -> Course:
    """The course as it is taught, read once: a third of a second each time otherwise."""
    return load_course(DEFAULT_COURSE)


# People in tests tap faster than anybody could, and the simulated Telegram takes it.
PATIENT = FloodLimits(burst=1e9, per_second=1e9)
SHORT_WAITS = Waits(
    connect=0.01, retries=RetryWaits(first=0.001), polls=PollWaits(first=0.001, for_store=0.001)
)
FAST = Rates(per_second=100_000, burst=1_000_000_000, group_per_minute=100_000)


@dataclass(slots=True)
class Stage:
    """A bot, the simulated Telegram it is connected to, and its data."""

    simulator: Simulator
    tutor: app.RunningBot
    store: Store
    course: Course

    async def ticks(self) -> None:
        """Let the bot look what is due, and wait until that is out."""
        await self.tutor.scheduler.tick()
        await self.sent()

    async def sent(self) -> None:
        """Wait until everything is answered and what goes out unasked is out."""
        await self.settled()
        while self.tutor.scheduler.is_busy:  # noqa: ASYNC110 - as below
            await asyncio.sleep(0.001)

    async def kept_of(self, learner: LearnerId) -> History:
        """All that is kept of somebody, but when they were last here and when to remind them."""
        history = await self.store.fetch_history(learner)
        if history.learner is None:
            return history
        return replace(
            history, learner=replace(history.learner, active_at=None, next_reminder_check_at=None)
        )

    async def exported(self) -> None:
        """Wait until every file that somebody asked for is there."""
        while self.tutor.export_sender.is_busy:  # noqa: ASYNC110 - as below
            await asyncio.sleep(0.001)

    async def settled(self) -> None:
        """Wait until the bot has fetched and answered everything."""
        world, tutor = self.simulator.world, self.tutor
        while world.pending() or tutor.inbox.is_busy or tutor.scheduler.is_busy:  # noqa: ASYNC110 - two parties, no common event
            await asyncio.sleep(0.001)


def takes_the_beat_from(tutor: app.RunningBot) -> None:
    """From now on nothing ticks by itself; whoever plays says when."""
    tutor.scheduler.ticks.pause()


@asynccontextmanager
async def connected(
    simulator: Simulator,
    url: str,
    course: Course,
    waits: Waits = Waits(),  # noqa: B008 - a frozen value
) -> AsyncIterator[Stage]:
    """Start the bot on the database at `url`; stop it at the end. Telegram stays.

    It ticks only when told to (`Stage.ticks`): a slow test sees what a quick one sees.
    """

    def now() -> int:
        return int(simulator.world.clock.now() * 1000)

    settings = Settings(token=SecretStr(simulator.token), api_url=simulator.url, admins=(ADMIN,))
    store = await Store.open(url, now())
    try:
        async with app.run_bot(settings, course, store, now, PATIENT, FAST, waits) as tutor:
            takes_the_beat_from(tutor)
            polling = asyncio.create_task(tutor.poll())
            try:
                yield Stage(simulator, tutor, store, course)
            finally:
                polling.cancel()
                with suppress(asyncio.CancelledError):
                    await polling
    finally:
        await store.close()


@asynccontextmanager
async def stage(folder: Path, course: Course) -> AsyncIterator[Stage]:
    """A new Telegram, a new SQLite database in `folder` and the bot."""
    async with staged(f"sqlite:///{folder / 'tutor.db'}", course) as on:
        yield on


@asynccontextmanager
async def staged(url: str, course: Course) -> AsyncIterator[Stage]:
    """A new Telegram, and the bot on the database at `url`."""
    async with Simulator(clock=Clock(NOON)) as simulator, connected(simulator, url, course) as on:
        yield on
