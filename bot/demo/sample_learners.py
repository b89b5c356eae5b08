"""Simulated learners: carry out their plans through the bot's own actions."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from bot.actions import joining, learner_settings, lessons
from bot.actions.answers import record_answer
from bot.actions.learner_changes import record_reading, save_preferences
from bot.actions.learner_state import (
    Interaction,
    LearnerState,
    Services,
    build_learner_state,
    load_learner,
)
from bot.demo.sample_cohorts import LearnerStatus
from bot.demo.sample_people import FIRST_LEARNER_ID, LearnerPlan, Session
from bot.i18n import Translators
from bot.jobs.reminders import ReminderSender
from course.learning.next_step import AnswerQuestion, Finished, next_step
from course.learning.progress import WELCOME
from course.model import OptionId, Question, QuestionId
from storage.facts import History

# Update ids reserved for each learner.
_MAX_UPDATES = 10_000

# Wrong answers after which a stuck learner stops for the day, and for good.
_MISSES_A_DAY, _MAX_MISSES = 2, 5

# Increase of the probability of a right answer when a question is repeated.
_REPEAT_BONUS = 0.2

# Share of learners who set their time zone.
_ZONE_PROBABILITY = 0.9

LearnerAction: TypeAlias = Callable[["SampleLearner", History], Awaitable[None]]
"""Something that a learner does, given their history."""


@dataclass(slots=True)
class SampleLearner:
    """A simulated learner.

    Attributes:
        invitation: payload after `?start=` in their cohort's link; `None` for no cohort.
        at: time up to which they are simulated, in UTC milliseconds.
    """

    services: Services
    translators: Translators
    plan: LearnerPlan
    invitation: str | None
    until: int
    at: int = 0
    _updates: int = 0
    _reminded_at: int = 0
    _misses: list[int] = field(default_factory=list)
    _actions: deque[tuple[int, LearnerAction]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        plan = self.plan
        actions: list[tuple[int, LearnerAction]] = [(plan.joins_at, SampleLearner._join)]
        actions += [
            (one.starts_at, partial(SampleLearner.learn, session=one)) for one in plan.sessions
        ]
        if plan.leaves_at is not None:
            actions.append((plan.leaves_at, SampleLearner._leave))
        self._actions.extend(sorted(actions, key=lambda one: one[0]))

    def add_action(self, at: int, action: LearnerAction) -> None:
        """Add an action at a later time."""
        self._actions = deque(sorted((*self._actions, (at, action)), key=lambda one: one[0]))

    async def advance(self, until: int) -> bool:
        """Simulate up to `until`, or to the next reminder, which must be delivered first.

        Returns:
            Whether `until` was reached.
        """
        while True:
            at, action = self._actions[0] if self._actions else (self.until, None)
            history = await self._load_unless_reminded(before=min(at, until))
            if history is None:
                return False
            if action is None or at > until:
                return True
            self._actions.popleft()
            self.at = max(at, self.at)
            await action(self, history)

    async def _load_unless_reminded(self, before: int) -> History | None:
        """Load the history before an action; `None` if a reminder was queued or sent first."""
        history = await self.services.store.fetch_history(self.plan.learner)
        known = history.learner
        if known is None:
            return history
        if known.reminded_at is not None and known.reminded_at > self._reminded_at:
            self._reminded_at = known.reminded_at
            return None
        due = known.next_reminder_check_at
        if due is None or due > before:
            return history
        self.at = max(due, self.at)
        await ReminderSender(self.services, self.translators, lambda: self.at).take_due_reminder(
            known.id, due
        )
        return await self._load_unless_reminded(before)  # it may have set another check time

    async def _join(self, _: History) -> None:
        await learner_settings.start_chat(self.services, self.make_interaction())
        state = await load_learner(self.services, self.make_interaction())
        assert state.learner is not None, "they have started"
        if self.plan.random.random() < _ZONE_PROBABILITY:
            wishes = replace(state.learner.preferences, zone=self.plan.zone)
            await save_preferences(self.services, state, wishes)
        if self.invitation is not None:
            await joining.open_link(self.services, self.make_interaction(), self.invitation)
            await joining.join_cohort(self.services, self.make_interaction(), self.plan.name)

    async def _leave(self, _: History) -> None:
        if self.plan.status is LearnerStatus.STOPPED:
            await learner_settings.set_messages(self.services, self.make_interaction(), on=False)
        else:
            await learner_settings.mark_blocked(
                self.services, self.make_interaction(), blocked=True
            )

    async def learn(self, history: History, session: Session) -> None:
        """Go through the course for one session, without reloading the history."""
        state = build_learner_state(self.services, self.make_interaction(), history)
        for _ in range(session.max_items):
            if (
                isinstance(state.step, Finished)
                or self.at >= self.until
                or self._is_enough(session)
            ):
                return
            state = await self._do_step(replace(state, interaction=self.make_interaction()))
            self.at = min(self.at + self.plan.random.randrange(8_000, 110_000), self.until)

    async def _do_step(self, state: LearnerState) -> LearnerState:
        if state.progress.is_new:
            return await record_reading(self.services, state, WELCOME)
        if not isinstance(state.step, AnswerQuestion):
            return await record_reading(self.services, state, lessons.item_of(state.step))
        asked = state.step.question
        chosen = self._choose_options(asked, again=state.step.is_retry)
        after = (
            await record_answer(self.services, state, asked.id, state.step.ordinal, chosen)
        ).learner_state
        return replace(after, step=next_step(self.services.course, after.progress))

    def _choose_options(self, asked: Question, *, again: bool) -> frozenset[OptionId]:
        skill = self.plan.skill + (_REPEAT_BONUS if again else 0)
        is_stuck = self.plan.status is LearnerStatus.STUCK and asked.id == self._stuck_question
        if is_stuck:
            self._misses.append(self.at)
        elif self.plan.random.random() < skill:
            return asked.correct
        wrong = [option.id for option in asked.options if option.id not in asked.correct]
        return frozenset({self.plan.random.choice(wrong)}) if wrong else asked.correct

    @property
    def _stuck_question(self) -> QuestionId:
        """The question that stuck learners never get right: the last of the first module."""
        return tuple(self.services.course.modules[0].questions())[-1].id

    def _is_enough(self, session: Session) -> bool:
        """Whether a stuck learner has failed often enough, for the day or for good."""
        today = sum(at >= session.starts_at for at in self._misses)
        return today >= _MISSES_A_DAY or len(self._misses) >= _MAX_MISSES

    def make_interaction(self) -> Interaction:
        """Make their next interaction, at the current time."""
        self._updates += 1
        learner = self.plan.learner
        update = (learner - FIRST_LEARNER_ID + 1) * _MAX_UPDATES + self._updates
        return Interaction(learner, "en", update, self.at)
