"""Reminders that the people of the world have had, by the store's own writes."""

from course.model import LearnerId
from course.reminders.experiment import Arm
from course.reminders.rhythm import Kind
from storage import learners, outbox, reminders
from storage.outbox import NUDGE, State
from storage.reminders import After, Opportunity
from storage.statements import Statement
from storage.store import Store
from tests.statistics.world import DAY, FIRST, NOW

ROUNDS = (
    (Kind.FIRST, NOW - 20 * DAY, 0, 200, 4),
    (Kind.LAST, NOW - 10 * DAY, 200, 40, 8),
)
"""Kind, when, who is first, how many; each so-manyth is held out."""


async def remind(store: Store) -> None:
    """Remind people of the world: of one kind often enough to be told apart, of one too seldom.

    Of those held out a quarter come back, of the others more. Nobody is to be reminded afterwards.
    """
    for kind, at, first, number, held in ROUNDS:
        people = [LearnerId(FIRST + first + n) for n in range(number)]
        arms = [Arm.SEND if n % held else Arm.HOLD for n in range(number)]
        taken = zip(people, arms, strict=True)
        await store.write(*(one for each, arm in taken for one in _taken(each, kind, arm, at)))
        await _deliver(store, at)
        came = [each for n, each in enumerate(people) if n % held in (1, 2) or n % (4 * held) == 0]
        await store.write(*(one for each in came for one in reminders.returns(each, at + DAY)))


def _taken(learner: LearnerId, kind: Kind, arm: Arm, at: int) -> tuple[Statement, ...]:
    chance = Opportunity(reminders.named(at - 3 * DAY, kind), kind, 0, arm, at)
    after = After(used=1, deadline_used=None, snoozed_until=None, next_nudge_at=None)
    return learners.schedules(learner, at), *reminders.takes(learner, at, chance, after)


async def _deliver(store: Store, at: int) -> None:
    await store.write(outbox.claims(NUDGE, "past", at, 1_000))
    for one in await store.claimed("past"):
        begun = outbox.begins(one, "past", at)
        await store.write(*begun, *outbox.settles(one, "past", State.SENT))
