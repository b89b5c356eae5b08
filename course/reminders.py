"""When a learner is reminded next, of what, and why; or why not. One rule, pure.

Sends nothing and stores nothing. Times are UTC milliseconds. Source:
docs/decisions/0012-reminders.md. At which moments one may come is in `course.moments`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from course import arms, zones
from course.model import Course
from course.moments import HOUR, Moments, usual_minute
from course.progress import Progress
from course.reasons import Reason
from course.rhythm import Kind, Rhythm
from course.steps import AnswerQuestion, next_step, nothing_left
from course.wishes import Pace, Wishes

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
    """All that the rule looks at about one learner.

    Attributes:
        active_at: when they last did anything at all, a press on Snooze included.
        used: opportunities of the kinds first, second and last that were taken since then.
        deadline: their cohort's, the next one of several; `None` when there is none.
        later_deadlines: those after it. They count when no moment is left before the next one.
        deadline_used: the deadline for which the opportunity was taken.
        proactive_at: when we last sent them anything unasked, of whatever kind.
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
    """The next opportunity.

    Attributes:
        at: when, all rules kept and the jitter included; not before the `now` it was asked for.
        moved: why it comes later than the rhythm or the learner's snooze says; `None` when not.
    """

    kind: Kind
    at: int
    because: Reason
    moved: Reason | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing will come as things stand."""

    because: Reason


def next_nudge(course: Course, rhythm: Rhythm, situation: Situation, now: int) -> Nudge | Silence:
    """What comes next for the learner, and when.

    A moment that is not allowed is moved to the next of the learner's own hours that is. What was
    due while nobody looked (the program slept, the clock jumped) comes at `now`, if `now` is
    allowed. Of two that are due at the same moment, the deadline's goes first.
    """
    if (refused := _refusal(course, situation)) is not None:
        return Silence(refused)
    moments = _moments(rhythm, situation)
    spread = arms.jitter(situation.progress.learner, rhythm.jitter_minutes)
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
    """Whether a nudge that waits may be sent at `now`; see `hindrance`."""
    return hindrance(course, rhythm, situation, kind, now) is None


def hindrance(
    course: Course, rhythm: Rhythm, situation: Situation, kind: Kind, now: int
) -> Reason | None:
    """Why a nudge of `kind` must not be sent at `now`; `None` when it may.

    The check at the moment of sending, for one whose turn has come by `next_nudge`. Whatever was
    sent unasked before counts; `situation.proactive_at` must not be this nudge itself.
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
    """The first moment from `now` on at which a nudge of `kind` that waits may be sent.

    Its reasons are those of `hindrance` that pass by themselves; `None` when there is no moment.
    """
    spread = arms.jitter(situation.progress.learner, rhythm.jitter_minutes)
    return _for(kind, _moments(rhythm, situation), situation).first_from(now, spread)


def taken(situation: Situation, kind: Kind, at: int, sent: bool) -> Situation:
    """The situation after an opportunity was taken at `at`: sent, or with not `sent` held out."""
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
    """When a nudge would come if every moment were allowed; useless from `before` on."""

    kind: Kind
    at: int
    because: Reason
    before: int | None = None


def _refusal(course: Course, situation: Situation) -> Reason | None:
    """Why nothing at all may come."""
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
    """What may be due, the most urgent first. While snoozed, nothing but the end of the snooze."""
    snoozed_until = situation.wishes.snoozed_until
    if snoozed_until is not None and _snoozed(situation):
        yield _Due(Kind.SNOOZED, snoozed_until, Reason.ASKED)
        return
    yield from _deadline(rhythm, situation, moments)
    yield from _open_question(course, rhythm, situation)
    yield from _counted(rhythm, situation, moments)


def _snoozed(situation: Situation) -> bool:
    """Whether a snooze is still to end: neither a reminder nor the learner came since its end."""
    until = situation.wishes.snoozed_until
    return until is not None and until > max(situation.active_at, situation.nudged_at or 0)


def _deadline(rhythm: Rhythm, situation: Situation, moments: Moments) -> Iterator[_Due]:
    """One before each deadline, unless the last one was used: that one says that it is the last."""
    if situation.deadline is None or not rhythm.deadline_hours:
        return
    if rhythm.kind(situation.used) is None:
        return
    for deadline in (situation.deadline, *situation.later_deadlines):
        if deadline != situation.deadline_used:
            at = moments.hour_on_day(deadline - rhythm.deadline_hours * HOUR)
            yield _Due(Kind.DEADLINE, at, Reason.DEADLINE_NEAR, before=deadline)


def _open_question(course: Course, rhythm: Rhythm, situation: Situation) -> Iterator[_Due]:
    """One for a question that was left open, unless something came since."""
    if not rhythm.open_question_hours or (situation.nudged_at or 0) > situation.active_at:
        return
    if situation.used == 0 and isinstance(next_step(course, situation.progress), AnswerQuestion):
        at = situation.active_at + rhythm.open_question_hours * HOUR
        yield _Due(Kind.OPEN_QUESTION, at, Reason.QUESTION_LEFT)


def _counted(rhythm: Rhythm, situation: Situation, moments: Moments) -> Iterator[_Due]:
    """The next of those that count from the last activity.

    They keep their distance from each other also when one was late: after the end of a snooze or
    a failure of weeks, not all of them come on the following days.
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
    """The nudge at the first moment that is allowed; `None` when there is none in time."""
    at = moments.first_from(due.at, jitter)
    if at is not None and at < now:
        at = now if moments.hindrance(now) is None else moments.first_from(now, jitter)
    if at is None or (due.before is not None and at >= due.before):
        return None
    return Nudge(due.kind, at, due.because, moments.hindrance(due.at))


def _for(kind: Kind, moments: Moments, situation: Situation) -> Moments:
    """The moments of a kind.

    What a learner asked for comes on a day on which something else came, too; and where no zone was
    told when they asked for it, or a day or more later at the same time. Of a deadline nobody is
    told on a day on which they were here: they joined, or saw it then.
    """
    if kind is Kind.DEADLINE:
        return replace(moments, other_day=True)
    if not kind.is_asked_for:
        return moments
    until = situation.wishes.snoozed_until
    if moments.zone is None and until is not None:
        wishes = replace(moments.wishes, rest_days=frozenset())
        moments = replace(moments, wishes=wishes, hour=zones.minute(zones.local("UTC", until)))
    return replace(moments, proactive_at=None)


def _moments(rhythm: Rhythm, situation: Situation) -> Moments:
    wishes = situation.wishes
    zone = wishes.zone if wishes.zone is not None and zones.is_zone(wishes.zone) else None
    if zone is None or wishes.usual:
        hour = usual_minute(_activity(situation), zone)
    else:
        hour = rhythm.hour if wishes.hour is None else wishes.hour
    if zone is not None and wishes.is_quiet(hour):
        hour = wishes.quiet_to
    return Moments(wishes, zone, hour, situation.active_at, situation.proactive_at)


def _activity(situation: Situation) -> Iterator[int]:
    """When the learner did something."""
    attempts = chain.from_iterable(situation.progress.attempts.values())
    answered = (attempt.at for attempt in attempts)
    own = (situation.joined_at, situation.active_at)
    return chain(own, situation.progress.read.values(), answered)
