"""Results of reminders for admins; says so where there is too little data."""

from collections.abc import Iterable, Sequence

from bot.callback_data import ShowScreen
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, reminder_wordings
from bot.rendering.statistics import people_text
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind, Rhythm
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

# Wordings of a kind that are shown: more do not fit into one message.
_MAX_WORDINGS = 6

# The placeholders of wordings.
_PLACEHOLDERS = ("place", "time", "total", "deadline")

SCREENS = ("nudges", *(f"nudges-{kind.value}" for kind in ReminderKind))
"""All kinds together, and each kind with its wordings."""


def kind_figures(_: Translator, rhythm: Rhythm, found: Sequence[ReminderCounts]) -> Reply:
    """Each kind: sent and held out, who returned, the difference, and the costs."""
    kinds = [each for each in ReminderKind if any(one.kind is each for one in found)]
    held = _(
        "{number} in 100 are held out by chance, to compare with. In brackets: the bounds between"
        " which the true number lies, 95 times in 100.",
        number=_.number(rhythm.hold_out_percent),
    )
    counted = _(
        "Counted are times, not people: one person may be reminded several times. They are counted"
        " in fives, rounded down. “With” is of all that were to be sent, also where that failed."
    )
    text = parts.join_paragraphs(
        parts.bold(_("Reminders, and what came of them")),
        held if kinds else _("None has been sent or held out so far."),
        counted if kinds else None,
        *(_kind_text(_, each, [one for one in found if one.kind is each]) for each in kinds),
    )
    buttons = [
        parts.button(kind_name(_, each), ShowScreen(f"nudges-{each.value}")) for each in kinds
    ]
    rows = (tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Reply(text, (*rows, (parts.continue_button(_),)))


def wording_figures(
    _: Translator, rhythm: Rhythm, kind: ReminderKind, found: Sequence[ReminderCounts]
) -> Reply:
    """One kind, wording by wording; each is compared with all held-out reminders of the kind."""
    own = [one for one in found if one.kind is kind]
    numbers = sorted({one.wording for one in own})
    text = parts.join_paragraphs(
        parts.bold(kind_name(_, kind)),
        *(_wording_text(_, rhythm, each, own) for each in numbers[:_MAX_WORDINGS]),
        _more(_, len(numbers) - _MAX_WORDINGS),
        None if own else _("None has been sent or held out so far."),
    )
    return Reply(
        text, ((parts.button(_("All kinds"), ShowScreen("nudges")), parts.continue_button(_)),)
    )


def _wording_text(_: Translator, rhythm: Rhythm, number: int, own: Sequence[ReminderCounts]) -> str:
    kind = own[0].kind
    sent = [one for one in own if one.wording == number and one.arm is ExperimentArm.SEND]
    held = [one for one in own if one.arm is ExperimentArm.HOLD]
    of_it = [one for one in held if one.wording == number]
    begins = reminder_wordings.opening_text(
        _, rhythm, kind, number, dict.fromkeys(_PLACEHOLDERS, "…")
    )
    lines = (
        parts.bold(_("Wording {number}", number=_.number(number + 1))),
        f"<i>{begins.splitlines()[0]}</i>",
        _figures(_, kind, sent, of_it, held),
    )
    return "\n".join(lines)


def _kind_text(_: Translator, kind: ReminderKind, found: Sequence[ReminderCounts]) -> str:
    sent = [one for one in found if one.arm is ExperimentArm.SEND]
    held = [one for one in found if one.arm is ExperimentArm.HOLD]
    return "\n".join((parts.bold(kind_name(_, kind)), _figures(_, kind, sent, held, held)))


def _figures(
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
    lines = (
        *(_asked_for(_, sent) if kind.is_requested else _compared(_, sent, held, compared_with)),
        _cost_text(_, sent),
    )
    return "\n".join(line for line in lines if line)


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
    return (_("Sent: {sent}. Never held out.", sent=_sent(_, sent)), came)


def _compared(
    _: Translator,
    sent: Sequence[ReminderCounts],
    held: Sequence[ReminderCounts],
    compared_with: Sequence[ReminderCounts],
) -> tuple[str, ...]:
    return (
        _("Sent: {sent}. Held out: {held}.", sent=_sent(_, sent), held=_held(_, held)),
        _effect(_, _("Back within 24 hours"), _back_in_a_day(sent), _back_in_a_day(compared_with)),
        _effect(
            _,
            _("Back within 72 hours"),
            _back_in_three_days(sent),
            _back_in_three_days(compared_with),
        ),
    )


def _effect(_: Translator, what: str, sent: Proportion, held: Proportion) -> str:
    """Two shares and their difference, or that there is too little data."""
    if not are_large_enough(sent, held):
        return _(
            "{what}: not enough data yet. It takes {number} of each.",
            what=what,
            number=_.number(MIN_GROUP_SIZE),
        )
    with_it, without, difference = (
        wilson_interval(sent),
        wilson_interval(held),
        newcombe_interval(sent, held),
    )
    assert with_it is not None, "there are enough"
    assert without is not None, "there are enough"
    assert difference is not None, "there are enough"
    return _(
        "{what}: {sent} percent with, {held} percent without. Difference in percentage points:"
        " {points} ({low} to {high}).",
        what=what,
        sent=_percent(_, with_it.estimate),
        held=_percent(_, without.estimate),
        points=_signed(_, difference.estimate),
        low=_signed(_, difference.low),
        high=_signed(_, difference.high),
    )


def _cost_text(_: Translator, sent: Sequence[ReminderCounts]) -> str | None:
    """Stops, blocks and snoozes after reminders; `None` where so few could identify somebody."""
    total = sum(one.sent for one in sent)
    if total < MIN_GROUP_SIZE:
        return None
    stopped, blocked, snoozed = (
        _per_hundred(_, sum(counts), total)
        for counts in (
            (one.stopped for one in sent),
            (one.blocked for one in sent),
            (one.snoozed for one in sent),
        )
    )
    return _(
        "Within 72 hours of 100 that were sent: {stopped} stopped, {blocked} blocked, {snoozed} put"
        " off.",
        stopped=stopped,
        blocked=blocked,
        snoozed=snoozed,
    )


def _more(_: Translator, left_out: int) -> str | None:
    if left_out <= 0:
        return None
    return _.ngettext(
        "{number} more wording is left out here.",
        "{number} more wordings are left out here.",
        left_out,
    )


def _bounds(_: Translator, interval: Interval) -> dict[str, str]:
    return {
        "share": _percent(_, interval.estimate),
        "low": _percent(_, interval.low),
        "high": _percent(_, interval.high),
    }


def kind_name(_: Translator, kind: ReminderKind) -> str:
    """The name of a kind of reminder."""
    match kind:
        case ReminderKind.OPEN_QUESTION:
            return _("A question left open")
        case ReminderKind.FIRST:
            return _("The first reminder")
        case ReminderKind.SECOND:
            return _("The second reminder")
        case ReminderKind.LAST:
            return _("The last reminder")
        case ReminderKind.DEADLINE:
            return _("Before a group's last day")
        case ReminderKind.SNOOZED:
            return _("Asked for by the learner")


def _back_in_a_day(found: Iterable[ReminderCounts]) -> Proportion:
    listed = tuple(found)
    return Proportion(sum(one.returned_in_day for one in listed), sum(one.due for one in listed))


def _back_in_three_days(found: Iterable[ReminderCounts]) -> Proportion:
    listed = tuple(found)
    return Proportion(
        sum(one.returned_in_three_days for one in listed), sum(one.due for one in listed)
    )


def _sent(_: Translator, found: Iterable[ReminderCounts]) -> str:
    return people_text(_, People.rounded(sum(one.sent for one in found)))


def _held(_: Translator, found: Iterable[ReminderCounts]) -> str:
    return people_text(_, People.rounded(sum(one.due for one in found)))


def _percent(_: Translator, share: float) -> str:
    return _.number(round(100 * share))


def _signed(_: Translator, difference: float) -> str:
    points = round(100 * difference)
    return f"+{_.number(points)}" if points > 0 else _.number(points)


def _per_hundred(_: Translator, count: int, total: int) -> str:
    """How many of a hundred, in fives; for fewer only an upper bound."""
    times, of = People.rounded(count), People.rounded(total)
    if times.are_few:
        return _("fewer than {number}", number=_.decimal(round(100 * MIN_PEOPLE / of.at_least, 1)))
    return _.decimal(round(100 * times.at_least / of.at_least, 1))
