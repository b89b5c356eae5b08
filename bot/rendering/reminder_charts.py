"""The chart of reminder effects: who returned with a reminder and without, and a caption."""

from collections.abc import Sequence

from bot.i18n import Translator
from bot.rendering import parts
from bot.rendering.charts import CaptionedChart
from bot.rendering.reminder_statistics import kind_name
from bot.rendering.statistics_tables import effect_text, interval_note
from charts.specs import Pair, Pairs, Share
from course.statistics.intervals import MIN_GROUP_SIZE, Proportion, wilson_interval
from course.statistics.overview import ReminderFigures


def reminder_effects(_: Translator, found: Sequence[ReminderFigures]) -> CaptionedChart | None:
    """Returns with a reminder and without; `None` when none can be compared."""
    compared = [one for one in found if not one.kind.is_requested]
    if not compared:
        return None
    title = _("What reminders do")
    pairs = tuple(
        Pair(
            kind_name(_, one.kind),
            (_share(_, _("Sent"), one.sent), _share(_, _("Held out"), one.held_out)),
            effect_text(_, one),
        )
        for one in compared
    )
    told = "\n\n".join(_pair_told(_, pair) for pair in pairs)
    under = _("Back within 72 hours, of all days")
    note = _("The thick line is where the true share lies, 95 times in 100.")
    bounds = interval_note(_, compared)
    notes = (note,) if bounds is None else (note, bounds)
    chart = Pairs(title, under, pairs, _("Percent of times after which they came back"), notes)
    return CaptionedChart(
        chart, parts.join_paragraphs(f"{parts.bold(title)}\n{under}", told, bounds)
    )


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
