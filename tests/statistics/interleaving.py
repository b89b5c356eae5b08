"""People who do anything in any order, on a store that is killed before or after a commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from bot.actions import lessons
from bot.actions.answers import submit_answer
from bot.actions.learner_changes import save_changes, save_preferences
from bot.actions.learner_settings import delete_learner, start_chat
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.lessons import item_of
from bot.actions.memberships import leave_cohort
from course.learning.next_step import AnswerQuestion
from course.model import LearnerId, OptionId
from storage import counters, memberships
from storage.opening import open_database
from storage.statements import AtomicWrite
from storage.store import Database, Store
from tests.course.examples import SMALL
from tests.statistics.world import COHORTS, NOW, ZONES, prepare


class Kill(Enum):
    """What happens to the commit: when the process is killed, or that it is run again."""

    NOT = "not"
    AGAIN = "run again, as when nobody knows whether it happened"
    BEFORE = "before the commit"
    AFTER = "after the commit"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody does.

    Attributes:
        what: go on, join, leave, forget or move.
        number: which option, cohort or time zone.
        later: milliseconds after what they did last; a clock may be set back.
    """

    who: int
    what: str
    number: int
    later: int


Moment: TypeAlias = tuple[Sequence[Deed], Kill]
"""What different people do at once, and whether the process is killed meanwhile."""


class KilledError(Exception):
    """The process is gone."""


class Mortal:
    """A database whose process can be killed: from then on nothing is written."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.dies = Kill.NOT
        self._is_dead = False

    async def apply(self, batch: Sequence[AtomicWrite]) -> None:
        if self._is_dead or self.dies is Kill.BEFORE:
            self._is_dead = True
            raise KilledError
        await self.inner.commit_batch(batch)
        if self.dies is Kill.AGAIN:
            await self.inner.commit_batch(batch)
        if self.dies is Kill.AFTER:
            self._is_dead = True
            raise KilledError

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


@dataclass(frozen=True, slots=True)
class Press:
    """A deed as an update: whatever comes of it, it is the same when it is handed over again."""

    turn: Interaction
    deed: Deed
    item: str
    ordinal: int
    chosen: frozenset[OptionId]


class Stage:
    """A bot's actions on a store, and the people.

    Attributes:
        gone: answers of those who have deleted their data.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._updates = 5_000
        self._at: dict[int, int] = {}
        self.gone = 0

    async def open(self) -> None:
        """Start, for the first time or again."""
        self._database = Mortal(await open_database(self._url, NOW))  # type: ignore[arg-type]
        self.store = Store(self._database)  # type: ignore[arg-type]

    async def begin(self) -> None:
        """Make the cohorts."""
        await self.open()
        await prepare(self.store)

    async def happens(self, moment: Moment) -> None:
        """Let people do something at once; after a kill all of it is handed over again."""
        deeds, kill = moment
        presses = [await self._press(deed) for deed in {deed.who: deed for deed in deeds}.values()]
        leaving = [await self._answers(p.turn.learner) for p in presses if p.deed.what == "forget"]
        self._database.dies = kill
        done = await asyncio.gather(*map(self._does, presses), return_exceptions=True)
        self._database.dies = Kill.NOT
        failed = [one for one in done if isinstance(one, BaseException)]
        assert all(isinstance(one, KilledError) for one in failed), failed
        if failed:
            await self._database.inner.close()
            await self.open()
        for press in presses:  # a second time, killed or not: Telegram may hand over again
            await self._does(press)
        self.gone += sum(leaving)

    async def _answers(self, learner: LearnerId) -> int:
        progress = (await self.store.fetch_history(learner)).progress
        return sum(map(len, progress.attempts.values()))

    async def _press(self, deed: Deed) -> Press:
        learner = LearnerId(100 + deed.who)
        self._updates += 1
        at = self._at[deed.who] = self._at.get(deed.who, NOW) + deed.later
        turn = Interaction(learner, "en", self._updates, at)
        return _as_button(turn, deed, await load_learner(self._services, turn))

    async def _does(self, press: Press) -> None:
        services, turn, deed = self._services, press.turn, press.deed
        cohort = COHORTS[deed.number % 3]
        if deed.what == "forget":
            await delete_learner(services, turn)
        elif deed.what == "leave":
            await leave_cohort(services, turn, cohort)
        elif deed.what == "join":
            name = f"Name {turn.update_id}"
            joins = memberships.join_cohort(
                turn.learner, turn.update_id, f"link{cohort}", None, name, turn.at
            )
            here = await load_learner(services, turn)
            await save_changes(
                services, here, *joins, *counters.update_counted_cohorts(turn.learner)
            )
        elif deed.what == "move":
            await start_chat(services, turn)
            here = await load_learner(services, turn)
            assert here.learner is not None
            zone = ZONES[deed.number % len(ZONES)]
            await save_preferences(services, here, replace(here.learner.preferences, zone=zone))
        elif press.chosen:
            asked = SMALL.question(press.item)  # type: ignore[arg-type]
            assert asked is not None
            await submit_answer(services, turn, asked.id, press.ordinal, press.chosen)
        elif press.item == "#welcome":
            await lessons.continue_course(services, turn)
        else:
            await lessons.advance_from(services, turn, press.item)

    @property
    def _services(self) -> Services:
        return Services(SMALL, self.store)


def _as_button(turn: Interaction, deed: Deed, here: LearnerState) -> Press:
    if not isinstance(here.step, AnswerQuestion):
        item = "#welcome" if here.progress.is_new else item_of(here.step)
        return Press(turn, deed, item, 0, frozenset())
    asked = here.step.question
    option = asked.options[deed.number % len(asked.options)].id
    chosen = asked.correct if deed.number % 2 else frozenset({option})
    return Press(turn, deed, asked.id, here.step.ordinal, chosen)
