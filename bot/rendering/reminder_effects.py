"""What reminders do: who returned with one and without, as a screen and as a chart."""

from collections.abc import Sequence

from bot.actions.statistics import StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.charts import CaptionedChart
from bot.rendering.figure_texts import people_text, percent_text, points_text
from bot.rendering.reminder_statistics import kind_name
from bot.rendering.statistics import back_button, chart_button
from charts.specs import Pair, Pairs, Share
from course.statistics.intervals import MIN_GROUP_SIZE, Proportion, wilson_interval
from course.statistics.overview import ReminderFigures
from course.statistics.suppression import People


def effects_page(_: Translator, view: StatisticsView, found: Sequence[ReminderFigures]) -> Reply:
    """Each kind of reminder: who returned with one and without, and the effect."""
    listed = "\n\n".join(f"{parts.bold(kind_name(_, one.kind))}\n{_kind(_, one)}" for one in found)
    text = parts.join_paragraphs(
        parts.bold(_("Reminders, and what they do")) + "\n" + _("Everybody · All days"),
        listed or _("None has been sent or held out so far."),
        _how_to_read(_, found) if found else None,
    )
    drawn = chart_button(_, view, "reminders") if found else ()
    return Reply(text, ((*drawn, back_button(_, view)),))


def effects_chart(_: Translator, found: Sequence[ReminderFigures]) -> CaptionedChart | None:
    """Returns with a reminder and without; `None` when none can be compared."""
    compared = [one for one in found if not one.kind.is_requested]
    if not compared:
        return None
    title, under = _("What reminders do"), _("Back within 72 hours, of all days")
    pairs = tuple(_pair(_, one) for one in compared)
    note = _("The thick line is where the true share lies, 95 times in 100.")
    bounds = _interval_note(_, compared)
    notes = (note,) if bounds is None else (note, bounds)
    chart = Pairs(title, under, pairs, _("Percent of times after which they came back"), notes)
    told = "\n\n".join(_pair_told(_, pair) for pair in pairs)
    head = f"{parts.bold(title)}\n{under}"
    return CaptionedChart(chart, parts.join_paragraphs(head, told, bounds))


def _pair(_: Translator, one: ReminderFigures) -> Pair:
    shares = (_share(_, _("Sent"), one.sent), _share(_, _("Held out"), one.held_out))
    return Pair(kind_name(_, one.kind), shares, _effect_text(_, one))


def _pair_told(_: Translator, pair: Pair) -> str:
    sent, held = pair.shares
    with_it = _("Back where it was sent: {share}", share=sent.value_text)
    without = _("Back where it was held out: {share}", share=held.value_text)
    return "\n".join((pair.name, with_it, without, pair.difference))


def _share(_: Translator, label: str, group: Proportion) -> Share:
    found = wilson_interval(group)
    if found is None or group.total < MIN_GROUP_SIZE:
        return Share(label, 0, None, 0, _("not enough data yet"))
    low, middle, high = (round(100 * each) for each in (found.low, found.estimate, found.high))
    return Share(label, low, middle, high, _("{number} %", number=_.number(middle)))


def _how_to_read(_: Translator, found: Sequence[ReminderFigures]) -> str:
    counted = _(
        "Counted are times, not people, in fives, rounded down. Some reminders are held out by"
        " chance, to compare with."
    )
    return " ".join(
        word for word in (counted, _interval_note(_, found), _("More: /nudges")) if word
    )


def _kind(_: Translator, one: ReminderFigures) -> str:
    sent = _times(_, one.sent)
    if one.kind.is_requested:
        return _("Sent: {times}. Back within 72 hours: {share}. Never held out.", **sent)
    lines = (
        _("Sent: {times}. Back within 72 hours: {share}", **sent),
        _("Held out: {times}. Back all the same: {share}", **_times(_, one.held_out)),
        _effect_text(_, one),
    )
    return "\n".join(lines)


def _times(_: Translator, group: Proportion) -> dict[str, str]:
    """How often it was, and the share of returns, if there are enough for one."""
    times = people_text(_, People.rounded(group.total))
    if group.total < MIN_GROUP_SIZE:
        return {"times": times, "share": _("too few to tell")}
    share = percent_text(_, round(100 * group.successes / group.total))
    return {"times": times, "share": share}


def _interval_note(_: Translator, found: Sequence[ReminderFigures]) -> str | None:
    if all(one.effect is None for one in found):
        return None
    return _("In brackets: between which bounds the true difference lies, 95 times in 100.")


def _effect_text(_: Translator, one: ReminderFigures) -> str:
    found = one.effect
    if found is None:
        return _(
            "Effect: not enough data yet. It takes {number} of each.",
            number=_.number(MIN_GROUP_SIZE),
        )
    values = {
        "points": points_text(_, found.estimate),
        "low": points_text(_, found.low),
        "high": points_text(_, found.high),
    }
    return _("Effect in percentage points: {points} ({low} to {high})", **values)
