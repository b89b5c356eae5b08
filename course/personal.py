"""When what a facilitator writes to one learner may reach them, and why not. Pure rules.

A note of the facilitator's own accord counts as the learner's one unasked message a day. The answer
to a question does not: the learner asked for it.
"""

from dataclasses import dataclass, replace

from course import zones
from course.model import Course
from course.moments import MINUTE, Moments
from course.radar import Concern, Standing, sightings
from course.reasons import Reason
from course.wishes import Pace, Wishes

_AWAKE = 30 * MINUTE
"""After doing something, people are awake for so long, whatever hours they set (our judgement)."""


@dataclass(frozen=True, slots=True)
class Waits:
    """It may go later.

    Attributes:
        until: the first moment at which it may, in UTC milliseconds.
    """

    why: Reason
    until: int


@dataclass(frozen=True, slots=True)
class Never:
    """It is not to go at all; `Reason.ACTIVE` for what is no longer so."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Reached:
    """All that these rules look at about one learner.

    Attributes:
        zone: by whose clock quiet hours are told: their own, else their cohort's.
        active_at: when they last did anything, in UTC milliseconds.
        proactive_at: when something was last sent to them unasked; `None` for never.
    """

    wishes: Wishes
    zone: str
    active_at: int
    proactive_at: int | None = None


def note(
    course: Course, concern: Concern, standing: Standing, reached: Reached, now: int
) -> Waits | Never | None:
    """What keeps a note about `concern` from going at `now`; `None` when it may go.

    Whoever stopped, paused or blocked gets none, nor does anybody to whom it no longer applies.
    Within a snooze, quiet hours, rest days and a day on which something came it waits.
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
    """What keeps the answer to a learner's question from going at `now`; `None` when it may go.

    It goes to whoever stopped messages, too: they asked. It waits for the end of their quiet hours,
    unless they did something just now.
    """
    if reached.wishes.unreachable:
        return Never(Reason.UNREACHABLE)
    is_quiet = reached.wishes.is_quiet(zones.minute(zones.local(reached.zone, now)))
    if not is_quiet or now < reached.active_at + _AWAKE:
        return None
    return Waits(Reason.QUIET, zones.next_time(reached.zone, reached.wishes.quiet_to, now))


def _refused(wishes: Wishes) -> Reason | None:
    if wishes.unreachable:
        return Reason.UNREACHABLE
    if wishes.stopped:
        return Reason.STOPPED
    if wishes.paused:
        return Reason.PAUSED
    return Reason.PACE_NONE if wishes.pace is Pace.NONE else None


def _moments(reached: Reached) -> Moments:
    """What waits comes when the quiet hours are over, not at the hour of reminders."""
    wishes = replace(reached.wishes, zone=reached.zone)
    return Moments(wishes, reached.zone, wishes.quiet_to, reached.active_at, reached.proactive_at)
