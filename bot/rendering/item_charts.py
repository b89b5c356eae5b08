"""The chart of the item analysis: how hard each question is, and how telling."""

from collections.abc import Sequence

from bot.actions.statistics import StatisticsView
from bot.i18n import Translator
from bot.rendering import parts
from bot.rendering.charts import CaptionedChart, chart_heading
from bot.rendering.item_verdicts import verdict_text
from charts.specs import Dot, Dots
from course.model import Course
from course.statistics.item_analysis import WEAK_DISCRIMINATION
from course.statistics.item_findings import ItemFigures


def question_dots(
    _: Translator,
    course: Course,
    view: StatisticsView,
    everything: Sequence[ItemFigures],
    worst: Sequence[ItemFigures],
) -> CaptionedChart | None:
    """Difficulty and discrimination of questions; `None` when there is too little data."""
    dots = _dots(everything, worst)
    if not dots:
        return None
    title, hidden = _("How hard, and how telling"), _questions_left_out(_, everything)
    told = "\n".join(_question_line(_, course, one) for one in worst)
    return CaptionedChart(
        _chart(_, title, dots, () if hidden is None else (hidden,)),
        parts.join_paragraphs(
            chart_heading(_, view.over_all_days, title),
            told or _("No question needs a look."),
            hidden,
        ),
    )


def _chart(_: Translator, title: str, dots: tuple[Dot, ...], notes: tuple[str, ...]) -> Dots:
    return Dots(
        title,
        _("Each dot is a question, by its first answers of all days"),
        dots,
        _("Right answers, in percent: easier to the right"),
        _("Tells good from weak: better further up"),
        WEAK_DISCRIMINATION,
        _("Hardly tells good from weak"),
        _("To look at first"),
        notes,
    )


def _dots(everything: Sequence[ItemFigures], worst: Sequence[ItemFigures]) -> tuple[Dot, ...]:
    """The questions to look at come first, and only they are labelled."""
    labels = {one.question for one in worst}
    ordered = (*worst, *(one for one in everything if one.question not in labels))
    return tuple(
        Dot(one.facility, one.discrimination, one.question if one.question in labels else "")
        for one in ordered
        if one.facility is not None and one.discrimination is not None
    )


def _questions_left_out(_: Translator, everything: Sequence[ItemFigures]) -> str | None:
    missing = sum(one.facility is None or one.discrimination is None for one in everything)
    if not missing:
        return None
    return _.ngettext(
        "{number} question is left out: too few answers.",
        "{number} questions are left out: too few answers.",
        missing,
    )


def _question_line(_: Translator, course: Course, one: ItemFigures) -> str:
    asked = course.question(one.question)
    assert asked is not None, "the figures are of this course"
    return f"{parts.plain_text(one.question)}: {verdict_text(_, asked, one.verdicts[0])}"
