"""The state of one learner at one interaction, and how changes to it are stored."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.actions import reminder_schedule
from course.learning.next_step import Finished, Step, next_step
from course.learning.progress import Progress, Reading
from course.model import Course, LearnerId
from course.reminders.next_reminder import (
    NoReminder,
    Reminder,
    ReminderSituation,
    plan_next_reminder,
)
from course.reminders.preferences import Pace, Preferences
from course.reminders.rhythm import Rhythm
from course.statistics.counters import ENROLMENT, begun_activity, reached_milestones
from storage import (
    counters,
    facts,
    inbox,
    learners,
    outbox,
    reminders,
)
from storage.facts import History
from storage.learners import Learner
from storage.statements import Statement
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
        most_cohorts: that one facilitator may lead, those that are over not counted.
        radar_cache: the last look at the radar of large cohorts; see `bot.actions.radar`.
    """

    course: Course
    store: Store
    admins: frozenset[int] = frozenset()
    most_cohorts: int = 100
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
        if known.preferences.zone is not None or _wants_no_reminders(known.preferences):
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


async def record_reading(services: Services, state: LearnerState, item: str) -> LearnerState:
    """Store that `item` was read to its end; returns the state after it."""
    reading = Reading(item, state.interaction.at, state.interaction.update_id)
    progress = state.progress.after_reading(reading)
    await record_facts(
        services, state, progress, item, *facts.add_reading(state.interaction.learner, reading)
    )
    return replace(state, progress=progress, step=next_step(services.course, progress))


async def record_facts(
    services: Services, state: LearnerState, after: Progress, item: str, *statements: Statement
) -> None:
    """Write the facts of an interaction, in one transaction with what follows from them.

    Counters, the reminder schedule and the mark in the inbox are written with them.

    Args:
        after: the learner's progress including these facts.
        item: the card, question or module that was read or answered.
    """
    interaction, known = state.interaction, state.learner
    counted = _count_fact(services.course, state, after, item)
    reminding = reminder_schedule.reschedule_after_fact(
        services.rhythm, interaction.learner, known, interaction.at
    )
    await _write(services, state, *statements, *counted, *reminding)


def _count_fact(
    course: Course, state: LearnerState, after: Progress, item: str
) -> tuple[Statement, ...]:
    learner, at, before = state.interaction.learner, state.interaction.at, state.progress
    begun = begun_activity(before, after, state.zone, at)
    return (
        *(counters.add_visits(learner, at, begun) if begun is not None else ()),
        *counters.add_milestones(learner, at, reached_milestones(course, before, after, item)),
    )


async def save_changes(services: Services, state: LearnerState, *statements: Statement) -> None:
    """Write changes that are neither facts nor preferences, together with the mark in the inbox."""
    interaction, known = state.interaction, state.learner
    reminding = reminder_schedule.reschedule_after_change(
        services.rhythm, interaction.learner, known, interaction.at
    )
    await _write(services, state, *statements, *reminding)


async def save_and_reschedule(
    services: Services, state: LearnerState, *statements: Statement
) -> None:
    """Write changes that may affect the next reminder, and schedule a check for now."""
    interaction = state.interaction
    active = learners.mark_active(interaction.learner, interaction.at)
    await _write(
        services,
        state,
        *statements,
        active,
        learners.schedule_reminder_check(interaction.learner, interaction.at),
    )


async def save_preferences(
    services: Services, state: LearnerState, preferences: Preferences
) -> LearnerState:
    """Store reminder preferences and what follows from them; returns the state after it.

    A reminder that is not being sent yet is cancelled; the next check is scheduled anew.
    """
    interaction = state.interaction
    known = state.learner or Learner(interaction.learner, interaction.at, interaction.language)
    there = replace(preferences, unreachable=False)  # a learner who changes settings can be reached
    after = replace(known, preferences=there, active_at=interaction.at)
    then = replace(state, learner=after)
    following = find_next_reminder(services, then)
    await _write(
        services,
        state,
        learners.save_preferences(interaction.learner, preferences, interaction.at),
        learners.mark_active(interaction.learner, interaction.at),
        learners.schedule_reminder_check(
            interaction.learner, following.at if isinstance(following, Reminder) else None
        ),
        outbox.cancel_reminders(interaction.learner, "wishes"),
        *_negative_reaction(interaction, known.preferences, preferences),
    )
    return then


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


async def _write(services: Services, state: LearnerState, *statements: Statement) -> None:
    interaction = state.interaction
    await services.store.write(
        *_learner_statements(interaction, state.learner),
        *statements,
        inbox.mark_update_applied(interaction.update_id, interaction.at),
    )


def _negative_reaction(
    interaction: Interaction, before: Preferences, after: Preferences
) -> tuple[Statement, ...]:
    """Record what the change says against past reminders: a stop or a snooze."""
    stopped = _wants_no_reminders(after) and not _wants_no_reminders(before)
    snoozed = after.snoozed_until not in (None, before.snoozed_until)
    if not (stopped or snoozed):
        return ()
    return reminders.record_negative_reaction(
        interaction.learner, interaction.at, stopped=stopped, snoozed=snoozed
    )


def _wants_no_reminders(wishes: Preferences) -> bool:
    return wishes.stopped or wishes.paused or wishes.pace is Pace.NONE


def _learner_statements(interaction: Interaction, known: Learner | None) -> list[Statement]:
    if known is None:
        joined = learners.add_learner(interaction.learner, interaction.at, interaction.language)
        return [joined, *counters.add_milestones(interaction.learner, interaction.at, [ENROLMENT])]
    changes = []
    if interaction.language is not None and interaction.language != known.language:
        changes.append(learners.set_language(interaction.learner, interaction.language))
    if known.unreachable:
        changes.append(learners.set_unreachable(interaction.learner, None))
    return changes
