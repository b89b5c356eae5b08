"""Statistics by lesson, module, cohort, broadcast, reminder and time of the week."""

from collections.abc import Sequence

from bot.actions.deliveries import DeliveryReport
from bot.actions.statistics import CohortsPage, StatisticsView
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.audiences import audience_text
from bot.rendering.reminder_statistics import kind_name
from bot.rendering.statistics import (
    back_button,
    chart_button,
    cohort_button,
    everybody_button,
    heading,
    minutes_text,
    people_text,
    percent_text,
    period_text,
    rounding_note,
    statistics_button,
)
from course.model import Course, LessonId
from course.statistics.intervals import MIN_GROUP_SIZE, Proportion
from course.statistics.overview import (
    ActivityPattern,
    CohortFigures,
    Funnel,
    FunnelStep,
    ModuleFigures,
    Period,
    ReminderFigures,
)
from course.statistics.suppression import People
from storage.outbox import DeliveryState

_HOURS = 24
_HOURS_TOGETHER = 3  # hours that are added up: single ones vary by chance


def funnel(_: Translator, course: Course, view: StatisticsView, found: Funnel) -> Reply:
    """How many people have done each module, and where most stop."""
    title = heading(_, view, _("How far people come"))
    if found.enrolled.are_few:
        return Reply(parts.join_paragraphs(title, _too_few(_)), ((back_button(_, view),),))
    text = parts.join_paragraphs(
        title,
        "\n".join(
            (
                _enrolled(_, view, found),
                _("Started: {people}", people=people_text(_, found.started)),
                *(_reached(_, course, step) for step in _ends(found)),
                _("Finished: {people}", people=people_text(_, found.finished)),
            )
        ),
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
        lesson=lesson_name(_, course, step.lesson),
        people=people_text(_, step.lost),
    )


def lesson_name(_: Translator, course: Course, lesson: LessonId) -> str:
    """A lesson's position: "module 2, lesson 3"."""
    place = parts.position_of(course, lesson)
    return _(
        "module {module}, lesson {lesson}",
        module=_.number(place.module_number),
        lesson=_.number(place.lesson_number or 1),
    )


def modules(
    _: Translator, course: Course, view: StatisticsView, found: Sequence[ModuleFigures]
) -> Reply:
    """Every module: how many people closed it, its time, and the share of right first answers."""
    listed = "\n\n".join(_module(_, course, one) for one in found)
    text = parts.join_paragraphs(
        heading(_, view, _("Modules")),
        listed,
        _("Closed and minutes are of these days, right answers of all days.")
        + " "
        + rounding_note(_),
    )
    return Reply(text, ((back_button(_, view),),))


def cohorts_page(_: Translator, view: StatisticsView, page: CohortsPage) -> Reply:
    """Compares all cohorts, whichever is chosen; a button opens one of them."""
    title = parts.bold(_("Cohorts")) + "\n" + period_text(_, view.period)
    if not page.cohorts:
        text = parts.join_paragraphs(title, _("There is no cohort yet."))
        return Reply(text, ((back_button(_, view),),))
    pairs = zip(page.cohorts, page.figures, strict=True)
    text = parts.join_paragraphs(
        title,
        "\n\n".join(
            f"{parts.bold(parts.safe_name(one.name))}\n{_cohort(_, of)}" for one, of in pairs
        ),
        rounding_note(_),
    )
    number = page.number
    turning = (
        *((_page(_, _("Earlier"), view, number - 1),) if number else ()),
        *(() if page.is_last else (_page(_, _("More"), view, number + 1),)),
    )
    chosen = tuple(cohort_button(one.name, one.id, view.period) for one in page.cohorts)
    everybody = (everybody_button(_, view.period),) if view.is_admin and view.cohort else ()
    rows = (
        everybody,
        *((one,) for one in chosen),
        turning,
        (*chart_button(_, view, "finishing"), back_button(_, view)),
    )
    return Reply(text, tuple(row for row in rows if row))


def reminders(_: Translator, view: StatisticsView, found: Sequence[ReminderFigures]) -> Reply:
    """Each kind of reminder: who returned with one and without, and the effect."""
    listed = "\n\n".join(f"{parts.bold(kind_name(_, one.kind))}\n{_kind(_, one)}" for one in found)
    text = parts.join_paragraphs(
        parts.bold(_("Reminders, and what they do")) + "\n" + _("Everybody · All days"),
        listed or _("None has been sent or held out so far."),
        _how_to_read(_, found) if found else None,
    )
    drawn = chart_button(_, view, "reminders") if found else ()
    return Reply(text, ((*drawn, back_button(_, view)),))


def broadcasts(_: Translator, view: StatisticsView, found: Sequence[DeliveryReport]) -> Reply:
    """The newest broadcasts and their delivery results."""
    listed = "\n\n".join(_broadcast(_, one) for one in found)
    text = parts.join_paragraphs(
        heading(_, view, _("Broadcasts")),
        listed or _("None has been sent so far."),
        _("The newest stand first, whatever the days.") + " " + rounding_note(_) if found else None,
    )
    return Reply(text, ((back_button(_, view),),))


def answer_times(_: Translator, view: StatisticsView, found: ActivityPattern) -> Reply:
    """On which days and at what local time people answer."""
    title = heading(_, view, _("When people answer, by their own clocks"))
    known = None
    if found.known is not None:
        known = _(
            "Of {number} percent of the answers I know the time where the person was.",
            number=_.number(found.known),
        )
    if not found.cells:
        return Reply(parts.join_paragraphs(title, _too_few(_), known), ((back_button(_, view),),))
    text = parts.join_paragraphs(title, *answer_times_text(_, found), known)
    return Reply(text, ((*chart_button(_, view, "time"), back_button(_, view)),))


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


def _ends(found: Funnel) -> list[FunnelStep]:
    """The last lesson of each module."""
    last = {step.module: step for step in found.steps}
    return list(last.values())


def _reached(_: Translator, course: Course, step: FunnelStep) -> str:
    number = _.number(parts.position_of(course, step.module).module_number)
    if step.percent is None or step.done.are_few:
        return _(
            "Module {number}, last lesson done: {people}",
            number=number,
            people=people_text(_, step.done),
        )
    return _(
        "Module {number}, last lesson done: {people}, {percent} percent of those who started",
        number=number,
        people=people_text(_, step.done),
        percent=_.number(step.percent),
    )


def _module(_: Translator, course: Course, one: ModuleFigures) -> str:
    module = course.module(one.module)
    assert module is not None, "the figures are of this course"
    number = _.number(parts.position_of(course, one.module).module_number)
    name = _("Module {number}: {title}", number=number, title=parts.authored_html(module.title))
    said = _(
        "Closed by {people} · time: {minutes} · first answers right: {percent}",
        people=people_text(_, one.closed),
        minutes=minutes_text(_, one.minutes),
        percent=percent_text(_, one.right),
    )
    return f"{parts.bold(name)}\n{said}"


def _cohort(_: Translator, one: CohortFigures) -> str:
    return _(
        "Enrolled {enrolled} · started {started} · active {active} · finished {finished}\n"
        "Time to finish: {minutes} · first answers right: {percent}",
        enrolled=people_text(_, one.enrolled),
        started=people_text(_, one.started),
        active=people_text(_, one.active),
        finished=people_text(_, one.finished),
        minutes=minutes_text(_, one.minutes),
        percent=percent_text(_, one.right),
    )


def _how_to_read(_: Translator, found: Sequence[ReminderFigures]) -> str:
    counted = _(
        "Counted are times, not people, in fives, rounded down. Some reminders are held out by"
        " chance, to compare with."
    )
    return " ".join(word for word in (counted, interval_note(_, found), _("More: /nudges")) if word)


def _kind(_: Translator, one: ReminderFigures) -> str:
    sent = {
        "times": people_text(_, People.rounded(one.sent.total)),
        "share": _share_back(_, one.sent),
    }
    if one.kind.is_requested:
        return _("Sent: {times}. Back within 72 hours: {share}. Never held out.", **sent)
    held = {
        "times": people_text(_, People.rounded(one.held_out.total)),
        "share": _share_back(_, one.held_out),
    }
    lines = [
        _("Sent: {times}. Back within 72 hours: {share}", **sent),
        _("Held out: {times}. Back all the same: {share}", **held),
        effect_text(_, one),
    ]
    return "\n".join(lines)


def interval_note(_: Translator, found: Sequence[ReminderFigures]) -> str | None:
    """The note that explains the interval behind an effect; `None` where no effect is shown."""
    if all(one.effect is None for one in found):
        return None
    return _("In brackets: between which bounds the true difference lies, 95 times in 100.")


def effect_text(_: Translator, one: ReminderFigures) -> str:
    """The effect of a kind of reminder, or that there is too little data."""
    found = one.effect
    if found is None:
        return _(
            "Effect: not enough data yet. It takes {number} of each.",
            number=_.number(MIN_GROUP_SIZE),
        )
    values = {
        "points": _points(_, found.estimate),
        "low": _points(_, found.low),
        "high": _points(_, found.high),
    }
    return _("Effect in percentage points: {points} ({low} to {high})", **values)


def _share_back(_: Translator, group: Proportion) -> str:
    """The share of returns, if there are enough for one."""
    if group.total < MIN_GROUP_SIZE:
        return _("too few to tell")
    return percent_text(_, round(100 * group.successes / group.total))


def _points(_: Translator, difference: float) -> str:
    points = round(100 * difference)
    return f"+{_.number(points)}" if points > 0 else _.number(points)


def _broadcast(_: Translator, report: DeliveryReport) -> str:
    known = report.broadcast
    counts = [
        (_("for {people}"), report.total),
        (_("arrived: {people}"), report.count(DeliveryState.SENT)),
        (_("failed: {people}"), report.count(DeliveryState.FAILED, DeliveryState.UNKNOWN)),
        (_("left out: {people}"), report.count(DeliveryState.SKIPPED)),
        (_("answered: {people}"), sum(report.rsvp_counts.values())),
    ]
    said = " · ".join(
        form.format(people=people_text(_, People.rounded(number)))
        for form, number in counts
        if number or form is counts[0][0]
    )
    return f"{parts.bold(audience_text(_, known.audience, report.cohorts))}\n{said}"


def _page(_: Translator, label: str, view: StatisticsView, number: int) -> Button:
    return statistics_button(_, label, "cohorts", view, str(number))


def _too_few(_: Translator) -> str:
    return _("Too few people for figures that tell of nobody.")
