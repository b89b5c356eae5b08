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
from bot.i18n import Voices
from bot.outbox.outbox import Ready, Refused
from bot.rendering import reminder_wordings
from bot.rendering.reminders import Local, nudge
from course import local_time
from course.model import LearnerId
from course.reminders import next_reminder
from course.reminders.experiment import Arm, arm
from course.reminders.experiment import wording as wording_of
from course.reminders.next_reminder import (
    Kind,
    Nudge,
    Situation,
    next_nudge,
)
from course.reminders.reasons import Reason
from storage import learners, reminders
from storage.facts import History
from storage.learners import Learner
from storage.outbox import NUDGE, Delivery
from storage.reminders import After, Opportunity
from storage.statements import Statement

log = logging.getLogger(__name__)

# Learners processed per tick, and reminders queued at most: a little more than can be sent in a
# minute at Telegram's rate. Others stay on the learners' rows, where their activity still counts.
A_TICK = 2_000

# Learners processed concurrently, so that their reads and writes share transactions.
_AT_ONCE = 32

# Reasons that delay a reminder only for a time.
_PASSING = frozenset({Reason.QUIET, Reason.REST_DAY, Reason.ONE_A_DAY, Reason.HOUR_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Nudging:
    """Queues due reminders and prepares their messages."""

    services: Services
    voices: Voices
    clock: Clock

    async def tick(self) -> int:
        """Take all due opportunities, the latest first; returns how many learners were due.

        Concurrent ticks, here or in other processes, take none twice.
        """
        store = self.services.store
        room = A_TICK - await store.queued(NUDGE, self.clock())
        if room <= 0:
            return 0
        due = await store.due(self.clock(), room)
        for begin in range(0, len(due), _AT_ONCE):
            some = due[begin : begin + _AT_ONCE]
            await asyncio.gather(*(self.look(learner, expected) for learner, expected in some))
        return len(due)

    async def prepare(self, delivery: Delivery, now: int) -> Ready | Refused:
        """Build the message of a reminder, or say why it must not be sent at `now`."""
        store = self.services.store
        history = await store.history(delivery.learner)
        opportunity = await store.nudge(delivery.learner, delivery.subject)
        if history.learner is None or opportunity is None:
            return Refused("gone")
        situation = _about(opportunity, history.learner, self._situation(history, now))
        if situation.active_at > opportunity.at:
            return Refused("active")
        refused = self._hindered(situation, opportunity.kind, now)
        if refused is not None:
            return refused
        reply = nudge(
            self.voices.of(history.learner.language, plain=history.learner.plain),
            self.services.course,
            self.services.rhythm,
            situation.progress,
            opportunity.kind,
            opportunity.wording,
            _local(history.learner, situation),
        )
        return Ready(reply, lambda at: self._hindered(situation, opportunity.kind, at))

    async def look(self, learner: LearnerId, expected: int) -> None:
        """Take one learner's opportunity, if one is due.

        Args:
            expected: the check time under which the learner was found; if it has changed since,
                nothing is written.
        """
        try:
            await self.services.store.write(*await self._found(learner, expected))
        except Exception:  # an error affects one learner only
            log.exception("A learner could not be looked at", extra={"action": "tick_failed"})

    async def _found(self, learner: LearnerId, expected: int) -> tuple[Statement, ...]:
        """Decide what to write for a learner whose check time is `expected`."""
        history = await self.services.store.history(learner)
        if history.learner is None:
            return ()
        now = self.clock()
        situation = self._situation(history, now)
        planned = self._next(situation, now)
        if not isinstance(planned, Nudge):
            return (learners.reschedules(learner, expected, None),)
        if planned.at > now:
            return (learners.reschedules(learner, expected, planned.at),)
        return await self._taken(history.learner, situation, planned.kind, expected, now)

    async def _taken(
        self, known: Learner, situation: Situation, kind: Kind, expected: int, now: int
    ) -> tuple[Statement, ...]:
        name = _name(situation, kind)
        side = arm(known.id, name, kind, self.services.rhythm.hold_out_percent)
        last = await self.services.store.last_wording(known.id, kind)
        number = reminder_wordings.number(self.services.rhythm, kind)
        wording = wording_of(known.id, name, kind, last, number)
        then = next_reminder.taken(situation, kind, now, sent=side is Arm.SEND)
        known = replace(known, deadline_used=then.deadline_used)
        then = reminder_schedule.with_deadlines(then, known, now)
        following = self._next(then, now)
        after = After(
            used=then.used,
            deadline_used=then.deadline_used,
            snoozed_until=then.wishes.snoozed_until,
            next_nudge_at=following.at if isinstance(following, Nudge) else None,
        )
        taken = Opportunity(name, kind, wording, side, now)
        return reminders.takes(known.id, expected, taken, after)

    def _situation(self, history: History, now: int) -> Situation:
        assert history.learner is not None, "the callers looked"
        progress = history.progress.credited(self.services.course)
        return reminder_schedule.situation(history.learner, progress, now)

    def _next(self, situation: Situation, now: int) -> Nudge | next_reminder.Silence:
        return next_nudge(self.services.course, self.services.rhythm, situation, now)

    def _hindered(self, situation: Situation, kind: Kind, now: int) -> Refused | None:
        """Why a reminder must not be sent at `now`, and when to retry if it is temporary."""
        rhythm = self.services.rhythm
        why = next_reminder.hindrance(self.services.course, rhythm, situation, kind, now)
        if why is None:
            return None
        if why not in _PASSING:
            return Refused(why.value)
        return Refused(why.value, next_reminder.first_allowed(rhythm, situation, kind, now))


def _about(opportunity: Opportunity, known: Learner, situation: Situation) -> Situation:
    """Restrict the situation to the opportunity's deadline, if it still holds, or its snooze."""
    if opportunity.kind is Kind.SNOOZED:
        wishes = replace(situation.wishes, snoozed_until=opportunity.since)
        return replace(situation, wishes=wishes)
    if opportunity.kind is not Kind.DEADLINE:
        return situation
    deadline = opportunity.since
    return replace(situation, deadline=deadline if deadline in known.deadlines else None)


def _local(known: Learner, situation: Situation) -> Local:
    """Local time for the message: in the learner's zone, or a deadline's in its cohort's zone."""
    own, deadline = situation.wishes.zone, situation.deadline
    if deadline is None:
        return Local(knows_zone=own is not None)
    of_cohort = None if own else known.clocks.get(deadline)
    shown = local_time.local(own or of_cohort or "UTC", deadline)
    return Local(own is not None, shown, of_cohort)


def _name(situation: Situation, kind: Kind) -> str:
    """Name of an opportunity, unique for the learner."""
    match kind:
        case Kind.SNOOZED:
            since = situation.wishes.snoozed_until
        case Kind.DEADLINE:
            since = situation.deadline
        case _:
            since = situation.active_at
    assert since is not None, "what is not there is not due"
    return reminders.named(since, kind)
