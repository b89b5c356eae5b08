"""When a facilitator's note to a learner may be sent, and why not. Pure rules.

An unasked note counts as the learner's one message of the day. The answer to a support request does
not, since the learner asked for it.
"""

from dataclasses import dataclass, replace

from course import local_time
from course.cohorts.radar import Concern, MemberSituation, radar_alerts
from course.local_time import MINUTE
from course.model import Course
from course.reminders.allowed_times import AllowedTimes
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason

_AWAKE_AFTER_ACTIVITY = 30 * MINUTE
"""How long people count as awake after activity, even in quiet hours (our judgement)."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """The note must be sent later.

    Attributes:
        until: first allowed time, in UTC milliseconds.
    """

    reason: ReminderReason
    until: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The note must not be sent; `ReminderReason.ACTIVE` if its concern no longer holds."""

    reason: ReminderReason


@dataclass(frozen=True, slots=True)
class NoteRecipient:
    """The recipient of a note, as input of these rules. Times are UTC milliseconds.

    Attributes:
        zone: their own time zone, else their cohort's.
        active_at: last activity.
        proactive_at: when the last unasked message was sent to them; `None` for never.
    """

    preferences: Preferences
    zone: str
    active_at: int
    proactive_at: int | None = None


def check_note(
    course: Course, concern: Concern, situation: MemberSituation, recipient: NoteRecipient, now: int
) -> Postponed | Rejected | None:
    """Check whether a note about `concern` may be sent at `now`; `None` when it may.

    Rejected if the learner stopped, paused or blocked the bot, or if the concern no longer holds.
    Postponed during a snooze, quiet hours, rest days and on a day with another unasked message.
    """
    refused = _refusal_reason(recipient.preferences)
    if refused is not None:
        return Rejected(refused)
    if all(one.concern is not concern for one in radar_alerts(course, situation, now)):
        return Rejected(ReminderReason.ACTIVE)
    snoozed_until = recipient.preferences.snoozed_until or 0
    if max(now, recipient.active_at) < snoozed_until:
        return Postponed(ReminderReason.SNOOZED, snoozed_until)
    allowed = _allowed_times(recipient)
    why = allowed.reason_not_allowed(now)
    if why is None:
        return None
    until = allowed.next_allowed(now)
    return Rejected(ReminderReason.NO_MOMENT) if until is None else Postponed(why, until)


def check_answer(recipient: NoteRecipient, now: int) -> Postponed | Rejected | None:
    """Check whether the answer to a support request may be sent at `now`; `None` when it may.

    It is also sent to learners who stopped messages, since they asked. Postponed during quiet
    hours, unless the learner was just active.
    """
    if recipient.preferences.unreachable:
        return Rejected(ReminderReason.UNREACHABLE)
    is_quiet = recipient.preferences.is_quiet(
        local_time.clock_minute(local_time.to_local(recipient.zone, now))
    )
    if not is_quiet or now < recipient.active_at + _AWAKE_AFTER_ACTIVITY:
        return None
    return Postponed(
        ReminderReason.QUIET,
        local_time.next_occurrence(recipient.zone, recipient.preferences.quiet_to, now),
    )


def _refusal_reason(wishes: Preferences) -> ReminderReason | None:
    if wishes.unreachable:
        return ReminderReason.UNREACHABLE
    if wishes.stopped:
        return ReminderReason.STOPPED
    if wishes.paused:
        return ReminderReason.PAUSED
    return ReminderReason.PACE_NONE if wishes.pace is Pace.NONE else None


def _allowed_times(reached: NoteRecipient) -> AllowedTimes:
    """Allowed times of a note: postponed to the end of quiet hours, not to the reminder minute."""
    wishes = replace(reached.preferences, zone=reached.zone)
    return AllowedTimes(
        wishes, reached.zone, wishes.quiet_to, reached.active_at, reached.proactive_at
    )
