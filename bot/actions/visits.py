"""One update of one learner: who they are, where they stand, and how what follows is kept."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.actions import tallying, upcoming
from course.model import Course, LearnerId
from course.progress import Progress, Reading
from course.reminders import Nudge, Silence, Situation, next_nudge
from course.rhythm import Rhythm
from course.steps import Finished, Step, next_step
from course.wishes import Pace, Wishes
from storage import counters, deliveries, facts, inbox, learners, nudges
from storage.facts import History
from storage.learners import Learner
from storage.statements import Statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Turn:
    """What a learner does now.

    Attributes:
        language: the tag Telegram tells; `None` when it tells none.
        update: the id of the update, the key of whatever it causes.
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
        looks: the last look at the radar of large cohorts; see `bot.actions.radar`.
    """

    course: Course
    store: Store
    admins: frozenset[int] = frozenset()
    looks: dict[int, Any] = field(default_factory=dict, compare=False)

    @property
    def rhythm(self) -> Rhythm:
        """When the course reminds."""
        return self.course.rhythm


@dataclass(frozen=True, slots=True)
class Visit:
    """A learner at their turn.

    Attributes:
        learner: `None` for somebody who has done nothing yet.
        progress: where they stand, with what this turn has added so far.
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
        """Whether they want to hear nothing unasked."""
        return self.learner is not None and self.learner.stopped

    @property
    def zone(self) -> str | None:
        """Where they are; `None` when they never told."""
        return None if self.learner is None else self.learner.wishes.zone

    @property
    def asks_zone(self) -> bool:
        """Whether to ask where they are: reminders may come, and they were not asked before.

        When the very turn in which they were asked comes a second time, they are asked in it again.
        """
        known = self.learner or Learner(self.turn.learner, self.turn.at, self.turn.language)
        if known.wishes.zone is not None or _wants_none(known.wishes):
            return False
        was_asked = known.asked_zone and known.active_at != self.turn.at
        return not was_asked and not isinstance(self.step, Finished)

    @property
    def has_facilitator(self) -> bool:
        """Whether they belong to a cohort, so that somebody can be asked."""
        return self.learner is not None and self.learner.has_cohort

    @property
    def is_applied(self) -> bool:
        """Whether this turn was counted before, and comes a second time."""
        return self.turn.update in self.progress.updates


async def visit(services: Services, turn: Turn) -> Visit:
    """Load everything about the learner, in one read."""
    return visit_of(services, turn, await services.store.history(turn.learner))


def visit_of(services: Services, turn: Turn, history: History) -> Visit:
    """The visit of somebody about whom everything is loaded."""
    progress = history.progress.credited(services.course)
    return Visit(turn, history.learner, progress, next_step(services.course, progress))


async def reads(services: Services, here: Visit, item: str) -> Visit:
    """Keep that `item` was seen to its end; gives the visit after it."""
    reading = Reading(item, here.turn.at, here.turn.update)
    progress = here.progress.after_reading(reading)
    await learns(services, here, progress, item, *facts.add_reading(here.turn.learner, reading))
    return replace(here, progress=progress, step=next_step(services.course, progress))


async def learns(
    services: Services, here: Visit, after: Progress, item: str, *statements: Statement
) -> None:
    """Write the facts of a turn, in one transaction with what follows and its mark in the inbox.

    Args:
        after: where the learner stands with them.
        item: the card, question or module that was read or answered.
    """
    turn, known = here.turn, here.learner
    tally = tallying.after_fact(
        services.course, turn.learner, turn.at, here.progress, after, item, here.zone
    )
    reminding = upcoming.after_fact(services.rhythm, turn.learner, known, turn.at)
    await _write(services, here, *statements, *tally, *reminding)


async def keep(services: Services, here: Visit, *statements: Statement) -> None:
    """Write what a turn changes besides facts and wishes, in the same way."""
    turn, known = here.turn, here.learner
    reminding = upcoming.after_choice(services.rhythm, turn.learner, known, turn.at)
    await _write(services, here, *statements, *reminding)


async def keep_and_look(services: Services, here: Visit, *statements: Statement) -> None:
    """The same for what may change when the next reminder is due: that is looked at anew."""
    turn = here.turn
    active = learners.is_active(turn.learner, turn.at)
    await _write(services, here, *statements, active, learners.schedules(turn.learner, turn.at))


async def sets_wishes(services: Services, here: Visit, wanted: Wishes) -> Visit:
    """Keep what the learner wishes about reminders, and what follows from it; the visit after it.

    A nudge that is not on its way is taken back; when to look for the next one is set anew.
    """
    turn = here.turn
    known = here.learner or Learner(turn.learner, turn.at, turn.language)
    there = replace(wanted, unreachable=False)  # who wishes something can be written to
    after = replace(known, wishes=there, active_at=turn.at)
    then = replace(here, learner=after)
    following = coming(services, then)
    await _write(
        services,
        here,
        learners.sets_wishes(turn.learner, wanted, turn.at),
        learners.is_active(turn.learner, turn.at),
        learners.schedules(turn.learner, following.at if isinstance(following, Nudge) else None),
        deliveries.cancels(turn.learner, "wishes"),
        *_price(turn, known.wishes, wanted),
    )
    return then


def situation(here: Visit) -> Situation:
    """All that the rule of reminders looks at."""
    turn = here.turn
    known = here.learner or Learner(turn.learner, turn.at, turn.language)
    return upcoming.situation(known, here.progress, turn.at)


def coming(services: Services, here: Visit) -> Nudge | Silence:
    """The reminder that comes next as things stand, or why none will."""
    return next_nudge(services.course, services.rhythm, situation(here), here.turn.at)


async def _write(services: Services, here: Visit, *statements: Statement) -> None:
    turn = here.turn
    await services.store.write(
        *_about(turn, here.learner), *statements, inbox.applies(turn.update, turn.at)
    )


def _price(turn: Turn, before: Wishes, after: Wishes) -> tuple[Statement, ...]:
    """What the change says against reminders that came."""
    stopped = _wants_none(after) and not _wants_none(before)
    snoozed = after.snoozed_until not in (None, before.snoozed_until)
    if not (stopped or snoozed):
        return ()
    return nudges.costs(turn.learner, turn.at, stopped=stopped, snoozed=snoozed)


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
