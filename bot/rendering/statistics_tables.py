"""Statistics by lesson, module, cohort, broadcast, reminder and time of the week."""

from collections.abc import Sequence

from bot.actions.deliveries import Report
from bot.actions.statistics import Beside, View
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.audiences import audience_of
from bot.rendering.reminder_statistics import kind_name
from bot.rendering.statistics import (
    back,
    button,
    head,
    in_fives,
    minutes,
    of_cohort,
    of_everybody,
    people,
    percent,
    period,
    picture,
)
from course.model import Course, LessonId
from course.statistics.intervals import ENOUGH, Group
from course.statistics.overview import (
    Activity,
    CohortFigures,
    Funnel,
    ModuleFigures,
    Period,
    ReminderFigures,
    Step,
)
from course.statistics.suppression import People
from storage.outbox import State

_HOURS = 24
_PART = 3  # hours that are added up: single ones vary by chance


def funnel(_: Voice, course: Course, seen: View, found: Funnel) -> Reply:
    """How many people have done each module, and where most stop."""
    title = head(_, seen, _("How far people come"))
    if found.enrolled.are_few:
        return Reply(parts.lines(title, _too_few(_)), ((back(_, seen),),))
    text = parts.lines(
        title,
        "\n".join(
            (
                _enrolled(_, seen, found),
                _("Started: {people}", people=people(_, found.started)),
                *(_reached(_, course, step) for step in _ends(found)),
                _("Finished: {people}", people=people(_, found.finished)),
            )
        ),
        where_most_stop(_, course, found),
        _("Each line tells how many have done the last lesson of a module, whenever that was."),
        in_fives(_),
    )
    return Reply(text, ((*picture(_, seen, "funnel"), back(_, seen)),))


def _enrolled(_: Voice, seen: View, found: Funnel) -> str:
    number = people(_, found.enrolled)
    if seen.period is Period.ALL:
        return _("Enrolled: {people}", people=number)
    return _("Enrolled in these days: {people}", people=number)


def where_most_stop(_: Voice, course: Course, found: Funnel) -> str:
    """The lesson before which most people stop."""
    step = next((one for one in found.steps if one.lesson == found.worst), None)
    if step is None:
        return _("Nowhere do many people stop at once.")
    return _(
        "Most people stop before {lesson}: {people} fewer have done it than the one before.",
        lesson=lesson_name(_, course, step.lesson),
        people=people(_, step.lost),
    )


def lesson_name(_: Voice, course: Course, lesson: LessonId) -> str:
    """A lesson's position: "module 2, lesson 3"."""
    place = parts.place_of(course, lesson)
    return _(
        "module {module}, lesson {lesson}",
        module=_.number(place.module_number),
        lesson=_.number(place.lesson_number or 1),
    )


def modules(_: Voice, course: Course, seen: View, found: Sequence[ModuleFigures]) -> Reply:
    """Every module: how many people closed it, its time, and the share of right first answers."""
    listed = "\n\n".join(_module(_, course, one) for one in found)
    text = parts.lines(
        head(_, seen, _("Modules")),
        listed,
        _("Closed and minutes are of these days, right answers of all days.") + " " + in_fives(_),
    )
    return Reply(text, ((back(_, seen),),))


def cohorts(_: Voice, seen: View, page: Beside) -> Reply:
    """Compares all cohorts, whichever is chosen; a button opens one of them."""
    title = parts.bold(_("Cohorts")) + "\n" + period(_, seen.period)
    if not page.cohorts:
        text = parts.lines(title, _("There is no cohort yet."))
        return Reply(text, ((back(_, seen),),))
    pairs = zip(page.cohorts, page.figures, strict=True)
    text = parts.lines(
        title,
        "\n\n".join(f"{parts.bold(parts.name(one.name))}\n{_cohort(_, of)}" for one, of in pairs),
        in_fives(_),
    )
    number = page.number
    turning = (
        *((_page(_, _("Earlier"), seen, number - 1),) if number else ()),
        *(() if page.is_last else (_page(_, _("More"), seen, number + 1),)),
    )
    chosen = tuple(of_cohort(one.name, one.id, seen.period) for one in page.cohorts)
    everybody = (of_everybody(_, seen.period),) if seen.is_admin and seen.chosen else ()
    rows = (
        everybody,
        *((one,) for one in chosen),
        turning,
        (*picture(_, seen, "finishing"), back(_, seen)),
    )
    return Reply(text, tuple(row for row in rows if row))


def reminders(_: Voice, seen: View, found: Sequence[ReminderFigures]) -> Reply:
    """Each kind of reminder: who returned with one and without, and the effect."""
    listed = "\n\n".join(f"{parts.bold(kind_name(_, one.kind))}\n{_kind(_, one)}" for one in found)
    text = parts.lines(
        parts.bold(_("Reminders, and what they do")) + "\n" + _("Everybody · All days"),
        listed or _("None has been sent or held out so far."),
        _how_to_read(_, found) if found else None,
    )
    drawn = picture(_, seen, "reminders") if found else ()
    return Reply(text, ((*drawn, back(_, seen)),))


def broadcasts(_: Voice, seen: View, found: Sequence[Report]) -> Reply:
    """The newest broadcasts and their delivery results."""
    listed = "\n\n".join(_broadcast(_, one) for one in found)
    text = parts.lines(
        head(_, seen, _("Broadcasts")),
        listed or _("None has been sent so far."),
        _("The newest stand first, whatever the days.") + " " + in_fives(_) if found else None,
    )
    return Reply(text, ((back(_, seen),),))


def time(_: Voice, seen: View, found: Activity) -> Reply:
    """On which days and at what local time people answer."""
    title = head(_, seen, _("When people answer, by their own clocks"))
    known = None
    if found.known is not None:
        known = _(
            "Of {number} percent of the answers I know the time where the person was.",
            number=_.number(found.known),
        )
    if not found.cells:
        return Reply(parts.lines(title, _too_few(_), known), ((back(_, seen),),))
    text = parts.lines(title, *when(_, found), known)
    return Reply(text, ((*picture(_, seen, "time"), back(_, seen)),))


def when(_: Voice, found: Activity) -> tuple[str, str]:
    """The share of each day of the week, and the busiest hours."""
    listed = "\n".join(
        _("{day}: {number} percent", day=_.weekday(at), number=_.number(share))
        for at, share in enumerate(found.days)
    )
    starts = range(0, _HOURS, _PART)
    share, start = max((sum(found.hours[at : at + _PART]), -at) for at in starts)
    begin, end = _.time(-start * 60), _.time((-start + _PART) * 60)
    busiest = _(
        "The busiest hours: from {begin} to {end}, with about {number} percent of the answers.",
        begin=begin,
        end=end,
        number=_.number(share),
    )
    return listed, busiest


def _ends(found: Funnel) -> list[Step]:
    """The last lesson of each module."""
    last = {step.module: step for step in found.steps}
    return list(last.values())


def _reached(_: Voice, course: Course, step: Step) -> str:
    number = _.number(parts.place_of(course, step.module).module_number)
    if step.percent is None or step.done.are_few:
        return _(
            "Module {number}, last lesson done: {people}",
            number=number,
            people=people(_, step.done),
        )
    return _(
        "Module {number}, last lesson done: {people}, {percent} percent of those who started",
        number=number,
        people=people(_, step.done),
        percent=_.number(step.percent),
    )


def _module(_: Voice, course: Course, one: ModuleFigures) -> str:
    module = course.module(one.module)
    assert module is not None, "the figures are of this course"
    number = _.number(parts.place_of(course, one.module).module_number)
    name = _("Module {number}: {title}", number=number, title=parts.authored(module.title))
    said = _(
        "Closed by {people} · time: {minutes} · first answers right: {percent}",
        people=people(_, one.closed),
        minutes=minutes(_, one.minutes),
        percent=percent(_, one.right),
    )
    return f"{parts.bold(name)}\n{said}"


def _cohort(_: Voice, one: CohortFigures) -> str:
    return _(
        "Enrolled {enrolled} · started {started} · active {active} · finished {finished}\n"
        "Time to finish: {minutes} · first answers right: {percent}",
        enrolled=people(_, one.enrolled),
        started=people(_, one.started),
        active=people(_, one.active),
        finished=people(_, one.finished),
        minutes=minutes(_, one.minutes),
        percent=percent(_, one.right),
    )


def _how_to_read(_: Voice, found: Sequence[ReminderFigures]) -> str:
    counted = _(
        "Counted are times, not people, in fives, rounded down. Some reminders are held out by"
        " chance, to compare with."
    )
    return " ".join(word for word in (counted, brackets(_, found), _("More: /nudges")) if word)


def _kind(_: Voice, one: ReminderFigures) -> str:
    sent = {"times": people(_, People.of(one.sent.of)), "share": _back(_, one.sent)}
    if one.kind.is_asked_for:
        return _("Sent: {times}. Back within 72 hours: {share}. Never held out.", **sent)
    held = {"times": people(_, People.of(one.held.of)), "share": _back(_, one.held)}
    lines = [
        _("Sent: {times}. Back within 72 hours: {share}", **sent),
        _("Held out: {times}. Back all the same: {share}", **held),
        effect(_, one),
    ]
    return "\n".join(lines)


def brackets(_: Voice, found: Sequence[ReminderFigures]) -> str | None:
    """The note that explains the interval behind an effect; `None` where no effect is shown."""
    if all(one.effect is None for one in found):
        return None
    return _("In brackets: between which bounds the true difference lies, 95 times in 100.")


def effect(_: Voice, one: ReminderFigures) -> str:
    """The effect of a kind of reminder, or that there is too little data."""
    found = one.effect
    if found is None:
        return _("Effect: not enough data yet. It takes {number} of each.", number=_.number(ENOUGH))
    values = {
        "points": _points(_, found.estimate),
        "low": _points(_, found.low),
        "high": _points(_, found.high),
    }
    return _("Effect in percentage points: {points} ({low} to {high})", **values)


def _back(_: Voice, group: Group) -> str:
    """The share of returns, if there are enough for one."""
    if group.of < ENOUGH:
        return _("too few to tell")
    return percent(_, round(100 * group.did / group.of))


def _points(_: Voice, difference: float) -> str:
    points = round(100 * difference)
    return f"+{_.number(points)}" if points > 0 else _.number(points)


def _broadcast(_: Voice, told: Report) -> str:
    known = told.broadcast
    counts = [
        (_("for {people}"), told.total),
        (_("arrived: {people}"), told.count(State.SENT)),
        (_("failed: {people}"), told.count(State.FAILED, State.UNKNOWN)),
        (_("left out: {people}"), told.count(State.SKIPPED)),
        (_("answered: {people}"), sum(told.answers.values())),
    ]
    said = " · ".join(
        form.format(people=people(_, People.of(number)))
        for form, number in counts
        if number or form is counts[0][0]
    )
    return f"{parts.bold(audience_of(_, known.audience, told.cohorts))}\n{said}"


def _page(_: Voice, label: str, seen: View, number: int) -> Button:
    return button(_, label, "cohorts", seen, str(number))


def _too_few(_: Voice) -> str:
    return _("Too few people for figures that tell of nobody.")
