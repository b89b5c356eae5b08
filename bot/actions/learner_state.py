"""The state of one learner at one interaction, and how changes to it are stored."""

from dataclasses import dataclass, field
from typing import Any

from bot.actions import reminder_schedule
from bot.settings import Limits
from course.learning.next_step import Finished, Step, next_step
from course.learning.progress import Progress
from course.model import Course, LearnerId
from course.reminders.next_reminder import NoReminder, Reminder, plan_next_reminder
from course.reminders.rhythm import Rhythm
from course.reminders.situation import ReminderSituation
from storage.facts import History
from storage.learners import Learner
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Interaction:
    """One update of one person.

    Attributes:
        language: the language tag that Telegram sent; `None` when it sent none.
        update_id: the id of the update, the key of everything it causes.
        at: when the update was received, in UTC milliseconds.
    """

    learner: LearnerId
    language: str | None
    update_id: int
    at: int


@dataclass(frozen=True, slots=True)
class Services:
    """What actions work with.

    Attributes:
        admins: those of the settings; more are kept in the store.
        limits: of the settings.
        radar_cache: the last look at the radar of large cohorts; see `bot.actions.radar`.
    """

    course: Course
    store: Store
    admins: frozenset[int] = frozenset()
    limits: Limits = field(default_factory=Limits)
    radar_cache: dict[int, Any] = field(default_factory=dict, compare=False)

    @property
    def rhythm(self) -> Rhythm:
        """When the course reminds its learners."""
        return self.course.rhythm


@dataclass(frozen=True, slots=True)
class LearnerState:
    """Everything known about a learner at an interaction.

    Attributes:
        learner: `None` for somebody who has done nothing yet.
        progress: their progress, including what this interaction has added so far.
        step: what they do next.
    """

    interaction: Interaction
    learner: Learner | None
    progress: Progress
    step: Step

    @property
    def plain(self) -> bool:
        """Whether they want neither bars nor symbols."""
        return self.learner is not None and self.learner.plain

    @property
    def stopped(self) -> bool:
        """Whether they want no proactive messages."""
        return self.learner is not None and self.learner.stopped

    @property
    def zone(self) -> str | None:
        """Their time zone; `None` when it is not known."""
        return None if self.learner is None else self.learner.preferences.zone

    @property
    def should_ask_zone(self) -> bool:
        """Whether to ask for their time zone: reminders may come, and they were not asked before.

        When the interaction in which they were asked is delivered again, they are asked again.
        """
        known = self.learner or Learner(
            self.interaction.learner, self.interaction.at, self.interaction.language
        )
        if known.preferences.zone is not None or known.preferences.switched_off:
            return False
        was_asked = known.was_asked_zone and known.active_at != self.interaction.at
        return not was_asked and not isinstance(self.step, Finished)

    @property
    def has_facilitator(self) -> bool:
        """Whether they are in a cohort, so that they can ask a facilitator."""
        return self.learner is not None and self.learner.has_cohort

    @property
    def is_redelivered(self) -> bool:
        """Whether this update was applied before, and is delivered again."""
        return self.interaction.update_id in self.progress.updates


async def load_learner(services: Services, interaction: Interaction) -> LearnerState:
    """Load everything about the learner of this interaction, in one read."""
    return build_learner_state(
        services, interaction, await services.store.fetch_history(interaction.learner)
    )


def build_learner_state(
    services: Services, interaction: Interaction, history: History
) -> LearnerState:
    """Build the state of a learner from their loaded history."""
    progress = history.progress.with_current_key(services.course)
    return LearnerState(
        interaction, history.learner, progress, next_step(services.course, progress)
    )


def situation_of(state: LearnerState) -> ReminderSituation:
    """Everything that the rule for reminders needs."""
    interaction = state.interaction
    known = state.learner or Learner(interaction.learner, interaction.at, interaction.language)
    return reminder_schedule.build_situation(known, state.progress, interaction.at)


def find_next_reminder(services: Services, state: LearnerState) -> Reminder | NoReminder:
    """The next reminder as things are now, or why there will be none."""
    return plan_next_reminder(
        services.course, services.rhythm, situation_of(state), state.interaction.at
    )
