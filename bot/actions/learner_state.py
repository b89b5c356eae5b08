"""The state of one learner at one interaction, and how changes to it are stored."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.actions import reminder_schedule
from bot.actions.counters import after_fact
from course.learning.next_step import Finished, Step, next_step
from course.learning.progress import Progress, Reading
from course.model import Course, LearnerId
from course.reminders.next_reminder import (
    Nudge,
    Silence,
    Situation,
    next_nudge,
)
from course.reminders.preferences import Pace, Wishes
from course.reminders.rhythm import Rhythm
from storage import (
    counters,
    facts,
    inbox,
    learners,
    outbox,
    reminders,
)
from storage.facts import History
from storage.learners import Learner
from storage.statements import Statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Turn:
    """One update of one person.

    Attributes:
        language: the language tag that Telegram sent; `None` when it sent none.
        update_id: the id of the update, the key of everything it causes.
        at: when the update was received, in UTC milliseconds.
    """

    learner: LearnerId
    language: str | None
    update: int
    at: int


@dataclass(frozen=True, slots=True)
class Services:
    """What actions work with.

    Attributes:
        admins: those of the settings; more are kept in the store.
        most_cohorts: that one facilitator may lead, those that are over not counted.
        looks: the last look at the radar of large cohorts; see `bot.actions.radar`.
    """

    course: Course
    store: Store
    admins: frozenset[int] = frozenset()
    most_cohorts: int = 100
    looks: dict[int, Any] = field(default_factory=dict, compare=False)

    @property
    def rhythm(self) -> Rhythm:
        """When the course reminds its learners."""
        return self.course.rhythm


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything known about a learner at an interaction.

    Attributes:
        learner: `None` for somebody who has done nothing yet.
        progress: their progress, including what this interaction has added so far.
        step: what they do next.
    """

    turn: Turn
    learner: Learner | None
    progress: Progress
    step: Step

    @property
    def plain(self) -> bool:
        """Whether they want neither bars nor symbols."""
        return self.learner is not None and self.learner.plain

    @property
    def stopped(self) -> bool:
        """Whether they want no proactive messages."""
        return self.learner is not None and self.learner.stopped

    @property
    def zone(self) -> str | None:
        """Their time zone; `None` when it is not known."""
        return None if self.learner is None else self.learner.wishes.zone

    @property
    def asks_zone(self) -> bool:
        """Whether to ask for their time zone: reminders may come, and they were not asked before.

        When the interaction in which they were asked is delivered again, they are asked again.
        """
        known = self.learner or Learner(self.turn.learner, self.turn.at, self.turn.language)
        if known.wishes.zone is not None or _wants_none(known.wishes):
            return False
        was_asked = known.asked_zone and known.active_at != self.turn.at
        return not was_asked and not isinstance(self.step, Finished)

    @property
    def has_facilitator(self) -> bool:
        """Whether they are in a cohort, so that they can ask a facilitator."""
        return self.learner is not None and self.learner.has_cohort

    @property
    def is_applied(self) -> bool:
        """Whether this update was applied before, and is delivered again."""
        return self.turn.update in self.progress.updates


async def visit(services: Services, turn: Turn) -> Visit:
    """Load everything about the learner of this interaction, in one read."""
    return visit_of(services, turn, await services.store.history(turn.learner))


def visit_of(services: Services, turn: Turn, history: History) -> Visit:
    """Build the state of a learner from their loaded history."""
    progress = history.progress.credited(services.course)
    return Visit(turn, history.learner, progress, next_step(services.course, progress))


async def reads(services: Services, here: Visit, item: str) -> Visit:
    """Store that `item` was read to its end; returns the state after it."""
    reading = Reading(item, here.turn.at, here.turn.update)
    progress = here.progress.after_reading(reading)
    await learns(services, here, progress, item, *facts.add_reading(here.turn.learner, reading))
    return replace(here, progress=progress, step=next_step(services.course, progress))


async def learns(
    services: Services, here: Visit, after: Progress, item: str, *statements: Statement
) -> None:
    """Write the facts of an interaction, in one transaction with what follows from them.

    Counters, the reminder schedule and the mark in the inbox are written with them.

    Args:
        after: the learner's progress including these facts.
        item: the card, question or module that was read or answered.
    """
    turn, known = here.turn, here.learner
    tally = after_fact(
        services.course, turn.learner, turn.at, here.progress, after, item, here.zone
    )
    reminding = reminder_schedule.after_fact(services.rhythm, turn.learner, known, turn.at)
    await _write(services, here, *statements, *tally, *reminding)


async def keep(services: Services, here: Visit, *statements: Statement) -> None:
    """Write changes that are neither facts nor preferences, together with the mark in the inbox."""
    turn, known = here.turn, here.learner
    reminding = reminder_schedule.after_choice(services.rhythm, turn.learner, known, turn.at)
    await _write(services, here, *statements, *reminding)


async def keep_and_look(services: Services, here: Visit, *statements: Statement) -> None:
    """Write changes that may affect the next reminder, and schedule a check for now."""
    turn = here.turn
    active = learners.is_active(turn.learner, turn.at)
    await _write(services, here, *statements, active, learners.schedules(turn.learner, turn.at))


async def sets_wishes(services: Services, here: Visit, wanted: Wishes) -> Visit:
    """Store reminder preferences and what follows from them; returns the state after it.

    A reminder that is not being sent yet is cancelled; the next check is scheduled anew.
    """
    turn = here.turn
    known = here.learner or Learner(turn.learner, turn.at, turn.language)
    there = replace(wanted, unreachable=False)  # a learner who changes settings can be reached
    after = replace(known, wishes=there, active_at=turn.at)
    then = replace(here, learner=after)
    following = coming(services, then)
    await _write(
        services,
        here,
        learners.sets_wishes(turn.learner, wanted, turn.at),
        learners.is_active(turn.learner, turn.at),
        learners.schedules(turn.learner, following.at if isinstance(following, Nudge) else None),
        outbox.cancels(turn.learner, "wishes"),
        *_price(turn, known.wishes, wanted),
    )
    return then


def situation(here: Visit) -> Situation:
    """Everything that the rule for reminders needs."""
    turn = here.turn
    known = here.learner or Learner(turn.learner, turn.at, turn.language)
    return reminder_schedule.situation(known, here.progress, turn.at)


def coming(services: Services, here: Visit) -> Nudge | Silence:
    """The next reminder as things are now, or why there will be none."""
    return next_nudge(services.course, services.rhythm, situation(here), here.turn.at)


async def _write(services: Services, here: Visit, *statements: Statement) -> None:
    turn = here.turn
    await services.store.write(
        *_about(turn, here.learner), *statements, inbox.applies(turn.update, turn.at)
    )


def _price(turn: Turn, before: Wishes, after: Wishes) -> tuple[Statement, ...]:
    """Record what the change says against past reminders: a stop or a snooze."""
    stopped = _wants_none(after) and not _wants_none(before)
    snoozed = after.snoozed_until not in (None, before.snoozed_until)
    if not (stopped or snoozed):
        return ()
    return reminders.costs(turn.learner, turn.at, stopped=stopped, snoozed=snoozed)


def _wants_none(wishes: Wishes) -> bool:
    return wishes.stopped or wishes.paused or wishes.pace is Pace.NONE


def _about(turn: Turn, known: Learner | None) -> list[Statement]:
    if known is None:
        joined = learners.joins(turn.learner, turn.at, turn.language)
        return [*counters.enrols(turn.learner, turn.at), joined]
    changes = []
    if turn.language is not None and turn.language != known.language:
        changes.append(learners.speaks(turn.learner, turn.language))
    if known.unreachable:
        changes.append(learners.is_unreachable(turn.learner, None))
    return changes
