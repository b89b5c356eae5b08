"""Effect of reminders: learners who returned after one was sent and after one was held out."""

from collections.abc import Sequence

from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind
from course.statistics.intervals import Proportion, are_large_enough, newcombe_interval
from course.statistics.overview import ReminderFigures
from storage.reminders import ReminderCounts
from storage.store import Store


async def fetch_reminder_figures(store: Store) -> tuple[ReminderFigures, ...]:
    """Fetch the figures of each kind of reminder; kinds without any are left out."""
    found = await store.fetch_reminder_counts()
    kinds = (kind for kind in ReminderKind if any(one.kind is kind for one in found))
    return tuple(
        _figures_of_kind(kind, [one for one in found if one.kind is kind]) for kind in kinds
    )


def _figures_of_kind(kind: ReminderKind, found: Sequence[ReminderCounts]) -> ReminderFigures:
    sent = [one for one in found if one.arm is ExperimentArm.SEND]
    with_it, without = (
        _proportion_returned(sent),
        _proportion_returned([one for one in found if one.arm is ExperimentArm.HOLD]),
    )
    effect = newcombe_interval(with_it, without) if are_large_enough(with_it, without) else None
    return ReminderFigures(
        kind,
        with_it,
        without,
        effect,
        stopped=sum(one.stopped for one in sent),
        blocked=sum(one.blocked for one in sent),
        snoozed=sum(one.snoozed for one in sent),
    )


def _proportion_returned(found: Sequence[ReminderCounts]) -> Proportion:
    return Proportion(
        sum(one.returned_in_three_days for one in found), sum(one.opportunities for one in found)
    )
