"""Results of reminders for admins; says so where there is too little data."""

from collections.abc import Iterable, Sequence

from bot.callback_data import Show
from bot.i18n import Voice
from bot.messages import Reply
from bot.rendering import parts, reminder_wordings
from bot.rendering.statistics import people
from course.reminders.experiment import Arm
from course.reminders.rhythm import Kind, Rhythm
from course.statistics.intervals import (
    ENOUGH,
    Group,
    Interval,
    is_enough,
    newcombe,
    wilson,
)
from course.statistics.suppression import FEWEST, People
from storage.reminders import NudgeFigures

# Wordings of a kind that are shown: more do not fit into one message.
_MOST = 6

# The placeholders of wordings.
_FILLED = ("place", "time", "total", "deadline")

SCREENS = ("nudges", *(f"nudges-{kind.value}" for kind in Kind))
"""All kinds together, and each kind with its wordings."""


def nudges(_: Voice, rhythm: Rhythm, found: Sequence[NudgeFigures]) -> Reply:
    """Each kind: sent and held out, who returned, the difference, and the costs."""
    kinds = [each for each in Kind if any(one.kind is each for one in found)]
    held = _(
        "{number} in 100 are held out by chance, to compare with. In brackets: the bounds between"
        " which the true number lies, 95 times in 100.",
        number=_.number(rhythm.hold_out_percent),
    )
    counted = _(
        "Counted are times, not people: one person may be reminded several times. They are counted"
        " in fives, rounded down. “With” is of all that were to be sent, also where that failed."
    )
    text = parts.lines(
        parts.bold(_("Reminders, and what came of them")),
        held if kinds else _("None has been sent or held out so far."),
        counted if kinds else None,
        *(_of_kind(_, each, [one for one in found if one.kind is each]) for each in kinds),
    )
    buttons = [parts.button(kind_name(_, each), Show(f"nudges-{each.value}")) for each in kinds]
    rows = (tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Reply(text, (*rows, (parts.continue_button(_),)))


def of_wordings(_: Voice, rhythm: Rhythm, kind: Kind, found: Sequence[NudgeFigures]) -> Reply:
    """One kind, wording by wording; each is compared with all held-out reminders of the kind."""
    own = [one for one in found if one.kind is kind]
    numbers = sorted({one.wording for one in own})
    text = parts.lines(
        parts.bold(kind_name(_, kind)),
        *(_of_wording(_, rhythm, each, own) for each in numbers[:_MOST]),
        _more(_, len(numbers) - _MOST),
        None if own else _("None has been sent or held out so far."),
    )
    return Reply(text, ((parts.button(_("All kinds"), Show("nudges")), parts.continue_button(_)),))


def _of_wording(_: Voice, rhythm: Rhythm, number: int, own: Sequence[NudgeFigures]) -> str:
    kind = own[0].kind
    sent = [one for one in own if one.wording == number and one.arm is Arm.SEND]
    held = [one for one in own if one.arm is Arm.HOLD]
    of_it = [one for one in held if one.wording == number]
    begins = reminder_wordings.opening(_, rhythm, kind, number, dict.fromkeys(_FILLED, "…"))
    lines = (
        parts.bold(_("Wording {number}", number=_.number(number + 1))),
        f"<i>{begins.splitlines()[0]}</i>",
        _figures(_, kind, sent, of_it, held),
    )
    return "\n".join(lines)


def _of_kind(_: Voice, kind: Kind, found: Sequence[NudgeFigures]) -> str:
    sent = [one for one in found if one.arm is Arm.SEND]
    held = [one for one in found if one.arm is Arm.HOLD]
    return "\n".join((parts.bold(kind_name(_, kind)), _figures(_, kind, sent, held, held)))


def _figures(
    _: Voice,
    kind: Kind,
    sent: Sequence[NudgeFigures],
    held: Sequence[NudgeFigures],
    beside: Sequence[NudgeFigures],
) -> str:
    """Counts, effect and costs.

    Args:
        held: the held-out reminders that are listed.
        compared_with: the held-out reminders that `sent` is compared with.
    """
    lines = (
        *(_asked_for(_, sent) if kind.is_asked_for else _compared(_, sent, held, beside)),
        _price(_, sent),
    )
    return "\n".join(line for line in lines if line)


def _asked_for(_: Voice, sent: Sequence[NudgeFigures]) -> tuple[str, ...]:
    back = _three(sent)
    share = wilson(back)
    if back.of < ENOUGH or share is None:
        came = _(
            "Back within 72 hours: not enough data yet. It takes {number}.",
            number=_.number(ENOUGH),
        )
    else:
        came = _("Back within 72 hours: {share} percent ({low} to {high}).", **_bounds(_, share))
    return (_("Sent: {sent}. Never held out.", sent=_sent(_, sent)), came)


def _compared(
    _: Voice,
    sent: Sequence[NudgeFigures],
    held: Sequence[NudgeFigures],
    beside: Sequence[NudgeFigures],
) -> tuple[str, ...]:
    return (
        _("Sent: {sent}. Held out: {held}.", sent=_sent(_, sent), held=_held(_, held)),
        _effect(_, _("Back within 24 hours"), _day(sent), _day(beside)),
        _effect(_, _("Back within 72 hours"), _three(sent), _three(beside)),
    )


def _effect(_: Voice, what: str, sent: Group, held: Group) -> str:
    """Two shares and their difference, or that there is too little data."""
    if not is_enough(sent, held):
        return _(
            "{what}: not enough data yet. It takes {number} of each.",
            what=what,
            number=_.number(ENOUGH),
        )
    with_it, without, difference = wilson(sent), wilson(held), newcombe(sent, held)
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


def _price(_: Voice, sent: Sequence[NudgeFigures]) -> str | None:
    """Stops, blocks and snoozes after reminders; `None` where so few could identify somebody."""
    total = sum(one.sent for one in sent)
    if total < ENOUGH:
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


def _more(_: Voice, left_out: int) -> str | None:
    if left_out <= 0:
        return None
    return _.ngettext(
        "{number} more wording is left out here.",
        "{number} more wordings are left out here.",
        left_out,
    )


def _bounds(_: Voice, interval: Interval) -> dict[str, str]:
    return {
        "share": _percent(_, interval.estimate),
        "low": _percent(_, interval.low),
        "high": _percent(_, interval.high),
    }


def kind_name(_: Voice, kind: Kind) -> str:
    """The name of a kind of reminder."""
    match kind:
        case Kind.OPEN_QUESTION:
            return _("A question left open")
        case Kind.FIRST:
            return _("The first reminder")
        case Kind.SECOND:
            return _("The second reminder")
        case Kind.LAST:
            return _("The last reminder")
        case Kind.DEADLINE:
            return _("Before a group's last day")
        case Kind.SNOOZED:
            return _("Asked for by the learner")


def _day(found: Iterable[NudgeFigures]) -> Group:
    listed = tuple(found)
    return Group(sum(one.back_in_day for one in listed), sum(one.made for one in listed))


def _three(found: Iterable[NudgeFigures]) -> Group:
    listed = tuple(found)
    return Group(sum(one.back_in_three for one in listed), sum(one.made for one in listed))


def _sent(_: Voice, found: Iterable[NudgeFigures]) -> str:
    return people(_, People.of(sum(one.sent for one in found)))


def _held(_: Voice, found: Iterable[NudgeFigures]) -> str:
    return people(_, People.of(sum(one.made for one in found)))


def _percent(_: Voice, share: float) -> str:
    return _.number(round(100 * share))


def _signed(_: Voice, difference: float) -> str:
    points = round(100 * difference)
    return f"+{_.number(points)}" if points > 0 else _.number(points)


def _per_hundred(_: Voice, count: int, total: int) -> str:
    """How many of a hundred, in fives; for fewer only an upper bound."""
    times, of = People.of(count), People.of(total)
    if times.are_few:
        return _("fewer than {number}", number=_.decimal(round(100 * FEWEST / of.at_least, 1)))
    return _.decimal(round(100 * times.at_least / of.at_least, 1))
