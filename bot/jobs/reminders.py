"""Sends reminders: finds learners for whom one is due, queues it, and prepares the message.

Whether one is due is decided by a rule of the course package, checked at the tick, when the message
is prepared, and again just before it is sent. Experiment arm and wording are chosen by hashes, not
at random.
"""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.actions import reminder_schedule
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering import reminder_wordings
from bot.rendering.reminders import LearnerClock, reminder
from course import local_time
from course.model import LearnerId
from course.reminders import next_reminder
from course.reminders.experiment import ExperimentArm, assign_arm
from course.reminders.experiment import choose_wording as wording_of
from course.reminders.next_reminder import Reminder, plan_next_reminder
from course.reminders.rhythm import ReminderKind
from course.reminders.situation import ReminderSituation, after_due_reminder
from storage import learners, reminders
from storage.facts import History
from storage.learners import Learner
from storage.outbox import REMINDER, Delivery
from storage.reminders import DueReminder, NextReminderState
from storage.statements import Statement

log = logging.getLogger(__name__)

# Learners processed per tick, and reminders queued at most: a little more than can be sent in a
# minute at Telegram's rate. Others stay on the learners' rows, where their activity still counts.
MAX_PER_TICK = 2_000

# Learners processed concurrently, so that their reads and writes share transactions.
_CONCURRENT_LEARNERS = 32


@dataclass(frozen=True, slots=True)
class ReminderSender:
    """Queues due reminders and prepares their messages."""

    services: Services
    translators: Translators
    clock: Clock

    async def tick(self) -> int:
        """Take due reminders, those overdue longest first; returns how many learners were due.

        Concurrent ticks, here or in other processes, take none twice.
        """
        store = self.services.store
        room = MAX_PER_TICK - await store.count_queued(REMINDER, self.clock())
        if room <= 0:
            return 0
        due = await store.fetch_due_learners(self.clock(), room)
        for begin in range(0, len(due), _CONCURRENT_LEARNERS):
            batch = due[begin : begin + _CONCURRENT_LEARNERS]
            await asyncio.gather(
                *(self.take_due_reminder(learner, expected) for learner, expected in batch)
            )
        return len(due)

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build the message of a reminder, or say why it must not be sent at `now`."""
        store = self.services.store
        learner = LearnerId(delivery.recipient)
        history = await store.fetch_history(learner)
        due = await store.fetch_due_reminder(learner, delivery.subject)
        if history.learner is None or due is None:
            return Withheld("gone")
        situation = _narrow_situation(due, history.learner, self._make_situation(history, now))
        if situation.active_at > due.at:
            return Withheld("active")
        withheld = self._find_refusal(situation, due.kind, now)
        if withheld is not None:
            return withheld
        reply = reminder(
            self.translators.for_language(history.learner.language, plain=history.learner.plain),
            self.services.course,
            self.services.rhythm,
            situation.progress,
            due.kind,
            due.wording,
            _make_local(history.learner, situation),
        )
        return Prepared(reply, lambda at: self._find_refusal(situation, due.kind, at))

    async def take_due_reminder(self, learner: LearnerId, expected: int) -> None:
        """Take one learner's due reminder, if one is due.

        Args:
            expected: the check time under which the learner was found; if it has changed since,
                nothing is written.
        """
        try:
            await self.services.store.write(*await self._plan_writes(learner, expected))
        except Exception:  # an error affects one learner only
            log.exception("A learner could not be looked at", extra={"action": "tick_failed"})

    async def _plan_writes(self, learner: LearnerId, expected: int) -> tuple[Statement, ...]:
        """Decide what to write for a learner whose check time is `expected`."""
        history = await self.services.store.fetch_history(learner)
        if history.learner is None:
            return ()
        now = self.clock()
        situation = self._make_situation(history, now)
        planned = self._find_next_reminder(situation, now)
        if not isinstance(planned, Reminder):
            return (learners.reschedule_reminder_check(learner, expected, None),)
        if planned.at > now:
            return (learners.reschedule_reminder_check(learner, expected, planned.at),)
        return await self._plan_due_reminder_writes(
            history.learner, situation, planned.kind, expected, now
        )

    async def _plan_due_reminder_writes(
        self,
        learner: Learner,
        situation: ReminderSituation,
        kind: ReminderKind,
        expected: int,
        now: int,
    ) -> tuple[Statement, ...]:
        name = _name_due_reminder(situation, kind)
        experiment_arm = assign_arm(learner.id, name, kind, self.services.rhythm.hold_out_percent)
        last = await self.services.store.fetch_last_wording(learner.id, kind)
        wording_count = reminder_wordings.count_wordings(self.services.rhythm, kind)
        wording = wording_of(learner.id, name, kind, last, wording_count)
        then = after_due_reminder(situation, kind, now, sent=experiment_arm is ExperimentArm.SEND)
        learner = replace(learner, deadline_used=then.deadline_used)
        then = reminder_schedule.with_deadlines(then, learner, now)
        following = self._find_next_reminder(then, now)
        after = NextReminderState(
            used=then.reminders_used,
            deadline_used=then.deadline_used,
            snoozed_until=then.preferences.snoozed_until,
            next_nudge_at=following.at if isinstance(following, Reminder) else None,
        )
        taken = DueReminder(name, kind, wording, experiment_arm, now)
        return reminders.take_due_reminder(learner.id, expected, taken, after)

    def _make_situation(self, history: History, now: int) -> ReminderSituation:
        assert history.learner is not None, "the callers looked"
        progress = history.progress.with_current_key(self.services.course)
        return reminder_schedule.build_situation(history.learner, progress, now)

    def _find_next_reminder(
        self, situation: ReminderSituation, now: int
    ) -> Reminder | next_reminder.NoReminder:
        return plan_next_reminder(self.services.course, self.services.rhythm, situation, now)

    def _find_refusal(
        self, situation: ReminderSituation, kind: ReminderKind, now: int
    ) -> Withheld | None:
        """Why a reminder must not be sent at `now`, and when to retry if it is temporary."""
        rhythm = self.services.rhythm
        reason = next_reminder.reason_not_to_send(
            self.services.course, rhythm, situation, kind, now
        )
        if reason is None:
            return None
        if not reason.is_temporary:
            return Withheld(reason.value)
        return Withheld(reason.value, next_reminder.next_allowed_time(rhythm, situation, kind, now))


def _narrow_situation(
    due: DueReminder, learner: Learner, situation: ReminderSituation
) -> ReminderSituation:
    """Restrict the situation to the due reminder's deadline, if it still holds, or its snooze."""
    if due.kind is ReminderKind.SNOOZED:
        wishes = replace(situation.preferences, snoozed_until=due.since)
        return replace(situation, preferences=wishes)
    if due.kind is not ReminderKind.DEADLINE:
        return situation
    deadline = due.since
    return replace(situation, deadline=deadline if deadline in learner.deadlines else None)


def _make_local(learner: Learner, situation: ReminderSituation) -> LearnerClock:
    """Local time for the message: in the learner's zone, or a deadline's in its cohort's zone."""
    own, deadline = situation.preferences.zone, situation.deadline
    if deadline is None:
        return LearnerClock(knows_zone=own is not None)
    of_cohort = None if own else learner.deadline_zones.get(deadline)
    shown = local_time.to_local(own or of_cohort or "UTC", deadline)
    return LearnerClock(own is not None, shown, of_cohort)


def _name_due_reminder(situation: ReminderSituation, kind: ReminderKind) -> str:
    """Name of a due reminder, unique for the learner."""
    match kind:
        case ReminderKind.SNOOZED:
            since = situation.preferences.snoozed_until
        case ReminderKind.DEADLINE:
            since = situation.deadline
        case _:
            since = situation.active_at
    assert since is not None, "what is not there is not due"
    return reminders.due_reminder_name(since, kind)
