"""Learners and their settings: the row and statements that change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course.model import LearnerId
from course.reminders.preferences import Pace, Preferences
from storage.statements import Phase, Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner's stored data besides their facts. Times are UTC milliseconds.

    Attributes:
        language: latest language tag from Telegram; `None` when it sent none.
        plain: plain-text mode, without bars and symbols.
        preferences: preferences about reminders.
        active_at: last activity that is no fact; their facts may be newer.
        reminders_used: due reminders taken since their last activity.
        reminded_at: when the last due reminder was taken.
        deadline_used: the deadline for which a due reminder was taken.
        proactive_at: when the last unasked message was sent to them.
        next_reminder_check_at: when to check for a due reminder, never later than one is due;
            `None` for not before their next activity.
        deadlines: of their cohorts that are not archived, earliest first.
        deadline_zones: by deadline, the time zone of its cohort.
        has_cohort: whether they are a member of a cohort that is not archived.
        was_asked_zone: whether they were asked for their time zone, or have set it.
    """

    id: LearnerId
    joined_at: int
    language: str | None
    plain: bool = False
    preferences: Preferences = field(default_factory=Preferences)
    active_at: int | None = None
    reminders_used: int = 0
    reminded_at: int | None = None
    deadline_used: int | None = None
    proactive_at: int | None = None
    next_reminder_check_at: int | None = None
    deadlines: tuple[int, ...] = ()
    deadline_zones: Mapping[int, str] = field(default_factory=dict, hash=False)
    has_cohort: bool = False
    was_asked_zone: bool = False

    def future_deadlines(self, now: int) -> tuple[int, ...]:
        """Deadlines after `now` (UTC milliseconds) and after `deadline_used`, in order."""
        begin = max(now, self.deadline_used or 0)
        return tuple(at for at in self.deadlines if at > begin)

    @property
    def stopped(self) -> bool:
        """Whether they stopped all unasked messages."""
        return self.preferences.stopped

    @property
    def unreachable(self) -> bool:
        """Whether they have blocked the bot."""
        return self.preferences.unreachable


def learner_from_rows(learner: LearnerId, rows: Sequence[Row]) -> Learner:
    """Parse the rows of the query `fetch_learner`, at least one."""
    (
        language, plain, zone, remind_at, as_usual, quiet_from, quiet_to, rest_days, pace,
        snoozed_until, paused_at, active_at, used, nudged_at, deadline_used, proactive_at,
        next_nudge_at, joined_at, stopped_at, unreachable_at, *_,
    ) = rows[0]  # fmt: skip
    preferences = Preferences(
        stopped=stopped_at is not None,
        unreachable=unreachable_at is not None,
        pace=Pace(pace),
        zone=zone or None,
        reminder_minute=remind_at,
        at_usual_time=bool(as_usual),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        rest_days=frozenset(map(int, rest_days)),
        snoozed_until=snoozed_until,
        paused=paused_at is not None,
    )
    zones = {deadline: zone for *_, deadline, zone in rows if deadline is not None}
    return Learner(
        learner,
        joined_at,
        language,
        plain=bool(plain),
        preferences=preferences,
        active_at=active_at,
        reminders_used=used,
        reminded_at=nudged_at,
        deadline_used=deadline_used,
        proactive_at=proactive_at,
        next_reminder_check_at=next_nudge_at,
        deadlines=tuple(sorted(zones)),
        deadline_zones=zones,
        has_cohort=any(cohort is not None for *_, cohort, _, _ in rows),
        was_asked_zone=zone is not None,
    )


def add_learner(learner: LearnerId, at: int, language: str | None) -> Statement:
    """Insert a learner; no effect for a known one."""
    return statement(
        "add_learner", Phase.NEW_LEARNERS, learner=learner, joined_at=at, language=language
    )


def set_plain(learner: LearnerId, plain: bool) -> Statement:
    """Switch the plain-text mode on or off."""
    return statement("set_plain", learner=learner, plain=int(plain))


def set_stopped(learner: LearnerId, at: int | None) -> Statement:
    """Stop unasked messages from `at` (UTC milliseconds) on; with `None` allow them again."""
    return statement("set_stopped", learner=learner, stopped_at=at)


def mark_zone_asked(learner: LearnerId) -> Statement:
    """Record that they were asked for their time zone; no effect once it is set."""
    return statement("mark_zone_asked", learner=learner)


def save_preferences(learner: LearnerId, preferences: Preferences, at: int) -> Statement:
    """Update all preferences; `unreachable` is not one of them.

    Args:
        at: start of a stop or pause, unless it has begun before, in UTC milliseconds.
    """
    return statement(
        "save_preferences",
        learner=learner,
        stopped=int(preferences.stopped),
        paused=int(preferences.paused),
        at=at,
        zone=preferences.zone,
        remind_at=preferences.reminder_minute,
        as_usual=int(preferences.at_usual_time),
        quiet_from=preferences.quiet_from,
        quiet_to=preferences.quiet_to,
        rest_days="".join(map(str, sorted(preferences.rest_days))),
        pace=preferences.pace.value,
        snoozed_until=preferences.snoozed_until,
    )


def record_activity(learner: LearnerId, update: int, at: int, check_at: int) -> Statement:
    """Record activity that changes no other data, so that reminders count from `at`.

    No effect if `update` was applied: its facts carry the time.

    Args:
        check_at: when to check for a due reminder, unless an earlier check is scheduled.
    """
    return statement("record_activity", learner=learner, update_id=update, at=at, look_at=check_at)


def mark_active(learner: LearnerId, at: int) -> Statement:
    """Set the last activity to `at`, from which reminders count. Not needed with a fact."""
    return statement("mark_active", learner=learner, at=at)


def schedule_reminder_check(learner: LearnerId, at: int | None) -> Statement:
    """Schedule the next check for a due reminder; `None` for not before their next activity."""
    return statement("schedule_reminder_check", learner=learner, at=at)


def reschedule_reminder_check(learner: LearnerId, expected: int, at: int | None) -> Statement:
    """Like `schedule_reminder_check`, but only if the scheduled time is still `expected`."""
    return statement("reschedule_reminder_check", learner=learner, expected=expected, at=at)


def set_language(learner: LearnerId, language: str | None) -> Statement:
    """Set the language tag sent by Telegram."""
    return statement("set_language", learner=learner, language=language)


def set_unreachable(learner: LearnerId, at: int | None) -> Statement:
    """Record that the learner blocked the bot at `at`; with `None` that they are reachable."""
    return statement("set_unreachable", learner=learner, unreachable_at=at)


def mark_reachable(learner: LearnerId, at: int) -> Statement:
    """Clear a block that was recorded before `at`, when the learner was active in their chat."""
    return statement("mark_reachable", learner=learner, at=at)


def delete_learner(learner: LearnerId) -> Statement:
    """Delete a learner with all their facts."""
    return statement("delete_learner", Phase.DELETIONS, learner=learner)
