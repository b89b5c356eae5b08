"""Statistics by lesson, module, cohort, broadcast and time of the week."""

from collections.abc import Sequence

from bot.actions.deliveries import DeliveryReport
from bot.actions.statistics import CohortsPage, StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from bot.rendering.audiences import audience_text
from bot.rendering.figure_texts import minutes_text, people_text, percent_text, rounding_note
from bot.rendering.paging import page_buttons
from bot.rendering.statistics import (
    back_button,
    chart_button,
    cohort_button,
    everybody_button,
    few_people,
    heading,
    page_button,
    period_text,
)
from course.model import Course
from course.statistics.overview import (
    ActivityPattern,
    CohortFigures,
    Funnel,
    FunnelStep,
    ModuleFigures,
    Period,
)
from course.statistics.suppression import People
from storage.outbox import DeliveryState

_HOURS = 24
_HOURS_TOGETHER = 3  # hours that are added up: single ones vary by chance


def funnel(_: Translator, course: Course, view: StatisticsView, found: Funnel) -> Reply:
    """How many people have done each module, and where most stop."""
    title = heading(_, view, _("How far people come"))
    if found.enrolled.are_few:
        advice, buttons = few_people(_, view, "funnel")
        rows = parts.filled(buttons, (back_button(_, view),))
        return Reply(parts.join_paragraphs(title, advice), rows)
    lines = (
        _enrolled(_, view, found),
        _("Started: {people}", people=people_text(_, found.started)),
        *(_reached(_, course, step) for step in module_ends(found)),
        _("Finished: {people}", people=people_text(_, found.finished)),
    )
    text = parts.join_paragraphs(
        title,
        "\n".join(lines),
        where_most_stop(_, course, found),
        _("Each line tells how many have done the last lesson of a module, whenever that was."),
        rounding_note(_),
    )
    return Reply(text, ((*chart_button(_, view, "funnel"), back_button(_, view)),))


def _enrolled(_: Translator, view: StatisticsView, found: Funnel) -> str:
    number = people_text(_, found.enrolled)
    if view.period is Period.ALL:
        return _("Enrolled: {people}", people=number)
    return _("Enrolled in these days: {people}", people=number)


def where_most_stop(_: Translator, course: Course, found: Funnel) -> str:
    """The lesson before which most people stop."""
    step = next((one for one in found.steps if one.lesson == found.worst), None)
    if step is None:
        return _("Nowhere do many people stop at once.")
    return _(
        "Most people stop before {lesson}: {people} fewer have done it than the one before.",
        lesson=positions.short_position(_, positions.position_of(course, step.lesson)),
        people=people_text(_, step.lost),
    )


def modules(
    _: Translator, course: Course, view: StatisticsView, found: Sequence[ModuleFigures]
) -> Reply:
    """Every module: how many people closed it, its time, and the share of right first answers."""
    days = _("Closed and minutes are of these days, right answers of all days.")
    text = parts.join_paragraphs(
        heading(_, view, _("Modules")),
        "\n\n".join(_module(_, course, one) for one in found),
        f"{days} {rounding_note(_)}",
    )
    return Reply(text, ((back_button(_, view),),))


def cohorts_page(_: Translator, view: StatisticsView, page: CohortsPage) -> Reply:
    """Compares all cohorts, whichever is chosen; a button opens one of them."""
    title = parts.bold(_("Cohorts")) + "\n" + period_text(_, view.period)
    if not page.cohorts:
        text = parts.join_paragraphs(title, _("There is no cohort yet."))
        return Reply(text, ((back_button(_, view),),))
    pairs = zip(page.cohorts, page.figures, strict=True)
    listed = "\n\n".join(_cohort(_, one.name, of) for one, of in pairs)
    drawn = chart_button(_, view, "finishing") if page.is_drawn else ()
    return Reply(
        parts.join_paragraphs(title, listed, rounding_note(_)),
        parts.filled(
            everybody_button(_, view),
            *parts.column(cohort_button(one.name, one.id, view.period) for one in page.cohorts),
            page_buttons(_, page.number, page_button(_, "cohorts", view), is_last=page.is_last),
            (*drawn, back_button(_, view)),
        ),
    )


def broadcasts(_: Translator, view: StatisticsView, found: Sequence[DeliveryReport]) -> Reply:
    """The newest broadcasts and their delivery results."""
    order = _("The newest stand first, whatever the days.")
    text = parts.join_paragraphs(
        heading(_, view, _("Broadcasts")),
        "\n\n".join(_broadcast(_, one) for one in found) or _("None has been sent so far."),
        f"{order} {rounding_note(_)}" if found else None,
    )
    return Reply(text, ((back_button(_, view),),))


def answer_times(_: Translator, view: StatisticsView, found: ActivityPattern) -> Reply:
    """On which days and at what local time people answer."""
    title = heading(_, view, _("When people answer, by their own clocks"))
    known = None if found.known is None else _known_text(_, found.known)
    back = back_button(_, view)
    if not found.cells:
        advice, buttons = few_people(_, view, "time")
        return Reply(parts.join_paragraphs(title, advice, known), parts.filled(buttons, (back,)))
    text = parts.join_paragraphs(title, *answer_times_text(_, found), known)
    return Reply(text, ((*chart_button(_, view, "time"), back),))


def _known_text(_: Translator, percent: int) -> str:
    return _(
        "Of {number} percent of the answers I know the time where the person was.",
        number=_.number(percent),
    )


def answer_times_text(_: Translator, found: ActivityPattern) -> tuple[str, str]:
    """The share of each day of the week, and the busiest hours."""
    listed = "\n".join(
        _("{day}: {number} percent", day=_.weekday(at), number=_.number(share))
        for at, share in enumerate(found.days)
    )
    starts = range(0, _HOURS, _HOURS_TOGETHER)
    share, start = max((sum(found.hours[at : at + _HOURS_TOGETHER]), -at) for at in starts)
    begin, end = _.time(-start * 60), _.time((-start + _HOURS_TOGETHER) * 60)
    busiest = _(
        "The busiest hours: from {begin} to {end}, with about {number} percent of the answers.",
        begin=begin,
        end=end,
        number=_.number(share),
    )
    return listed, busiest


def module_ends(found: Funnel) -> tuple[FunnelStep, ...]:
    """The last lesson of each module."""
    return tuple({step.module: step for step in found.steps}.values())


def _reached(_: Translator, course: Course, step: FunnelStep) -> str:
    number = _.number(positions.position_of(course, step.module).module_number)
    people = people_text(_, step.done)
    if step.percent is None or step.done.are_few:
        return _("Module {number}, last lesson done: {people}", number=number, people=people)
    return _(
        "Module {number}, last lesson done: {people}, {percent} percent of those who started",
        number=number,
        people=people,
        percent=_.number(step.percent),
    )


def _module(_: Translator, course: Course, one: ModuleFigures) -> str:
    module = course.module(one.module)
    assert module is not None, "the figures are of this course"
    number = _.number(positions.position_of(course, one.module).module_number)
    name = _("Module {number}: {title}", number=number, title=parts.authored_html(module.title))
    said = _(
        "Closed by {people} · time: {minutes} · first answers right: {percent}",
        people=people_text(_, one.closed),
        minutes=minutes_text(_, one.minutes),
        percent=percent_text(_, one.right),
    )
    return f"{parts.bold(name)}\n{said}"


def _cohort(_: Translator, name: str, one: CohortFigures) -> str:
    said = _(
        "Enrolled {enrolled} · started {started} · active {active} · finished {finished}\n"
        "Time to finish: {minutes} · first answers right: {percent}",
        enrolled=people_text(_, one.enrolled),
        started=people_text(_, one.started),
        active=people_text(_, one.active),
        finished=people_text(_, one.finished),
        minutes=minutes_text(_, one.minutes),
        percent=percent_text(_, one.right),
    )
    return f"{parts.bold(parts.safe_name(name))}\n{said}"


def _broadcast(_: Translator, report: DeliveryReport) -> str:
    known, total = report.broadcast, report.total
    counts = (
        (_("arrived: {people}"), report.count(DeliveryState.SENT)),
        (_("failed: {people}"), report.count(DeliveryState.FAILED, DeliveryState.UNKNOWN)),
        (_("left out: {people}"), report.count(DeliveryState.SKIPPED)),
        (_("answered: {people}"), sum(report.rsvp_counts.values())),
    )
    said = " · ".join(
        form.format(people=people_text(_, People.rounded(number)))
        for form, number in ((_("for {people}"), total), *(one for one in counts if one[1]))
    )
    return f"{parts.bold(audience_text(_, known.audience, report.cohorts))}\n{said}"
