"""A place for bots that break: a Telegram and a database stay, learners come for one tap."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bot.waits import Waits
from course.model import LearnerId
from simulator.server import Simulator
from storage.postgres.database import PostgresDatabase
from tests.course.examples import SMALL
from tests.faults.breaking import LIFE, Life
from tests.support.people import Learner
from tests.support.running import SHORT_WAITS, Stage, connected

CARD = "m1l1c1"


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a learner does, and what must have come of it, once."""

    ready: Callable[[Learner], Awaitable[None]]
    tap: Callable[[Learner], object]
    answer: str


async def _at_card(learner: Learner) -> None:
    await learner.says("/start")
    await learner.taps_forward()


async def _at_question(learner: Learner) -> None:
    await _at_card(learner)
    await learner.taps("Next")
    await learner.taps("Next")


def _press(label: str) -> Callable[[Learner], object]:
    def tap(learner: Learner) -> object:
        buttons = [button for row in learner.newest.buttons for button in row]
        data = next(button["callback_data"] for button in buttons if button["text"] == label)
        return learner.stage.simulator.world.press(learner.id, learner.newest.id, data)

    return tap


TAPS = {
    "next": Tapped(_at_card, _press("Next"), "Card 2 of 2"),
    "answer": Tapped(_at_question, _press("B"), "You chose B."),
    "typed": Tapped(
        _at_question,
        lambda learner: learner.stage.simulator.world.say(learner.id, "b"),
        "You chose B.",
    ),
}


def _hang_up(database: object) -> None:
    """The system closes a killed process's connections to a server, which then rolls back."""
    if isinstance(database, PostgresDatabase):
        for pool in (database._writer, database._readers):
            pool.terminate()


@dataclass(slots=True)
class Hall:
    """A Telegram and a database that stay, and bots that come and go."""

    simulator: Simulator
    url: str
    waits: Waits = SHORT_WAITS
    stage: Stage = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self, life: Life | None = None) -> None:
        """Start a bot; with `life`, its steps are counted."""
        context = contextvars.copy_context()
        context.run(LIFE.set, life)
        running = connected(self.simulator, self.url, SMALL, self.waits)
        entered = self._running.enter_async_context(running)
        self.stage = await asyncio.get_running_loop().create_task(entered, context=context)
        if life is not None:
            database = self.stage.store._database
            life.on_death = lambda: _hang_up(database)

    async def stop(self) -> None:
        """Stop the bot as SIGTERM does."""
        await self._running.aclose()

    def leave(self) -> AsyncExitStack:
        """Let go of a bot that was stopped dead; to be closed when everything was looked at."""
        left, self._running = self._running, AsyncExitStack()
        return left

    async def learner(self, number: int, tapped: Tapped) -> Learner:
        """Somebody new, just before the tap."""
        self.simulator.world.person(10_000 + number, f"Learner {number}")
        learner = Learner(self.stage, 10_000 + number)
        await tapped.ready(learner)
        return learner

    async def settled_or(self, reached: asyncio.Event) -> bool:
        """Wait until everything is answered or the step has come; says which: True for the step."""
        settling = asyncio.ensure_future(self.stage.settled())
        coming = asyncio.ensure_future(reached.wait())
        await asyncio.wait((settling, coming), return_when=asyncio.FIRST_COMPLETED)
        for waiting in (settling, coming):
            waiting.cancel()
        await asyncio.gather(settling, coming, return_exceptions=True)
        return reached.is_set()

    async def check(self, learner: Learner, tapped: Tapped, *, copies: int) -> None:
        """The tap counts once, its answer is there (at most `copies` times), nothing is owed."""
        store = self.stage.store
        progress = (await store.fetch_history(LearnerId(learner.id))).progress
        updates = [one.update for askings in progress.attempts.values() for one in askings]
        assert CARD in progress.read
        assert len(updates) == (1 if tapped.answer.startswith("You") else 0)
        assert await store.fetch_pending_updates(99) == ()
        assert await store.fetch_fact_counts() == await store.fetch_fact_counts(recount=True)
        shown = [message.text for message in learner.messages if message.from_bot]
        seen = sum(tapped.answer in text for text in shown)
        assert 1 <= seen <= copies, shown
