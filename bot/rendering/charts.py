"""Charts of the statistics: what is drawn, and the same in words as a caption.

Draws nothing itself; see `bot.chart_renderer`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.actions.statistics import MAX_COMPARED, StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.item_analysis import verdict_text
from bot.rendering.statistics import people_text, period_text, rounding_note, subject_line
from bot.rendering.statistics_tables import answer_times_text, where_most_stop
from charts.specs import (
    Bar,
    Bars,
    Chart,
    Dot,
    Dots,
    Grid,
    Line,
    Lines,
)
from course.limits import MAX_CAPTION_UNITS, utf16_units
from course.model import Course, QuestionId
from course.statistics.item_analysis import WEAK_DISCRIMINATION
from course.statistics.item_findings import ItemFigures
from course.statistics.overview import ActivityPattern, CompletionCurve, Funnel, FunnelStep
from storage.cohorts import Cohort

_MAX_BARS = 30  # bars that fit
_TICK_COUNT = 3  # dates on the horizontal axis
_HOURS = (0, 6, 12, 18, 24)
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class CaptionedChart:
    """A chart to be rendered, and a caption that says the same in words.

    Attributes:
        caption: as HTML.
    """

    chart: Chart
    caption: str


def chart_message(_: Translator, drawn: CaptionedChart, image: bytes | None) -> Reply:
    """The chart with its caption; the text alone if the chart could not be rendered."""
    if image is None:
        note = _("The picture could not be drawn this time. This is what it says:")
        return Reply(parts.join_paragraphs(note, drawn.caption))
    return Reply(shorten_caption(drawn.caption), image_png=image)


def nothing_to_draw(_: Translator) -> str:
    """Toast: there is nothing to draw."""
    return _("There is nothing to draw yet.")


def shorten_caption(html: str) -> str:
    """As many whole lines as fit into a caption."""
    lines = html.split("\n")
    while utf16_units("\n".join(lines)) > MAX_CAPTION_UNITS:
        lines.pop()
    return "\n".join(lines)


def funnel(_: Translator, course: Course, view: StatisticsView, found: Funnel) -> CaptionedChart:
    """The funnel: by lesson, or by module in a long course."""
    title = _("How far people come")
    whole = len(found.steps) + 2 <= _MAX_BARS
    steps = found.steps if whole else tuple({step.module: step for step in found.steps}.values())
    steps = steps[: _MAX_BARS - 2]
    rows = [
        Bar(_("Started"), found.started.at_least, people_text(_, found.started)),
        *(_bar(_, course, step, found, whole=whole) for step in steps),
        Bar(_("Finished"), found.finished.at_least, people_text(_, found.finished)),
    ]
    worst = where_most_stop(_, course, found)
    naming = (
        _("2.3 is lesson 3 of module 2; the bar tells how many have done it.")
        if whole
        else _("2 is the last lesson of module 2; the bar tells how many have done it.")
    )
    told = "\n".join(f"{row.label}: {row.value_text}" for row in rows)
    return CaptionedChart(
        Bars(
            title,
            _plain_subject(_, view),
            worst if any(row.is_highlighted for row in rows) else "",
            tuple(rows),
            (naming, rounding_note(_)),
        ),
        parts.join_paragraphs(_heading(_, view, title), worst, f"{told}\n{naming}"),
    )


def completion_curves(
    _: Translator, view: StatisticsView, found: Sequence[tuple[Cohort, CompletionCurve]], total: int
) -> CaptionedChart | None:
    """How many people have finished over time, by cohort; `None` when there is nothing to show.

    Args:
        total: how many cohorts there are in all.
    """
    if not found:
        return None
    title = _("People who have finished")
    under = _("By cohort, until {day}", day=_date(_, view.today))
    hidden = _cohorts_left_out(_, len(found), total)
    notes = tuple(note for note in (hidden, rounding_note(_)) if note is not None)
    first = min(of.days[0][0] for _cohort, of in found)
    days = _ticks(_, min(first, view.today - 6), view.today)
    chart = Lines(title, under, _("People"), _lines(_, found), days, notes)
    return CaptionedChart(
        chart,
        parts.join_paragraphs(f"{parts.bold(title)}\n{under}", _lines_text(_, found), notes[0]),
    )


def answer_times(
    _: Translator, view: StatisticsView, found: ActivityPattern
) -> CaptionedChart | None:
    """When people answer; `None` when it is not shown."""
    if not found.cells:
        return None
    title = _("When people answer")
    rows = tuple((_.weekday(at, short=True), hours) for at, hours in enumerate(found.cells))
    columns = tuple((hour, _.time(hour * 60) if hour < _HOURS[-1] else "24:00") for hour in _HOURS)
    listed, busiest = answer_times_text(_, found)
    chart = Grid(
        title,
        _plain_subject(_, view),
        rows,
        columns,
        _("Hour, where the person is"),
        _("few or none"),
        _("most answers"),
        (busiest,),
    )
    return CaptionedChart(chart, parts.join_paragraphs(_heading(_, view, title), busiest, listed))


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
    title = _("How hard, and how telling")
    hidden = _questions_left_out(_, everything)
    chart = Dots(
        title,
        _("Each dot is a question, by its first answers of all days"),
        dots,
        _("Right answers, in percent: easier to the right"),
        _("Tells good from weak: better further up"),
        WEAK_DISCRIMINATION,
        _("Hardly tells good from weak"),
        _("To look at first"),
        () if hidden is None else (hidden,),
    )
    told = "\n".join(_question_line(_, course, one) for one in worst)
    return CaptionedChart(
        chart,
        parts.join_paragraphs(
            _heading(_, view.over_all_days, title), told or _("No question needs a look."), hidden
        ),
    )


def _bar(_: Translator, course: Course, step: FunnelStep, found: Funnel, *, whole: bool) -> Bar:
    place = parts.position_of(course, step.lesson)
    label = f"{place.module_number}.{place.lesson_number}" if whole else f"{place.module_number}"
    worst = next((one for one in found.steps if one.lesson == found.worst), None)
    marked = worst is not None and (step == worst if whole else step.module == worst.module)
    return Bar(label, step.done.at_least, people_text(_, step.done), marked)


def _lines(_: Translator, found: Sequence[tuple[Cohort, CompletionCurve]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            one.name,
            _("No. {number}", number=_.number(at)),
            tuple((day, number.at_least) for day, number in of.days),
        )
        for at, (one, of) in enumerate(found, 1)
    )


def _lines_text(_: Translator, found: Sequence[tuple[Cohort, CompletionCurve]]) -> str:
    """How many people have finished by the last day, one line for each cohort."""
    return "\n".join(
        _(
            "{number}. {name}: {people}",
            number=_.number(at),
            name=parts.safe_name(one.name),
            people=people_text(_, of.days[-1][1]),
        )
        for at, (one, of) in enumerate(found, 1)
    )


def _cohorts_left_out(_: Translator, drawn: int, total: int) -> str | None:
    missing = total - drawn
    if missing <= 0:
        return None
    told = _.ngettext(
        "Drawn are the cohorts where most have finished; {number} more is not drawn.",
        "Drawn are the cohorts where most have finished; {number} more are not drawn.",
        missing,
    )
    if total <= MAX_COMPARED:
        return told
    compared = _("Only {number} were compared, those that are over last.", number=MAX_COMPARED)
    return f"{told} {compared}"


def _dots(everything: Sequence[ItemFigures], worst: Sequence[ItemFigures]) -> tuple[Dot, ...]:
    """The questions to look at come first, and only they are labelled."""
    labels = {one.question for one in worst}
    ordered = (*worst, *(one for one in everything if one.question not in labels))
    return tuple(
        Dot(one.facility, one.discrimination, _label(one, labels))
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


def _label(one: ItemFigures, labels: set[QuestionId]) -> str:
    return one.question if one.question in labels else ""


def _question_line(_: Translator, course: Course, one: ItemFigures) -> str:
    asked = course.question(one.question)
    assert asked is not None, "the figures are of this course"
    return f"{parts.plain_text(one.question)}: {verdict_text(_, asked, one.verdicts[0])}"


def _ticks(_: Translator, first: int, last: int) -> tuple[tuple[int, str], ...]:
    days = [first + (last - first) * at // (_TICK_COUNT - 1) for at in range(_TICK_COUNT)]
    return tuple((day, _date(_, day)) for day in days)


def _date(_: Translator, day: int) -> str:
    return _.short_day(_FIRST_DAY + timedelta(days=day))


def _heading(_: Translator, view: StatisticsView, title: str) -> str:
    return f"{parts.bold(title)}\n{subject_line(_, view)}"


def _plain_subject(_: Translator, view: StatisticsView) -> str:
    """Whose figures and which period, not as HTML."""
    whose = _("Everybody") if view.cohort is None else view.cohort.name
    return f"{whose} · {period_text(_, view.period)}"
