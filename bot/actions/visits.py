"""One update of one learner: who they are, where they stand, and how what follows is kept."""

from dataclasses import dataclass, replace

from course.model import Course, LearnerId
from course.progress import Progress, Reading
from course.steps import Step, next_step
from storage import facts, inbox, learners
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
    """

    course: Course
    store: Store
    admins: frozenset[int] = frozenset()


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
    def is_applied(self) -> bool:
        """Whether this turn was counted before, and comes a second time."""
        return self.turn.update in self.progress.updates


async def visit(services: Services, turn: Turn) -> Visit:
    """Load everything about the learner, in one read."""
    history = await services.store.history(turn.learner)
    progress = history.progress.credited(services.course)
    return Visit(turn, history.learner, progress, next_step(services.course, progress))


async def reads(services: Services, here: Visit, item: str) -> Visit:
    """Keep that `item` was seen to its end; gives the visit after it."""
    reading = Reading(item, here.turn.at, here.turn.update)
    progress = here.progress.after_reading(reading)
    await keep(services, here, *facts.add_reading(here.turn.learner, reading))
    return replace(here, progress=progress, step=next_step(services.course, progress))


async def keep(services: Services, here: Visit, *statements: Statement) -> None:
    """Write what a turn changes, in one transaction with its mark in the inbox."""
    turn = here.turn
    await services.store.write(
        *_about(turn, here.learner), *statements, inbox.applies(turn.update, turn.at)
    )


def _about(turn: Turn, known: Learner | None) -> list[Statement]:
    if known is None:
        return [learners.joins(turn.learner, turn.at, turn.language)]
    changes = []
    if turn.language is not None and turn.language != known.language:
        changes.append(learners.speaks(turn.learner, turn.language))
    if known.unreachable:
        changes.append(learners.is_unreachable(turn.learner, None))
    return changes
