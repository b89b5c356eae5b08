"""People who do anything in any order, on a store that is killed before or after a commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from bot.actions import lessons
from bot.actions.answers import submit_answer
from bot.actions.learner_settings import forget, start
from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep,
    sets_wishes,
    visit,
)
from bot.actions.lessons import item_of
from bot.actions.memberships import leave
from course.learning.next_step import AnswerQuestion
from course.model import LearnerId, OptionId
from storage import counters, memberships
from storage.opening import open_database
from storage.statements import Writing
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

    async def apply(self, batch: Sequence[Writing]) -> None:
        if self._is_dead or self.dies is Kill.BEFORE:
            self._is_dead = True
            raise KilledError
        await self.inner.apply(batch)
        if self.dies is Kill.AGAIN:
            await self.inner.apply(batch)
        if self.dies is Kill.AFTER:
            self._is_dead = True
            raise KilledError

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


@dataclass(frozen=True, slots=True)
class Press:
    """A deed as an update: whatever comes of it, it is the same when it is handed over again."""

    turn: Turn
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
        progress = (await self.store.history(learner)).progress
        return sum(map(len, progress.attempts.values()))

    async def _press(self, deed: Deed) -> Press:
        learner = LearnerId(100 + deed.who)
        self._updates += 1
        at = self._at[deed.who] = self._at.get(deed.who, NOW) + deed.later
        turn = Turn(learner, "en", self._updates, at)
        return _as_button(turn, deed, await visit(self._services, turn))

    async def _does(self, press: Press) -> None:
        services, turn, deed = self._services, press.turn, press.deed
        cohort = COHORTS[deed.number % 3]
        if deed.what == "forget":
            await forget(services, turn)
        elif deed.what == "leave":
            await leave(services, turn, cohort)
        elif deed.what == "join":
            name = f"Name {turn.update}"
            joins = memberships.joins(
                turn.learner, turn.update, f"link{cohort}", None, name, turn.at
            )
            here = await visit(services, turn)
            await keep(services, here, *joins, *counters.settles(turn.learner))
        elif deed.what == "move":
            await start(services, turn)
            here = await visit(services, turn)
            assert here.learner is not None
            zone = ZONES[deed.number % len(ZONES)]
            await sets_wishes(services, here, replace(here.learner.wishes, zone=zone))
        elif press.chosen:
            asked = SMALL.question(press.item)  # type: ignore[arg-type]
            assert asked is not None
            await submit_answer(services, turn, asked.id, press.ordinal, press.chosen)
        elif press.item == "#welcome":
            await lessons.proceed(services, turn)
        else:
            await lessons.go_on(services, turn, press.item)

    @property
    def _services(self) -> Services:
        return Services(SMALL, self.store)


def _as_button(turn: Turn, deed: Deed, here: Visit) -> Press:
    if not isinstance(here.step, AnswerQuestion):
        item = "#welcome" if here.progress.is_new else item_of(here.step)
        return Press(turn, deed, item, 0, frozenset())
    asked = here.step.question
    option = asked.options[deed.number % len(asked.options)].id
    chosen = asked.correct if deed.number % 2 else frozenset({option})
    return Press(turn, deed, asked.id, here.step.ordinal, chosen)
