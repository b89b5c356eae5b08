"""When the next reminder of a learner is due, of what kind and why; or why there is none. Pure.

Times are UTC milliseconds. Source: docs/decisions/0012-reminders.md. `course.reminders.allowed_times` has the
times at which reminders are allowed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from course import local_time
from course.learning.next_step import AnswerQuestion, next_step, nothing_left
from course.learning.progress import Progress
from course.model import Course
from course.reminders import experiment
from course.reminders.allowed_times import HOUR, Moments, usual_minute
from course.reminders.preferences import Pace, Wishes
from course.reminders.reasons import Reason
from course.reminders.rhythm import Kind, Rhythm

__all__ = [
    "Kind",
    "Nudge",
    "Reason",
    "Rhythm",
    "Silence",
    "Situation",
    "first_allowed",
    "hindrance",
    "is_still_due",
    "next_nudge",
    "taken",
]


@dataclass(frozen=True, slots=True)
class Situation:
    """A learner, as input of the rules for reminders.

    Attributes:
        active_at: last activity of any kind, a press on Snooze included.
        used: opportunities of the kinds first, second and last taken since then.
        deadline: next deadline of their cohorts; `None` when there is none.
        later_deadlines: those after it, used when no allowed time is left before the next one.
        deadline_used: the deadline for which an opportunity was taken.
        proactive_at: when the last unasked message of any kind was sent to them.
        nudged_at: when the last opportunity of any kind was taken, sent or held out.
    """

    progress: Progress
    wishes: Wishes
    joined_at: int
    active_at: int
    used: int = 0
    deadline: int | None = None
    later_deadlines: tuple[int, ...] = ()
    deadline_used: int | None = None
    proactive_at: int | None = None
    nudged_at: int | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """The next reminder.

    Attributes:
        at: when it is due, after all rules and with jitter; not before the given `now`.
        moved: why it is later than rhythm or snooze demand; `None` when it is not.
    """

    kind: Kind
    at: int
    because: Reason
    moved: Reason | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """No reminder will be due while nothing changes."""

    because: Reason


def next_nudge(course: Course, rhythm: Rhythm, situation: Situation, now: int) -> Nudge | Silence:
    """Plan the learner's next reminder.

    If its time is not allowed, it moves to the next reminder minute that is. One that was due
    earlier (the program did not run, the clock jumped) is due at `now`, if `now` is allowed. Of two
    that are due at the same time, the deadline's comes first.
    """
    if (refused := _refusal(course, situation)) is not None:
        return Silence(refused)
    moments = _moments(rhythm, situation)
    spread = experiment.jitter(situation.progress.learner, rhythm.jitter_minutes)
    planned = (
        _placed(due, _for(due.kind, moments, situation), spread, now)
        for due in _dues(course, rhythm, situation, moments)
    )
    nudges = [nudge for nudge in planned if nudge is not None]
    if nudges:
        return min(nudges, key=lambda nudge: nudge.at)
    none_ever = moments.first_from(now) is None
    return Silence(Reason.NO_MOMENT if none_ever else Reason.ALL_USED)


def is_still_due(
    course: Course, rhythm: Rhythm, situation: Situation, kind: Kind, now: int
) -> bool:
    """Whether a queued reminder may be sent at `now`; see `reason_not_to_send`."""
    return hindrance(course, rhythm, situation, kind, now) is None


def hindrance(
    course: Course, rhythm: Rhythm, situation: Situation, kind: Kind, now: int
) -> Reason | None:
    """Why a queued reminder of `kind` must not be sent at `now`; `None` when it may.

    The recheck just before sending. `situation.proactive_at` must not include this reminder itself.
    """
    if (refused := _refusal(course, situation)) is not None:
        return refused
    if (
        not kind.is_asked_for
        and _snoozed(situation)
        and now < (situation.wishes.snoozed_until or 0)
    ):
        return Reason.SNOOZED
    if kind is Kind.DEADLINE and (situation.deadline is None or now >= situation.deadline):
        return Reason.DEADLINE_OVER
    return _for(kind, _moments(rhythm, situation), situation).hindrance(now)


def first_allowed(rhythm: Rhythm, situation: Situation, kind: Kind, now: int) -> int | None:
    """The first time from `now` on at which a queued reminder of `kind` may be sent.

    For those reasons of `reason_not_to_send` that are temporary; `None` when there is no such time.
    """
    spread = experiment.jitter(situation.progress.learner, rhythm.jitter_minutes)
    return _for(kind, _moments(rhythm, situation), situation).first_from(now, spread)


def taken(situation: Situation, kind: Kind, at: int, sent: bool) -> Situation:
    """The situation after an opportunity was taken at `at`, `sent` or held out."""
    wishes = situation.wishes
    return replace(
        situation,
        wishes=replace(wishes, snoozed_until=None) if kind is Kind.SNOOZED else wishes,
        used=situation.used + (kind in _COUNTED),
        deadline_used=situation.deadline if kind is Kind.DEADLINE else situation.deadline_used,
        proactive_at=at if sent else situation.proactive_at,
        nudged_at=at,
    )


_COUNTED = (Kind.FIRST, Kind.SECOND, Kind.LAST)


@dataclass(frozen=True, slots=True)
class _Due:
    """A reminder at its time before allowed times are applied; expires at `before`."""

    kind: Kind
    at: int
    because: Reason
    before: int | None = None


def _refusal(course: Course, situation: Situation) -> Reason | None:
    """Why no reminder at all may be sent."""
    wishes = situation.wishes
    if wishes.stopped:
        return Reason.STOPPED
    if wishes.unreachable:
        return Reason.UNREACHABLE
    if wishes.paused:
        return Reason.PAUSED
    if wishes.pace is Pace.NONE:
        return Reason.PACE_NONE
    if nothing_left(course, situation.progress):
        return Reason.FINISHED
    return None


def _dues(course: Course, rhythm: Rhythm, situation: Situation, moments: Moments) -> Iterator[_Due]:
    """Reminders that may be due, most urgent first; while snoozed, only the snoozed one."""
    snoozed_until = situation.wishes.snoozed_until
    if snoozed_until is not None and _snoozed(situation):
        yield _Due(Kind.SNOOZED, snoozed_until, Reason.ASKED)
        return
    yield from _deadline(rhythm, situation, moments)
    yield from _open_question(course, rhythm, situation)
    yield from _counted(rhythm, situation, moments)


def _snoozed(situation: Situation) -> bool:
    """Whether a snooze is active: no reminder and no activity since its end."""
    until = situation.wishes.snoozed_until
    return until is not None and until > max(situation.active_at, situation.nudged_at or 0)


def _deadline(rhythm: Rhythm, situation: Situation, moments: Moments) -> Iterator[_Due]:
    """A reminder before each deadline, unless the last one was sent, which announces no more."""
    if situation.deadline is None or not rhythm.deadline_hours:
        return
    if rhythm.kind(situation.used) is None:
        return
    for deadline in (situation.deadline, *situation.later_deadlines):
        if deadline != situation.deadline_used:
            at = moments.hour_on_day(deadline - rhythm.deadline_hours * HOUR)
            yield _Due(Kind.DEADLINE, at, Reason.DEADLINE_NEAR, before=deadline)


def _open_question(course: Course, rhythm: Rhythm, situation: Situation) -> Iterator[_Due]:
    """A reminder of a question that was left open, unless another reminder was taken since."""
    if not rhythm.open_question_hours or (situation.nudged_at or 0) > situation.active_at:
        return
    if situation.used == 0 and isinstance(next_step(course, situation.progress), AnswerQuestion):
        at = situation.active_at + rhythm.open_question_hours * HOUR
        yield _Due(Kind.OPEN_QUESTION, at, Reason.QUESTION_LEFT)


def _counted(rhythm: Rhythm, situation: Situation, moments: Moments) -> Iterator[_Due]:
    """The next reminder that counts from the last activity.

    They keep their distance also when one was late, so that they do not all come on consecutive
    days after a snooze or an outage of weeks.
    """
    kind = rhythm.kind(situation.used)
    if kind is None:
        return
    times = 2 if situation.wishes.pace is Pace.GENTLE else 1
    days = (0, *(each * times for each in rhythm.after_days))[situation.used : situation.used + 2]
    since_last = max(situation.nudged_at or 0, situation.active_at)
    at = max(
        moments.hour_on_day(situation.active_at, days[1]),
        moments.hour_on_day(since_last, days[1] - days[0]),
    )
    yield _Due(kind, at, Reason.AWAY)


def _placed(due: _Due, moments: Moments, jitter: int, now: int) -> Nudge | None:
    """Schedule a reminder at the first allowed time; `None` when there is none in time."""
    at = moments.first_from(due.at, jitter)
    if at is not None and at < now:
        at = now if moments.hindrance(now) is None else moments.first_from(now, jitter)
    if at is None or (due.before is not None and at >= due.before):
        return None
    return Nudge(due.kind, at, due.because, moments.hindrance(due.at))


def _for(kind: Kind, moments: Moments, situation: Situation) -> Moments:
    """The allowed times of a kind of reminder.

    A snoozed reminder may be the second message of a day; without a time zone it comes at the time
    for which it was asked, or at the same time a day or more later. A deadline's reminder is not
    sent on a day on which the learner was active, since they saw the deadline then.
    """
    if kind is Kind.DEADLINE:
        return replace(moments, other_day=True)
    if not kind.is_asked_for:
        return moments
    until = situation.wishes.snoozed_until
    if moments.zone is None and until is not None:
        wishes = replace(moments.wishes, rest_days=frozenset())
        moments = replace(
            moments, wishes=wishes, hour=local_time.minute(local_time.local("UTC", until))
        )
    return replace(moments, proactive_at=None)


def _moments(rhythm: Rhythm, situation: Situation) -> Moments:
    wishes = situation.wishes
    zone = wishes.zone if wishes.zone is not None and local_time.is_zone(wishes.zone) else None
    if zone is None or wishes.usual:
        hour = usual_minute(_activity(situation), zone)
    else:
        hour = rhythm.hour if wishes.hour is None else wishes.hour
    if zone is not None and wishes.is_quiet(hour):
        hour = wishes.quiet_to
    return Moments(wishes, zone, hour, situation.active_at, situation.proactive_at)


def _activity(situation: Situation) -> Iterator[int]:
    """Times of the learner's activity."""
    attempts = chain.from_iterable(situation.progress.attempts.values())
    answered = (attempt.at for attempt in attempts)
    own = (situation.joined_at, situation.active_at)
    return chain(own, situation.progress.read.values(), answered)
