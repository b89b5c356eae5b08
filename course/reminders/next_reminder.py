"""When the next reminder of a learner is due, of what kind and why; or why there is none. Pure.

Times are UTC milliseconds. Source: docs/decisions/0012-reminders.md.
`course.reminders.allowed_times` has the times at which reminders are allowed.
"""

from dataclasses import dataclass, replace

from course import local_time
from course.learning.next_step import has_finished_course
from course.model import Course
from course.reminders import experiment
from course.reminders.allowed_times import AllowedTimes, usual_minute
from course.reminders.planned_reminders import PlannedReminder, planned_reminders
from course.reminders.preferences import Pace
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm
from course.reminders.situation import ReminderSituation


@dataclass(frozen=True, slots=True)
class Reminder:
    """The next reminder.

    Attributes:
        at: when it is due, after all rules and with jitter; not before the given `now`.
        delay_reason: why it is later than rhythm or snooze demand; `None` when it is not.
    """

    kind: ReminderKind
    at: int
    reason: ReminderReason
    delay_reason: ReminderReason | None = None


@dataclass(frozen=True, slots=True)
class NoReminder:
    """No reminder will be due while nothing changes."""

    reason: ReminderReason


def plan_next_reminder(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, now: int
) -> Reminder | NoReminder:
    """Plan the learner's next reminder.

    If its time is not allowed, it moves to the next reminder minute that is. One that was due
    earlier (the program did not run, the clock jumped) is due at `now`, if `now` is allowed. Of two
    that are due at the same time, the deadline's comes first.
    """
    if (refused := _reason_for_none(course, situation)) is not None:
        return NoReminder(refused)
    allowed = _allowed_times(rhythm, situation)
    spread = experiment.jitter_milliseconds(situation.progress.learner, rhythm.jitter_minutes)
    planned = (
        _schedule(due, _allowed_times_for(due.kind, allowed, situation), spread, now)
        for due in planned_reminders(course, rhythm, situation, allowed)
    )
    nudges = [nudge for nudge in planned if nudge is not None]
    if nudges:
        return min(nudges, key=lambda nudge: nudge.at)
    none_ever = allowed.next_allowed(now) is None
    return NoReminder(ReminderReason.NO_MOMENT if none_ever else ReminderReason.ALL_USED)


def reason_not_to_send(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, kind: ReminderKind, now: int
) -> ReminderReason | None:
    """Why a queued reminder of `kind` must not be sent at `now`; `None` when it may.

    The recheck just before sending. `situation.proactive_at` must not include this reminder itself.
    """
    if (refused := _reason_for_none(course, situation)) is not None:
        return refused
    if not kind.is_requested and now < (situation.snoozed_until or 0):
        return ReminderReason.SNOOZED
    if kind is ReminderKind.DEADLINE and (situation.deadline is None or now >= situation.deadline):
        return ReminderReason.DEADLINE_OVER
    return _allowed_times_for(
        kind, _allowed_times(rhythm, situation), situation
    ).reason_not_allowed(now)


def next_allowed_time(
    rhythm: Rhythm, situation: ReminderSituation, kind: ReminderKind, now: int
) -> int | None:
    """The first time from `now` on at which a queued reminder of `kind` may be sent.

    For those reasons of `reason_not_to_send` that are temporary; `None` when there is no such time.
    """
    spread = experiment.jitter_milliseconds(situation.progress.learner, rhythm.jitter_minutes)
    return _allowed_times_for(kind, _allowed_times(rhythm, situation), situation).next_allowed(
        now, spread
    )


def _reason_for_none(course: Course, situation: ReminderSituation) -> ReminderReason | None:
    """Why no reminder at all may be sent."""
    wishes = situation.preferences
    if wishes.stopped:
        return ReminderReason.STOPPED
    if wishes.unreachable:
        return ReminderReason.UNREACHABLE
    if wishes.paused:
        return ReminderReason.PAUSED
    if wishes.pace is Pace.NONE:
        return ReminderReason.PACE_NONE
    if has_finished_course(course, situation.progress):
        return ReminderReason.FINISHED
    return None


def _schedule(
    due: PlannedReminder, allowed: AllowedTimes, jitter: int, now: int
) -> Reminder | None:
    """Schedule a reminder at the first allowed time; `None` when there is none in time."""
    at = allowed.next_allowed(due.at, jitter)
    if at is not None and at < now:
        at = now if allowed.reason_not_allowed(now) is None else allowed.next_allowed(now, jitter)
    if at is None or (due.expires_at is not None and at >= due.expires_at):
        return None
    return Reminder(due.kind, at, due.reason, allowed.reason_not_allowed(due.at))


def _allowed_times_for(
    kind: ReminderKind, allowed: AllowedTimes, situation: ReminderSituation
) -> AllowedTimes:
    """The allowed times of a kind of reminder.

    A snoozed reminder may be the second message of a day; without a time zone it comes at the time
    for which it was asked, or at the same time a day or more later. A deadline's reminder is not
    sent on a day on which the learner was active, since they saw the deadline then.
    """
    if kind is ReminderKind.DEADLINE:
        return replace(allowed, skips_last_active_day=True)
    if not kind.is_requested:
        return allowed
    until = situation.preferences.snoozed_until
    if allowed.zone is None and until is not None:
        wishes = replace(allowed.preferences, rest_days=frozenset())
        allowed = replace(
            allowed,
            preferences=wishes,
            reminder_minute=local_time.clock_minute(local_time.to_local("UTC", until)),
        )
    return replace(allowed, proactive_at=None)


def _allowed_times(rhythm: Rhythm, situation: ReminderSituation) -> AllowedTimes:
    wishes = situation.preferences
    zone = (
        wishes.zone if wishes.zone is not None and local_time.is_known_zone(wishes.zone) else None
    )
    if zone is None or wishes.at_usual_time:
        hour = usual_minute(situation.activity_times(), zone)
    else:
        hour = rhythm.reminder_minute if wishes.reminder_minute is None else wishes.reminder_minute
    if zone is not None and wishes.is_quiet(hour):
        hour = wishes.quiet_to
    return AllowedTimes(wishes, zone, hour, situation.active_at, situation.proactive_at)
