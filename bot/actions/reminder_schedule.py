"""Statements that update a learner's reminder schedule together with what they did."""

from dataclasses import replace
from typing import TypeAlias

from course.learning.progress import Progress
from course.model import LearnerId
from course.reminders.check_times import first_look, last_fact
from course.reminders.next_reminder import Situation
from course.reminders.rhythm import Rhythm
from storage import learners, outbox, reminders
from storage.learners import Learner
from storage.statements import Statement

Statements: TypeAlias = tuple[Statement, ...]

# Milliseconds after an opportunity during which a learner's activity counts as a return.
_COUNTED = 72 * 3_600_000


def situation(known: Learner, progress: Progress, now: int) -> Situation:
    """Everything that the rule for reminders needs, at `now` (UTC milliseconds)."""
    active_at = max(known.active_at or known.joined_at, last_fact(progress) or known.joined_at)
    has_come_since = known.nudged_at is not None and active_at > known.nudged_at
    looked_at = Situation(
        progress=progress,
        wishes=known.wishes,
        joined_at=known.joined_at,
        active_at=active_at,
        used=0 if has_come_since else known.nudges_used,
        deadline_used=known.deadline_used,
        proactive_at=known.proactive_at,
        nudged_at=known.nudged_at,
    )
    return with_deadlines(looked_at, known, now)


def with_deadlines(situation: Situation, known: Learner, now: int) -> Situation:
    """`situation` with the learner's deadlines that are still ahead at `now`."""
    first, *later = (*known.coming_deadlines(now), None)
    return replace(situation, deadline=first, later_deadlines=tuple(filter(None, later)))


def after_fact(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Update the schedule after the learner read or answered something."""
    return (*_looks(rhythm, learner, known, at), *_returns(learner, known, at))


def after_choice(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Update the schedule after a change that is no fact and does not concern reminders."""
    return (
        learners.is_active(learner, at),
        *_looks(rhythm, learner, known, at),
        *_takes_back(learner, known, at),
    )


def after_look(rhythm: Rhythm, learner: LearnerId, update: int, at: int) -> Statements:
    """Update the schedule after a view that stores nothing else, once for each `update`."""
    return (learners.looks(learner, update, at, first_look(rhythm, at)),)


def _looks(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Set the next check where none is set, or one that counted from an earlier activity.

    If none was set, the learner may return from a state without any reminder: then a deadline or
    the end of a snooze, which do not depend on activity, may be near, so the check is now.
    """
    look_at = first_look(rhythm, at)
    if known is None:
        return (learners.schedules(learner, look_at),)
    if known.next_nudge_at is None:
        return (learners.schedules(learner, at),)
    if known.next_nudge_at <= look_at:
        return ()
    return (learners.schedules(learner, look_at),)


def _takes_back(learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Cancel a reminder that is not being sent yet."""
    if not _was_nudged(known, at):
        return ()
    return (outbox.cancels(learner, "active"),)


def _returns(learner: LearnerId, known: Learner | None, at: int) -> Statements:
    if not _was_nudged(known, at):
        return ()
    return (*_takes_back(learner, known, at), *reminders.returns(learner, at))


def _was_nudged(known: Learner | None, at: int) -> bool:
    """Whether there was an opportunity within the return window."""
    if known is None or known.nudged_at is None:
        return False
    return at - known.nudged_at <= _COUNTED
