"""Which reminders may be due to a learner, and when, before allowed times are applied. Pure.

Source: docs/decisions/0012-reminders.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from course.learning.next_step import AnswerQuestion, next_step
from course.local_time import HOUR
from course.model import Course
from course.reminders.allowed_times import AllowedTimes
from course.reminders.preferences import Pace
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm
from course.reminders.situation import ReminderSituation


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder at its time before allowed times are applied; expires at `expires_at`."""

    kind: ReminderKind
    at: int
    reason: ReminderReason
    expires_at: int | None = None


def planned_reminders(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, allowed: AllowedTimes
) -> Iterator[PlannedReminder]:
    """Reminders that may be due, most urgent first; while snoozed, only the snoozed one."""
    if situation.snoozed_until is not None:
        yield PlannedReminder(ReminderKind.SNOOZED, situation.snoozed_until, ReminderReason.ASKED)
        return
    yield from _planned_for_deadlines(rhythm, situation, allowed)
    yield from _planned_for_open_question(course, rhythm, situation)
    yield from _planned_after_inactivity(rhythm, situation, allowed)


def _planned_for_deadlines(
    rhythm: Rhythm, situation: ReminderSituation, allowed: AllowedTimes
) -> Iterator[PlannedReminder]:
    """A reminder before each deadline, unless the last one was sent, which announces no more."""
    if situation.deadline is None or not rhythm.deadline_hours:
        return
    if rhythm.kind_after(situation.reminders_used) is None:
        return
    for deadline in (situation.deadline, *situation.later_deadlines):
        if deadline != situation.deadline_used:
            at = allowed.reminder_time_on_day(deadline - rhythm.deadline_hours * HOUR)
            yield PlannedReminder(
                ReminderKind.DEADLINE, at, ReminderReason.DEADLINE_NEAR, expires_at=deadline
            )


def _planned_for_open_question(
    course: Course, rhythm: Rhythm, situation: ReminderSituation
) -> Iterator[PlannedReminder]:
    """A reminder of a question that was left open, unless another reminder was taken since."""
    if not rhythm.open_question_hours or (situation.reminded_at or 0) > situation.active_at:
        return
    if situation.reminders_used == 0 and isinstance(
        next_step(course, situation.progress), AnswerQuestion
    ):
        at = situation.active_at + rhythm.open_question_hours * HOUR
        yield PlannedReminder(ReminderKind.OPEN_QUESTION, at, ReminderReason.QUESTION_LEFT)


def _planned_after_inactivity(
    rhythm: Rhythm, situation: ReminderSituation, allowed: AllowedTimes
) -> Iterator[PlannedReminder]:
    """The next reminder that counts from the last activity.

    They keep their distance also when one was late, so that they do not all come on consecutive
    days after a snooze or an outage of weeks.
    """
    kind = rhythm.kind_after(situation.reminders_used)
    if kind is None:
        return
    times = 2 if situation.preferences.pace is Pace.GENTLE else 1
    days = (0, *(each * times for each in rhythm.after_days))[
        situation.reminders_used : situation.reminders_used + 2
    ]
    since_last = max(situation.reminded_at or 0, situation.active_at)
    at = max(
        allowed.reminder_time_on_day(situation.active_at, days[1]),
        allowed.reminder_time_on_day(since_last, days[1] - days[0]),
    )
    yield PlannedReminder(kind, at, ReminderReason.AWAY)
