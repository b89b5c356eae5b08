"""Reminders that the people of the world have had, by the store's own writes."""

from course.model import LearnerId
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind
from storage import learners, outbox, reminders
from storage.outbox import REMINDER, DeliveryState
from storage.reminders import DueReminder, NextReminderState
from storage.statements import Statement
from storage.store import Store
from tests.statistics.world import DAY, FIRST, NOW

ROUNDS = (
    (ReminderKind.FIRST, NOW - 20 * DAY, 0, 200, 4),
    (ReminderKind.LAST, NOW - 10 * DAY, 200, 40, 8),
)
"""Kind, when, who is first, how many; each so-manyth is held out."""


async def remind(store: Store) -> None:
    """Remind people of the world: of one kind often enough to be told apart, of one too seldom.

    Of those held out a quarter come back, of the others more. Nobody is to be reminded afterwards.
    """
    for kind, at, first, number, held in ROUNDS:
        people = [LearnerId(FIRST + first + n) for n in range(number)]
        arms = [ExperimentArm.SEND if n % held else ExperimentArm.HOLD for n in range(number)]
        taken = zip(people, arms, strict=True)
        await store.write(*(one for each, arm in taken for one in _taken(each, kind, arm, at)))
        await _deliver(store, at)
        came = [each for n, each in enumerate(people) if n % held in (1, 2) or n % (4 * held) == 0]
        await store.write(
            *(one for each in came for one in reminders.record_return(each, at + DAY))
        )


def _taken(
    learner: LearnerId, kind: ReminderKind, arm: ExperimentArm, at: int
) -> tuple[Statement, ...]:
    chance = DueReminder(reminders.due_reminder_name(at - 3 * DAY, kind), kind, 0, arm, at)
    after = NextReminderState(used=1, deadline_used=None, snoozed_until=None, next_nudge_at=None)
    return learners.schedule_reminder_check(learner, at), *reminders.take_due_reminder(
        learner, at, chance, after
    )


async def _deliver(store: Store, at: int) -> None:
    await store.write(outbox.claim_deliveries(REMINDER, "past", at, 1_000))
    for one in await store.fetch_claimed_deliveries("past"):
        begun = outbox.begin_delivery(one, "past", at)
        await store.write(*begun, *outbox.record_delivery_result(one, "past", DeliveryState.SENT))
