"""Reminders that were sent, compared with held-out ones: shares, differences and costs."""

from collections.abc import Iterable, Sequence

from bot.i18n import Translator
from bot.rendering.figure_texts import people_text, points_text
from course.reminders.rhythm import ReminderKind
from course.statistics.intervals import (
    MIN_GROUP_SIZE,
    Interval,
    Proportion,
    are_large_enough,
    newcombe_interval,
    wilson_interval,
)
from course.statistics.suppression import MIN_PEOPLE, People
from storage.reminders import ReminderCounts


def figures_text(
    _: Translator,
    kind: ReminderKind,
    sent: Sequence[ReminderCounts],
    held: Sequence[ReminderCounts],
    compared_with: Sequence[ReminderCounts],
) -> str:
    """Counts, effect and costs.

    Args:
        held: the held-out reminders that are listed.
        compared_with: the held-out reminders that `sent` is compared with.
    """
    figures = _asked_for(_, sent) if kind.is_requested else _compared(_, sent, held, compared_with)
    return "\n".join(line for line in (*figures, _cost_text(_, sent)) if line)


def _asked_for(_: Translator, sent: Sequence[ReminderCounts]) -> tuple[str, ...]:
    back = _back_in_three_days(sent)
    share = wilson_interval(back)
    if back.total < MIN_GROUP_SIZE or share is None:
        came = _(
            "Back within 72 hours: not enough data yet. It takes {number}.",
            number=_.number(MIN_GROUP_SIZE),
        )
    else:
        came = _("Back within 72 hours: {share} percent ({low} to {high}).", **_bounds(_, share))
    return (_("Sent: {sent}. Never held out.", sent=_count(_, (one.sent for one in sent))), came)


def _compared(
    _: Translator,
    sent: Sequence[ReminderCounts],
    held: Sequence[ReminderCounts],
    compared_with: Sequence[ReminderCounts],
) -> tuple[str, ...]:
    counted = {
        "sent": _count(_, (one.sent for one in sent)),
        "held": _count(_, (one.due for one in held)),
    }
    day, three_days = _("Back within 24 hours"), _("Back within 72 hours")
    return (
        _("Sent: {sent}. Held out: {held}.", **counted),
        _effect(_, day, _back_in_a_day(sent), _back_in_a_day(compared_with)),
        _effect(_, three_days, _back_in_three_days(sent), _back_in_three_days(compared_with)),
    )


def _effect(_: Translator, what: str, sent: Proportion, held: Proportion) -> str:
    """Two shares and their difference, or that there is too little data."""
    with_it, without = wilson_interval(sent), wilson_interval(held)
    difference = newcombe_interval(sent, held) if are_large_enough(sent, held) else None
    if with_it is None or without is None or difference is None:
        return _(
            "{what}: not enough data yet. It takes {number} of each.",
            what=what,
            number=_.number(MIN_GROUP_SIZE),
        )
    return _(
        "{what}: {sent} percent with, {held} percent without. Difference in percentage points:"
        " {points} ({low} to {high}).",
        what=what,
        sent=_percent(_, with_it.estimate),
        held=_percent(_, without.estimate),
        points=points_text(_, difference.estimate),
        low=points_text(_, difference.low),
        high=points_text(_, difference.high),
    )


def _cost_text(_: Translator, sent: Sequence[ReminderCounts]) -> str | None:
    """Stops, blocks and snoozes after reminders; `None` where so few could identify somebody."""
    total = sum(one.sent for one in sent)
    if total < MIN_GROUP_SIZE:
        return None
    return _(
        "Within 72 hours of 100 that were sent: {stopped} stopped, {blocked} blocked, {snoozed} put"
        " off.",
        stopped=_per_hundred(_, sum(one.stopped for one in sent), total),
        blocked=_per_hundred(_, sum(one.blocked for one in sent), total),
        snoozed=_per_hundred(_, sum(one.snoozed for one in sent), total),
    )


def _bounds(_: Translator, interval: Interval) -> dict[str, str]:
    return {
        "share": _percent(_, interval.estimate),
        "low": _percent(_, interval.low),
        "high": _percent(_, interval.high),
    }


def _percent(_: Translator, share: float) -> str:
    return _.number(round(100 * share))


def _per_hundred(_: Translator, count: int, total: int) -> str:
    """How many of a hundred, in fives; for fewer only an upper bound."""
    times, of = People.rounded(count), People.rounded(total)
    if times.are_few:
        return _("fewer than {number}", number=_.decimal(round(100 * MIN_PEOPLE / of.at_least, 1)))
    return _.decimal(round(100 * times.at_least / of.at_least, 1))


def _back_in_a_day(found: Sequence[ReminderCounts]) -> Proportion:
    due = sum(one.due for one in found)
    return Proportion(sum(one.returned_in_day for one in found), due)


def _back_in_three_days(found: Sequence[ReminderCounts]) -> Proportion:
    due = sum(one.due for one in found)
    return Proportion(sum(one.returned_in_three_days for one in found), due)


def _count(_: Translator, counts: Iterable[int]) -> str:
    return people_text(_, People.rounded(sum(counts)))
