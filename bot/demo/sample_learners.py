"""Simulated learners: carry out their plans through the bot's own actions."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from bot.actions import joining, learner_settings, lessons
from bot.actions.answers import submit
from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    reads,
    sets_wishes,
    visit,
    visit_of,
)
from bot.demo.sample_people import (
    FIRST_LEARNER,
    Fate,
    Plan,
    Session,
)
from bot.i18n import Voices
from bot.jobs.reminders import Nudging
from course.learning.next_step import AnswerQuestion, Finished, next_step
from course.learning.progress import WELCOME
from course.model import OptionId, Question, QuestionId
from storage.facts import History

# Update ids reserved for each learner.
_UPDATES = 10_000

# Wrong answers after which a stuck learner stops for the day, and for good.
_A_DAY, _ENOUGH = 2, 5

# Increase of the probability of a right answer when a question is repeated.
_LEARNT = 0.2

# Share of learners who set their time zone.
_TELLING = 0.9

Deed: TypeAlias = Callable[["Life", History], Awaitable[None]]
"""Something that a learner does, given their history."""


@dataclass(slots=True)
class Life:
    """A simulated learner.

    Attributes:
        invitation: payload after `?start=` in their cohort's link; `None` for no cohort.
        at: time up to which they are simulated, in UTC milliseconds.
    """

    services: Services
    voices: Voices
    plan: Plan
    link: str | None
    until: int
    at: int = 0
    _updates: int = 0
    _heard_at: int = 0
    _misses: list[int] = field(default_factory=list)
    _deeds: deque[tuple[int, Deed]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        plan = self.plan
        deeds: list[tuple[int, Deed]] = [(plan.joins_at, Life._join)]
        deeds += [(one.at, partial(_learn, session=one)) for one in plan.sessions]
        if plan.leaves_at is not None:
            deeds.append((plan.leaves_at, Life._leave))
        self._deeds.extend(sorted(deeds, key=lambda one: one[0]))

    def will(self, at: int, deed: Deed) -> None:
        """Add an action at a later time."""
        self._deeds = deque(sorted((*self._deeds, (at, deed)), key=lambda one: one[0]))

    async def go_on(self, until: int) -> bool:
        """Simulate up to `until`, or to the next reminder, which must be delivered first.

        Returns:
            Whether `until` was reached.
        """
        while True:
            at, deed = self._deeds[0] if self._deeds else (self.until, None)
            history = await self._unreminded(before=min(at, until))
            if history is None:
                return False
            if deed is None or at > until:
                return True
            self._deeds.popleft()
            self.at = max(at, self.at)
            await deed(self, history)

    async def _unreminded(self, before: int) -> History | None:
        """Load the history before an action; `None` if a reminder was queued or sent first."""
        history = await self.services.store.history(self.plan.learner)
        known = history.learner
        if known is None:
            return history
        if known.nudged_at is not None and known.nudged_at > self._heard_at:
            self._heard_at = known.nudged_at
            return None
        due = known.next_nudge_at
        if due is None or due > before:
            return history
        self.at = max(due, self.at)
        await Nudging(self.services, self.voices, lambda: self.at).look(known.id, due)
        return await self._unreminded(before)  # it may have set another check time

    async def _join(self, _: History) -> None:
        await learner_settings.start(self.services, self.turn())
        here = await visit(self.services, self.turn())
        assert here.learner is not None, "they have started"
        if self.plan.chance.random() < _TELLING:
            wishes = replace(here.learner.wishes, zone=self.plan.zone)
            await sets_wishes(self.services, here, wishes)
        if self.link is not None:
            await joining.look(self.services, self.turn(), self.link)
            await joining.join(self.services, self.turn(), self.plan.name)

    async def _leave(self, _: History) -> None:
        if self.plan.fate is Fate.STOPPED:
            await learner_settings.set_messages(self.services, self.turn(), on=False)
        else:
            await learner_settings.was_blocked(self.services, self.turn(), blocked=True)

    async def learn(self, session: Session, history: History) -> None:
        """Go through the course for one session, without reloading the history."""
        here = visit_of(self.services, self.turn(), history)
        for _ in range(session.most):
            if isinstance(here.step, Finished) or self.at >= self.until or self._is_enough(session):
                return
            here = await self._does(replace(here, turn=self.turn()))
            self.at = min(self.at + self.plan.chance.randrange(8_000, 110_000), self.until)

    async def _does(self, here: Visit) -> Visit:
        if here.progress.is_new:
            return await reads(self.services, here, WELCOME)
        if not isinstance(here.step, AnswerQuestion):
            return await reads(self.services, here, lessons.item_of(here.step))
        asked = here.step.question
        chosen = self._choice(asked, again=here.step.again)
        then = (await submit(self.services, here, asked.id, here.step.ordinal, chosen)).visit
        return replace(then, step=next_step(self.services.course, then.progress))

    def _choice(self, asked: Question, *, again: bool) -> frozenset[OptionId]:
        skill = self.plan.skill + (_LEARNT if again else 0)
        is_stuck = self.plan.fate is Fate.STUCK and asked.id == self._stumbling_block
        if is_stuck:
            self._misses.append(self.at)
        elif self.plan.chance.random() < skill:
            return asked.correct
        wrong = [option.id for option in asked.options if option.id not in asked.correct]
        return frozenset({self.plan.chance.choice(wrong)}) if wrong else asked.correct

    @property
    def _stumbling_block(self) -> QuestionId:
        """The question that stuck learners never get right: the last of the first module."""
        return tuple(self.services.course.modules[0].questions())[-1].id

    def _is_enough(self, session: Session) -> bool:
        """Whether a stuck learner has failed often enough, for the day or for good."""
        today = sum(at >= session.at for at in self._misses)
        return today >= _A_DAY or len(self._misses) >= _ENOUGH

    def turn(self) -> Turn:
        """Make their next interaction, at the current time."""
        self._updates += 1
        learner = self.plan.learner
        update = (learner - FIRST_LEARNER + 1) * _UPDATES + self._updates
        return Turn(learner, "en", update, self.at)


async def _learn(life: Life, history: History, session: Session) -> None:
    await life.learn(session, history)
