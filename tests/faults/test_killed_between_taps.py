"""The real process, killed with SIGKILL between the taps of a learner, goes on where it was."""

import asyncio
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from course.model import Course, LearnerId, QuestionId
from simulator.server import Simulator
from storage.store import Store
from tests.conversations.audit import audit
from tests.conversations.people import Careful
from tests.support.running import real_course

ROOT = Path(__file__).parents[2]
AMINA = LearnerId(1001)
KILLS = 12

# Kill after every so many taps: once in a while they are too few for a whole module.
EVERY = 2


class Killed:
    """A stage whose bot is a process of its own; it is killed now and then, and started again.

    Attributes:
        kills: how often it was killed so far.
        taps: how many things the learner did so far.
    """

    def __init__(self, simulator: Simulator, folder: Path, course: Course) -> None:
        self.simulator = simulator
        self.course = course
        self.kills = 0
        self.taps = 0
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def database(self) -> Path:
        return self._folder / "data" / "tutorbot.db"

    @property
    def log(self) -> str:
        return (self._folder / "bot.log").read_text(encoding="utf-8")

    async def start(self) -> None:
        kept = {key: value for key, value in os.environ.items() if "TUTORBOT_" not in key}
        settings = {
            "TUTORBOT_TOKEN": self.simulator.token,
            "TUTORBOT_API_URL": self.simulator.url,
            "TUTORBOT_DATABASE_URL": f"sqlite:///{self.database}",
            "PYTHONPATH": str(ROOT),
        }
        with (self._folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._folder, env=kept | settings,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self) -> None:
        """SIGKILL: the process can do nothing about it."""
        assert self._process is not None, "it was started"
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def settled(self) -> None:
        """Wait until everything is answered; kill the process before or after that."""
        self.taps += 1
        is_due = self.taps % EVERY == 0 and self.kills < KILLS
        if (
            is_due and self.kills % 2
        ):  # with the tap in its hands, or just fetched, or not even that
            await self._is_fetched()
            await self._killed_and_started()
            await self._is_answered()
        else:
            await self._is_answered()
            if is_due:
                await self._killed_and_started()

    async def _killed_and_started(self) -> None:
        self.kills += 1
        await self.kill()
        await self.start()

    async def _is_fetched(self) -> None:
        while self.simulator.world.pending():  # noqa: ASYNC110 - another process, no event
            await asyncio.sleep(0.0005)

    async def _is_answered(self) -> None:
        while self.simulator.world.pending() or self._owes():  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)

    def _owes(self) -> bool:
        return bool(rows(self.database, "select 1 from inbox where done_at is null limit 1"))


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as reading:
        return reading.execute(sql).fetchall()


@asynccontextmanager
async def process(folder: Path) -> AsyncIterator[Killed]:
    async with Simulator() as simulator:
        bot = Killed(simulator, folder, real_course())
        await bot.start()
        try:
            yield bot
        finally:
            await bot.kill()
        audit(simulator.world)


@pytest.mark.timeout(150)
async def test_killed_between_any_two_taps_it_goes_on_where_it_was_and_counts_everything_once(
    tmp_path: Path,
) -> None:
    async with process(tmp_path) as bot:
        learner = Careful(bot)  # type: ignore[arg-type]
        learner.pause = 0
        given: list[tuple[str, bool]] = []
        await learner.says("/start")
        while not learner.sees.startswith("Module 1 done."):
            if learner.has_question:
                again = learner.sees.startswith("Question again")
                given.append((learner.question.id, again or len(given) % 3 > 0))
                await learner.answers(right=given[-1][1])
                assert learner.sees.startswith("You chose ")
            else:
                await learner.taps_forward()

    assert bot.kills == KILLS
    kept = rows(bot.database, "select question, correct, ordinal, update_id from attempts")
    assert sorted((question, bool(correct)) for question, correct, *_ in kept) == sorted(given)
    assert max(Counter((question, ordinal) for question, _, ordinal, _ in kept).values()) == 1
    assert len({update for *_, update in kept}) == len(given)
    assert "Traceback" not in bot.log
    await _everything_is_passed(bot)


async def _everything_is_passed(bot: Killed) -> None:
    """As the next start of the bot would see it."""
    store = await Store.open(f"sqlite:///{bot.database}", 0)
    progress = (await store.fetch_history(AMINA)).progress
    counted, anew = await store.fetch_fact_counts(), await store.fetch_fact_counts(recount=True)
    await store.close()
    assert all(progress.has_passed(QuestionId(q.id)) for q in bot.course.modules[0].questions())
    assert counted == anew
