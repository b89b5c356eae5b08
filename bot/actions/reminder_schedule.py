"""Statements that update a learner's reminder schedule together with what they did."""

from dataclasses import replace
from typing import TypeAlias

from course.learning.progress import Progress
from course.model import LearnerId
from course.reminders.rhythm import Rhythm
from course.reminders.situation import ReminderSituation
from storage import learners, outbox, reminders
from storage.learners import Learner
from storage.statements import Statement

Statements: TypeAlias = tuple[Statement, ...]

# Milliseconds after a due reminder during which a learner's activity counts as a return.
_RETURN_WINDOW = 72 * 3_600_000


def build_situation(known: Learner, progress: Progress, now: int) -> ReminderSituation:
    """Everything that the rule for reminders needs, at `now` (UTC milliseconds)."""
    active_at = max(known.active_at or known.joined_at, progress.last_fact_at() or known.joined_at)
    has_come_since = known.reminded_at is not None and active_at > known.reminded_at
    looked_at = ReminderSituation(
        progress=progress,
        preferences=known.preferences,
        joined_at=known.joined_at,
        active_at=active_at,
        reminders_used=0 if has_come_since else known.reminders_used,
        deadline_used=known.deadline_used,
        proactive_at=known.proactive_at,
        reminded_at=known.reminded_at,
    )
    return with_deadlines(looked_at, known, now)


def with_deadlines(situation: ReminderSituation, known: Learner, now: int) -> ReminderSituation:
    """`situation` with the learner's deadlines that are still ahead at `now`."""
    first, *later = (*known.future_deadlines(now), None)
    return replace(situation, deadline=first, later_deadlines=tuple(filter(None, later)))


def reschedule_after_fact(
    rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int
) -> Statements:
    """Update the schedule after the learner read or answered something."""
    return (*_schedule_check(rhythm, learner, known, at), *_record_return(learner, known, at))


def reschedule_after_change(
    rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int
) -> Statements:
    """Update the schedule after a change that is no fact and does not concern reminders."""
    return (
        learners.mark_active(learner, at),
        *_schedule_check(rhythm, learner, known, at),
        *_cancel_pending(learner, known, at),
    )


def reschedule_after_view(rhythm: Rhythm, learner: LearnerId, update: int, at: int) -> Statements:
    """Update the schedule after a view that stores nothing else, once for each `update`."""
    return (learners.record_activity(learner, update, at, rhythm.first_check_at(at)),)


def _schedule_check(
    rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int
) -> Statements:
    """Set the next check where none is set, or one that counted from an earlier activity.

    If none was set, the learner may return from a state without any reminder: then a deadline or
    the end of a snooze, which do not depend on activity, may be near, so the check is now.
    """
    look_at = rhythm.first_check_at(at)
    if known is None:
        return (learners.schedule_reminder_check(learner, look_at),)
    if known.next_reminder_check_at is None:
        return (learners.schedule_reminder_check(learner, at),)
    if known.next_reminder_check_at <= look_at:
        return ()
    return (learners.schedule_reminder_check(learner, look_at),)


def _cancel_pending(learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Cancel a reminder that is not being sent yet."""
    if not _was_reminded(known, at):
        return ()
    return (outbox.cancel_reminders(learner, "active"),)


def _record_return(learner: LearnerId, known: Learner | None, at: int) -> Statements:
    if not _was_reminded(known, at):
        return ()
    return (*_cancel_pending(learner, known, at), *reminders.record_return(learner, at))


def _was_reminded(known: Learner | None, at: int) -> bool:
    """Whether there was a due reminder within the return window."""
    if known is None or known.reminded_at is None:
        return False
    return at - known.reminded_at <= _RETURN_WINDOW
