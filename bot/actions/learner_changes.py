"""Changes to what is stored of a learner, each with what follows from it in one transaction."""

from dataclasses import replace

from bot.actions import reminder_schedule
from bot.actions.learner_state import Interaction, LearnerState, Services, find_next_reminder
from course.learning.next_step import next_step
from course.learning.progress import Progress, Reading
from course.model import Course
from course.reminders.next_reminder import Reminder
from course.reminders.preferences import Preferences
from course.statistics.counters import ENROLMENT, begun_activity, reached_milestones
from storage import (
    counters,
    facts,
    inbox,
    learners,
    outbox,
    reminders,
)
from storage.learners import Learner
from storage.statements import Statement


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
    learner, at = state.interaction.learner, state.interaction.at
    counted = _count_fact(services.course, state, after, item)
    reminding = reminder_schedule.reschedule_after_fact(services.rhythm, learner, state.learner, at)
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
    learner, at = interaction.learner, interaction.at
    next_check_at = following.at if isinstance(following, Reminder) else None
    await _write(
        services,
        state,
        learners.save_preferences(learner, preferences, at),
        learners.mark_active(learner, at),
        learners.schedule_reminder_check(learner, next_check_at),
        outbox.cancel_reminders(learner, "wishes"),
        *_negative_reaction(interaction, known.preferences, preferences),
    )
    return then


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
    stopped = after.switched_off and not before.switched_off
    snoozed = after.snoozed_until not in (None, before.snoozed_until)
    if not (stopped or snoozed):
        return ()
    return reminders.record_negative_reaction(
        interaction.learner, interaction.at, stopped=stopped, snoozed=snoozed
    )


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
