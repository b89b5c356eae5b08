"""When a facilitator's note to a learner may be sent, and why not. Pure rules.

An unasked note counts as the learner's one message of the day. The answer to a support request does
not, since the learner asked for it.
"""

from dataclasses import dataclass, replace

from course import local_time
from course.cohorts.radar import Concern, Standing, sightings
from course.model import Course
from course.reminders.allowed_times import MINUTE, Moments
from course.reminders.preferences import Pace, Wishes
from course.reminders.reasons import Reason

_AWAKE = 30 * MINUTE
"""How long people count as awake after activity, even in quiet hours (our judgement)."""


@dataclass(frozen=True, slots=True)
class Waits:
    """The note must be sent later.

    Attributes:
        until: first allowed time, in UTC milliseconds.
    """

    why: Reason
    until: int


@dataclass(frozen=True, slots=True)
class Never:
    """The note must not be sent; `ReminderReason.ACTIVE` if its concern no longer holds."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Reached:
    """The recipient of a note, as input of these rules. Times are UTC milliseconds.

    Attributes:
        zone: their own time zone, else their cohort's.
        active_at: last activity.
        proactive_at: when the last unasked message was sent to them; `None` for never.
    """

    wishes: Wishes
    zone: str
    active_at: int
    proactive_at: int | None = None


def note(
    course: Course, concern: Concern, standing: Standing, reached: Reached, now: int
) -> Waits | Never | None:
    """Check whether a note about `concern` may be sent at `now`; `None` when it may.

    Rejected if the learner stopped, paused or blocked the bot, or if the concern no longer holds.
    Postponed during a snooze, quiet hours, rest days and on a day with another unasked message.
    """
    refused = _refused(reached.wishes)
    if refused is not None:
        return Never(refused)
    if all(one.concern is not concern for one in sightings(course, standing, now)):
        return Never(Reason.ACTIVE)
    snoozed_until = reached.wishes.snoozed_until or 0
    if max(now, reached.active_at) < snoozed_until:
        return Waits(Reason.SNOOZED, snoozed_until)
    moments = _moments(reached)
    why = moments.hindrance(now)
    if why is None:
        return None
    until = moments.first_from(now)
    return Never(Reason.NO_MOMENT) if until is None else Waits(why, until)


def answer(reached: Reached, now: int) -> Waits | Never | None:
    """Check whether the answer to a support request may be sent at `now`; `None` when it may.

    It is also sent to learners who stopped messages, since they asked. Postponed during quiet
    hours, unless the learner was just active.
    """
    if reached.wishes.unreachable:
        return Never(Reason.UNREACHABLE)
    is_quiet = reached.wishes.is_quiet(local_time.minute(local_time.local(reached.zone, now)))
    if not is_quiet or now < reached.active_at + _AWAKE:
        return None
    return Waits(Reason.QUIET, local_time.next_time(reached.zone, reached.wishes.quiet_to, now))


def _refused(wishes: Wishes) -> Reason | None:
    if wishes.unreachable:
        return Reason.UNREACHABLE
    if wishes.stopped:
        return Reason.STOPPED
    if wishes.paused:
        return Reason.PAUSED
    return Reason.PACE_NONE if wishes.pace is Pace.NONE else None


def _moments(reached: Reached) -> Moments:
    """Allowed times of a note: postponed to the end of quiet hours, not to the reminder minute."""
    wishes = replace(reached.wishes, zone=reached.zone)
    return Moments(wishes, reached.zone, wishes.quiet_to, reached.active_at, reached.proactive_at)
