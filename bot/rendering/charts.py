"""Charts of the statistics: what is drawn, and the same in words as a caption.

Draws nothing itself; see `bot.chart_renderer`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.actions.statistics import MAX_COMPARED, StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from bot.rendering.figure_texts import people_text, rounding_note
from bot.rendering.statistics import period_text, subject_line
from bot.rendering.statistics_tables import answer_times_text, module_ends, where_most_stop
from charts.specs import Bar, Bars, Chart, Grid, Line, Lines
from course.limits import MAX_CAPTION_UNITS, utf16_units
from course.model import Course
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
    title, worst = _("How far people come"), where_most_stop(_, course, found)
    whole = len(found.steps) + 2 <= _MAX_BARS
    steps = (found.steps if whole else module_ends(found))[: _MAX_BARS - 2]
    rows = (
        Bar(_("Started"), found.started.at_least, people_text(_, found.started)),
        *(_bar(_, course, step, found, whole=whole) for step in steps),
        Bar(_("Finished"), found.finished.at_least, people_text(_, found.finished)),
    )
    naming = (
        _("2.3 is lesson 3 of module 2; the bar tells how many have done it.")
        if whole
        else _("2 is the last lesson of module 2; the bar tells how many have done it.")
    )
    shown = worst if any(row.is_highlighted for row in rows) else ""
    told = "\n".join(f"{row.label}: {row.value_text}" for row in rows)
    return CaptionedChart(
        Bars(title, _plain_subject(_, view), shown, rows, (naming, rounding_note(_))),
        parts.join_paragraphs(chart_heading(_, view, title), worst, f"{told}\n{naming}"),
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
    notes = (rounding_note(_),) if hidden is None else (hidden, rounding_note(_))
    first = min(of.days[0][0] for _cohort, of in found)
    days = _ticks(_, min(first, view.today - 6), view.today)
    chart = Lines(title, under, _("People"), _lines(_, found), days, notes)
    head = f"{parts.bold(title)}\n{under}"
    return CaptionedChart(chart, parts.join_paragraphs(head, _lines_text(_, found), notes[0]))


def answer_times(
    _: Translator, view: StatisticsView, found: ActivityPattern
) -> CaptionedChart | None:
    """When people answer; `None` when it is not shown."""
    if not found.cells:
        return None
    title, (listed, busiest) = _("When people answer"), answer_times_text(_, found)
    chart = Grid(
        title,
        _plain_subject(_, view),
        tuple((_.weekday(at, short=True), hours) for at, hours in enumerate(found.cells)),
        tuple((hour, _.time(hour * 60) if hour < _HOURS[-1] else "24:00") for hour in _HOURS),
        _("Hour, where the person is"),
        _("few or none"),
        _("most answers"),
        (busiest,),
    )
    head = chart_heading(_, view, title)
    return CaptionedChart(chart, parts.join_paragraphs(head, busiest, listed))


def _bar(_: Translator, course: Course, step: FunnelStep, found: Funnel, *, whole: bool) -> Bar:
    place = positions.position_of(course, step.lesson)
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


def _ticks(_: Translator, first: int, last: int) -> tuple[tuple[int, str], ...]:
    days = [first + (last - first) * at // (_TICK_COUNT - 1) for at in range(_TICK_COUNT)]
    return tuple((day, _date(_, day)) for day in days)


def _date(_: Translator, day: int) -> str:
    return _.short_day(_FIRST_DAY + timedelta(days=day))


def chart_heading(_: Translator, view: StatisticsView, title: str) -> str:
    """The heading of a caption."""
    return f"{parts.bold(title)}\n{subject_line(_, view)}"


def _plain_subject(_: Translator, view: StatisticsView) -> str:
    """Whose figures and which period, not as HTML."""
    whose = _("Everybody") if view.cohort is None else view.cohort.name
    return f"{whose} · {period_text(_, view.period)}"
