"""Learners and their settings: the row and statements that change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.model import LearnerId
from course.reminders.preferences import Pace, Wishes
from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner's stored data besides their facts. Times are UTC milliseconds.

    Attributes:
        language: latest language tag from Telegram; `None` when it sent none.
        plain: plain-text mode, without bars and symbols.
        wishes: preferences about reminders.
        active_at: last activity that is no fact; their facts may be newer.
        nudges_used: reminder opportunities taken since their last activity.
        nudged_at: when the last opportunity was taken.
        deadline_used: the deadline for which an opportunity was taken.
        proactive_at: when the last unasked message was sent to them.
        next_nudge_at: when to check for a due reminder, never later than one is due;
            `None` for not before their next activity.
        deadlines: of their cohorts that are not archived, earliest first.
        clocks: by deadline, the time zone of its cohort.
        has_cohort: whether they are a member of a cohort that is not archived.
        asked_zone: whether they were asked for their time zone, or have set it.
    """

    id: LearnerId
    joined_at: int
    language: str | None
    plain: bool = False
    wishes: Wishes = field(default_factory=Wishes)
    active_at: int | None = None
    nudges_used: int = 0
    nudged_at: int | None = None
    deadline_used: int | None = None
    proactive_at: int | None = None
    next_nudge_at: int | None = None
    deadlines: tuple[int, ...] = ()
    clocks: Mapping[int, str] = field(default_factory=dict, hash=False)
    has_cohort: bool = False
    asked_zone: bool = False

    def coming_deadlines(self, now: int) -> tuple[int, ...]:
        """Deadlines after `now` (UTC milliseconds) and after `deadline_used`, in order."""
        begin = max(now, self.deadline_used or 0)
        return tuple(at for at in self.deadlines if at > begin)

    @property
    def stopped(self) -> bool:
        """Whether they stopped all unasked messages."""
        return self.wishes.stopped

    @property
    def unreachable(self) -> bool:
        """Whether they have blocked the bot."""
        return self.wishes.unreachable


def of_row(learner: LearnerId, row: Row) -> Learner:
    """Parse a row of kind 0 of the query `fetch_history`."""
    _, language, plain, kept, joined_at, stopped_at, unreachable_at = row
    (
        zone, remind_at, as_usual, quiet_from, quiet_to, rest_days, pace, snoozed_until, paused_at,
        active_at, used, nudged_at, deadline_used, proactive_at, next_nudge_at,
    ) = kept.split(";")  # fmt: skip
    wishes = Wishes(
        stopped=stopped_at is not None,
        unreachable=unreachable_at is not None,
        pace=Pace(pace),
        zone=None if zone in _NO_ZONE else zone,
        hour=_number(remind_at),
        usual=as_usual == "1",
        quiet_from=int(quiet_from),
        quiet_to=int(quiet_to),
        rest_days=frozenset(map(int, rest_days)),
        snoozed_until=_number(snoozed_until),
        paused=paused_at != "",
    )
    return Learner(
        learner,
        joined_at,
        language,
        plain=bool(plain),
        wishes=wishes,
        active_at=_number(active_at),
        nudges_used=int(used),
        nudged_at=_number(nudged_at),
        deadline_used=_number(deadline_used),
        proactive_at=_number(proactive_at),
        next_nudge_at=_number(next_nudge_at),
        asked_zone=zone != _NEVER_ASKED,
    )


_NEVER_ASKED = "-"
_NO_ZONE = ("", _NEVER_ASKED)


def _number(kept: str) -> int | None:
    return int(kept) if kept else None


def joins(learner: LearnerId, at: int, language: str | None) -> Statement:
    """Insert a learner; no effect for a known one."""
    return statement("add_learner", learner=learner, joined_at=at, language=language)


def sets_plain(learner: LearnerId, plain: bool) -> Statement:
    """Switch the plain-text mode on or off."""
    return statement("set_plain", learner=learner, plain=int(plain))


def stops(learner: LearnerId, at: int | None) -> Statement:
    """Stop unasked messages from `at` (UTC milliseconds) on; with `None` allow them again."""
    return statement("set_stopped", learner=learner, stopped_at=at)


def is_asked_zone(learner: LearnerId) -> Statement:
    """Record that they were asked for their time zone; no effect once it is set."""
    return statement("ask_zone", learner=learner)


def sets_wishes(learner: LearnerId, wishes: Wishes, at: int) -> Statement:
    """Update all preferences; `unreachable` is not one of them.

    Args:
        at: start of a stop or pause, unless it has begun before, in UTC milliseconds.
    """
    return statement(
        "set_wishes",
        learner=learner,
        stopped=int(wishes.stopped),
        paused=int(wishes.paused),
        at=at,
        zone=wishes.zone,
        remind_at=wishes.hour,
        as_usual=int(wishes.usual),
        quiet_from=wishes.quiet_from,
        quiet_to=wishes.quiet_to,
        rest_days="".join(map(str, sorted(wishes.rest_days))),
        pace=wishes.pace.value,
        snoozed_until=wishes.snoozed_until,
    )


def looks(learner: LearnerId, update: int, at: int, look_at: int) -> Statement:
    """Record activity that changes no other data, so that reminders count from `at`.

    No effect if `update` was applied: its facts carry the time.

    Args:
        look_at: when to check for a due reminder, unless an earlier check is scheduled.
    """
    return statement("see_learner", learner=learner, update_id=update, at=at, look_at=look_at)


def is_active(learner: LearnerId, at: int) -> Statement:
    """Set the last activity to `at`, from which reminders count. Not needed with a fact."""
    return statement("set_active", learner=learner, at=at)


def schedules(learner: LearnerId, at: int | None) -> Statement:
    """Schedule the next check for a due reminder; `None` for not before their next activity."""
    return statement("schedule", learner=learner, at=at)


def reschedules(learner: LearnerId, expected: int, at: int | None) -> Statement:
    """Like `schedule_reminder_check`, but only if the scheduled time is still `expected`."""
    return statement("reschedule", learner=learner, expected=expected, at=at)


def speaks(learner: LearnerId, language: str | None) -> Statement:
    """Set the language tag sent by Telegram."""
    return statement("set_language", learner=learner, language=language)


def is_unreachable(learner: LearnerId, at: int | None) -> Statement:
    """Record that the learner blocked the bot at `at`; with `None` that they are reachable."""
    return statement("set_unreachable", learner=learner, unreachable_at=at)


def is_reachable(learner: LearnerId, at: int) -> Statement:
    """Clear a block that was recorded before `at`, when the learner was active in their chat."""
    return statement("set_reachable", learner=learner, at=at)


def forgets(learner: LearnerId) -> Statement:
    """Delete a learner with all their facts."""
    return statement("delete_learner", learner=learner)
