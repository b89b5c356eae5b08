"""What a turn of a learner means for their reminders: statements that go with what it keeps."""

from dataclasses import replace
from typing import TypeAlias

from course.looking import first_look, last_fact
from course.model import LearnerId
from course.progress import Progress
from course.reminders import Situation
from course.rhythm import Rhythm
from storage import deliveries, learners, nudges
from storage.learners import Learner
from storage.statements import Statement

Statements: TypeAlias = tuple[Statement, ...]

# Milliseconds after an opportunity during which what a learner does is counted for it.
_COUNTED = 72 * 3_600_000


def situation(known: Learner, progress: Progress, now: int) -> Situation:
    """All that the rule of reminders looks at, at `now` (UTC milliseconds)."""
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
    """`situation` with the deadlines that the learner has before them at `now`."""
    first, *later = (*known.coming_deadlines(now), None)
    return replace(situation, deadline=first, later_deadlines=tuple(filter(None, later)))


def after_fact(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """The learner read or answered something."""
    return (*_looks(rhythm, learner, known, at), *_returns(learner, known, at))


def after_choice(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """The learner set or told something that is no fact and has nothing to do with reminders."""
    return (
        learners.is_active(learner, at),
        *_looks(rhythm, learner, known, at),
        *_takes_back(learner, known, at),
    )


def after_look(rhythm: Rhythm, learner: LearnerId, update: int, at: int) -> Statements:
    """The learner did something of which nothing else is kept, if nothing of `update` is."""
    return (learners.looks(learner, update, at, first_look(rhythm, at)),)


def _looks(rhythm: Rhythm, learner: LearnerId, known: Learner | None, at: int) -> Statements:
    """Set the time to look where none is set, or one that counted from an earlier activity.

    Somebody for whom nothing was planned may be back from where nothing could come: then a
    deadline or the end of a snooze, which count from nothing that they do, may be near.
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
    """A nudge that is not on its way is not needed any more."""
    if not _was_nudged(known, at):
        return ()
    return (deliveries.cancels(learner, "active"),)


def _returns(learner: LearnerId, known: Learner | None, at: int) -> Statements:
    if not _was_nudged(known, at):
        return ()
    return (*_takes_back(learner, known, at), *nudges.returns(learner, at))


def _was_nudged(known: Learner | None, at: int) -> bool:
    """Whether there was an opportunity within the days for which it is counted."""
    if known is None or known.nudged_at is None:
        return False
    return at - known.nudged_at <= _COUNTED
