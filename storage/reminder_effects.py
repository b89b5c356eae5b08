"""Effect of reminders: learners who returned after one was sent and after one was held out."""

from collections.abc import Sequence

from course.reminders.experiment import Arm
from course.reminders.rhythm import Kind
from course.statistics.intervals import Group, is_enough, newcombe
from course.statistics.overview import ReminderFigures
from storage.reminders import NudgeFigures
from storage.store import Store


async def reminders(store: Store) -> tuple[ReminderFigures, ...]:
    """Fetch the figures of each kind of reminder; kinds without any are left out."""
    found = await store.nudge_figures()
    kinds = (kind for kind in Kind if any(one.kind is kind for one in found))
    return tuple(_reminder(kind, [one for one in found if one.kind is kind]) for kind in kinds)


def _reminder(kind: Kind, found: Sequence[NudgeFigures]) -> ReminderFigures:
    sent = [one for one in found if one.arm is Arm.SEND]
    with_it, without = _back(sent), _back([one for one in found if one.arm is Arm.HOLD])
    effect = newcombe(with_it, without) if is_enough(with_it, without) else None
    return ReminderFigures(
        kind,
        with_it,
        without,
        effect,
        stopped=sum(one.stopped for one in sent),
        blocked=sum(one.blocked for one in sent),
        snoozed=sum(one.snoozed for one in sent),
    )


def _back(found: Sequence[NudgeFigures]) -> Group:
    return Group(sum(one.back_in_three for one in found), sum(one.made for one in found))
