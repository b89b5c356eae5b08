"""When the next reminder of a learner is due, of what kind and why; or why there is none. Pure.

Times are UTC milliseconds. Source: docs/decisions/0012-reminders.md.
`course.reminders.allowed_times` has the times at which reminders are allowed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from course import local_time
from course.learning.next_step import AnswerQuestion, has_finished_course, next_step
from course.learning.progress import Progress
from course.model import Course
from course.reminders import experiment
from course.reminders.allowed_times import HOUR, AllowedTimes, usual_minute
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm

__all__ = [
    "NoReminder",
    "Reminder",
    "ReminderKind",
    "ReminderReason",
    "ReminderSituation",
    "Rhythm",
    "after_opportunity",
    "is_still_due",
    "next_allowed_time",
    "plan_next_reminder",
    "reason_not_to_send",
]


@dataclass(frozen=True, slots=True)
class ReminderSituation:
    """A learner, as input of the rules for reminders.

    Attributes:
        active_at: last activity of any kind, a press on Snooze included.
        reminders_used: opportunities of the kinds first, second and last taken since then.
        deadline: next deadline of their cohorts; `None` when there is none.
        later_deadlines: those after it, used when no allowed time is left before the next one.
        deadline_used: the deadline for which an opportunity was taken.
        proactive_at: when the last unasked message of any kind was sent to them.
        reminded_at: when the last opportunity of any kind was taken, sent or held out.
    """

    progress: Progress
    preferences: Preferences
    joined_at: int
    active_at: int
    reminders_used: int = 0
    deadline: int | None = None
    later_deadlines: tuple[int, ...] = ()
    deadline_used: int | None = None
    proactive_at: int | None = None
    reminded_at: int | None = None


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
    moments = _allowed_times(rhythm, situation)
    spread = experiment.jitter_milliseconds(situation.progress.learner, rhythm.jitter_minutes)
    planned = (
        _schedule(due, _allowed_times_for(due.kind, moments, situation), spread, now)
        for due in _planned_reminders(course, rhythm, situation, moments)
    )
    nudges = [nudge for nudge in planned if nudge is not None]
    if nudges:
        return min(nudges, key=lambda nudge: nudge.at)
    none_ever = moments.next_allowed(now) is None
    return NoReminder(ReminderReason.NO_MOMENT if none_ever else ReminderReason.ALL_USED)


def is_still_due(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, kind: ReminderKind, now: int
) -> bool:
    """Whether a queued reminder may be sent at `now`; see `reason_not_to_send`."""
    return reason_not_to_send(course, rhythm, situation, kind, now) is None


def reason_not_to_send(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, kind: ReminderKind, now: int
) -> ReminderReason | None:
    """Why a queued reminder of `kind` must not be sent at `now`; `None` when it may.

    The recheck just before sending. `situation.proactive_at` must not include this reminder itself.
    """
    if (refused := _reason_for_none(course, situation)) is not None:
        return refused
    if (
        not kind.is_requested
        and _is_snoozed(situation)
        and now < (situation.preferences.snoozed_until or 0)
    ):
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


def after_opportunity(
    situation: ReminderSituation, kind: ReminderKind, at: int, sent: bool
) -> ReminderSituation:
    """The situation after an opportunity was taken at `at`, `sent` or held out."""
    wishes = situation.preferences
    return replace(
        situation,
        preferences=replace(wishes, snoozed_until=None) if kind is ReminderKind.SNOOZED else wishes,
        reminders_used=situation.reminders_used + (kind in _INACTIVITY_KINDS),
        deadline_used=situation.deadline
        if kind is ReminderKind.DEADLINE
        else situation.deadline_used,
        proactive_at=at if sent else situation.proactive_at,
        reminded_at=at,
    )


_INACTIVITY_KINDS = (ReminderKind.FIRST, ReminderKind.SECOND, ReminderKind.LAST)


@dataclass(frozen=True, slots=True)
class _PlannedReminder:
    """A reminder at its time before allowed times are applied; expires at `expires_at`."""

    kind: ReminderKind
    at: int
    reason: ReminderReason
    expires_at: int | None = None


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


def _planned_reminders(
    course: Course, rhythm: Rhythm, situation: ReminderSituation, moments: AllowedTimes
) -> Iterator[_PlannedReminder]:
    """Reminders that may be due, most urgent first; while snoozed, only the snoozed one."""
    snoozed_until = situation.preferences.snoozed_until
    if snoozed_until is not None and _is_snoozed(situation):
        yield _PlannedReminder(ReminderKind.SNOOZED, snoozed_until, ReminderReason.ASKED)
        return
    yield from _planned_for_deadlines(rhythm, situation, moments)
    yield from _planned_for_open_question(course, rhythm, situation)
    yield from _planned_after_inactivity(rhythm, situation, moments)


def _is_snoozed(situation: ReminderSituation) -> bool:
    """Whether a snooze is active: no reminder and no activity since its end."""
    until = situation.preferences.snoozed_until
    return until is not None and until > max(situation.active_at, situation.reminded_at or 0)


def _planned_for_deadlines(
    rhythm: Rhythm, situation: ReminderSituation, moments: AllowedTimes
) -> Iterator[_PlannedReminder]:
    """A reminder before each deadline, unless the last one was sent, which announces no more."""
    if situation.deadline is None or not rhythm.deadline_hours:
        return
    if rhythm.kind_after(situation.reminders_used) is None:
        return
    for deadline in (situation.deadline, *situation.later_deadlines):
        if deadline != situation.deadline_used:
            at = moments.reminder_time_on_day(deadline - rhythm.deadline_hours * HOUR)
            yield _PlannedReminder(
                ReminderKind.DEADLINE, at, ReminderReason.DEADLINE_NEAR, expires_at=deadline
            )


def _planned_for_open_question(
    course: Course, rhythm: Rhythm, situation: ReminderSituation
) -> Iterator[_PlannedReminder]:
    """A reminder of a question that was left open, unless another reminder was taken since."""
    if not rhythm.open_question_hours or (situation.reminded_at or 0) > situation.active_at:
        return
    if situation.reminders_used == 0 and isinstance(
        next_step(course, situation.progress), AnswerQuestion
    ):
        at = situation.active_at + rhythm.open_question_hours * HOUR
        yield _PlannedReminder(ReminderKind.OPEN_QUESTION, at, ReminderReason.QUESTION_LEFT)


def _planned_after_inactivity(
    rhythm: Rhythm, situation: ReminderSituation, moments: AllowedTimes
) -> Iterator[_PlannedReminder]:
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
        moments.reminder_time_on_day(situation.active_at, days[1]),
        moments.reminder_time_on_day(since_last, days[1] - days[0]),
    )
    yield _PlannedReminder(kind, at, ReminderReason.AWAY)


def _schedule(
    due: _PlannedReminder, moments: AllowedTimes, jitter: int, now: int
) -> Reminder | None:
    """Schedule a reminder at the first allowed time; `None` when there is none in time."""
    at = moments.next_allowed(due.at, jitter)
    if at is not None and at < now:
        at = now if moments.reason_not_allowed(now) is None else moments.next_allowed(now, jitter)
    if at is None or (due.expires_at is not None and at >= due.expires_at):
        return None
    return Reminder(due.kind, at, due.reason, moments.reason_not_allowed(due.at))


def _allowed_times_for(
    kind: ReminderKind, moments: AllowedTimes, situation: ReminderSituation
) -> AllowedTimes:
    """The allowed times of a kind of reminder.

    A snoozed reminder may be the second message of a day; without a time zone it comes at the time
    for which it was asked, or at the same time a day or more later. A deadline's reminder is not
    sent on a day on which the learner was active, since they saw the deadline then.
    """
    if kind is ReminderKind.DEADLINE:
        return replace(moments, skips_last_active_day=True)
    if not kind.is_requested:
        return moments
    until = situation.preferences.snoozed_until
    if moments.zone is None and until is not None:
        wishes = replace(moments.preferences, rest_days=frozenset())
        moments = replace(
            moments,
            preferences=wishes,
            reminder_minute=local_time.clock_minute(local_time.to_local("UTC", until)),
        )
    return replace(moments, proactive_at=None)


def _allowed_times(rhythm: Rhythm, situation: ReminderSituation) -> AllowedTimes:
    wishes = situation.preferences
    zone = (
        wishes.zone if wishes.zone is not None and local_time.is_known_zone(wishes.zone) else None
    )
    if zone is None or wishes.at_usual_time:
        hour = usual_minute(_activity_times(situation), zone)
    else:
        hour = rhythm.reminder_minute if wishes.reminder_minute is None else wishes.reminder_minute
    if zone is not None and wishes.is_quiet(hour):
        hour = wishes.quiet_to
    return AllowedTimes(wishes, zone, hour, situation.active_at, situation.proactive_at)


def _activity_times(situation: ReminderSituation) -> Iterator[int]:
    """Times of the learner's activity."""
    attempts = chain.from_iterable(situation.progress.attempts.values())
    answered = (attempt.at for attempt in attempts)
    own = (situation.joined_at, situation.active_at)
    return chain(own, situation.progress.read.values(), answered)
