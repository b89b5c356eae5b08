"""The weekly report for admins and facilitators, and its setting."""

from bot.actions.statistics import View
from bot.actions.weekly_reports import Told, Wish
from bot.i18n import Voice
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.charts import shortened
from bot.rendering.item_analysis import verdict
from bot.rendering.statistics import about, back, button, figures, people
from bot.rendering.statistics_tables import where_most_stop
from course import local_time
from course.model import Course

HOURS = (7, 9, 12, 18)
"""Hours that are offered."""


def setting(_: Voice, seen: View, wish: Wish) -> Reply:
    """The setting of the report, and how to change it."""
    text = parts.lines(
        parts.bold(_("Weekly report")),
        _("On Mondays I tell you in about ten lines how it is going, with a picture."),
        _when(_, wish),
        None
        if wish.zone is not None
        else _("I do not know your time zone, so times are UTC. /reminders changes that."),
    )
    hours = tuple(
        button(_, _.time(hour * 60), "weekly-set", seen, str(hour * 60)) for hour in HOURS
    )
    off = () if wish.minute is None else (button(_, _("Turn it off"), "weekly-set", seen, "off"),)
    return Reply(text, (hours, (*off, back(_, seen, "choose"))))


def report(_: Voice, course: Course, told: Told, image: bytes | None = None) -> Reply:
    """The report as text, below its chart if there is one; its first line tells no topic."""
    seen = told.seen
    text = parts.lines(
        parts.bold(_("Your weekly report")) + "\n" + about(_, seen)
        if not told.beside
        else parts.bold(_("Your weekly report")),
        "\n".join(_lines(_, course, told)),
        _("All figures: /stats. There you can also turn this report off."),
    )
    return Reply(text if image is None else shortened(text), image=image)


def _lines(_: Voice, course: Course, told: Told) -> tuple[str, ...]:
    if told.beside:
        return tuple(
            _(
                "{name}: {enrolled} enrolled, {active} active, {finished} finished in the last 7"
                " days",
                name=parts.name(cohort.name),
                enrolled=people(_, found.enrolled),
                active=people(_, found.active),
                finished=people(_, found.finished),
            )
            for cohort, found in told.beside
        )
    stops = _(
        "In the last {days} days: {sentence}",
        days=_.number(told.lasting.period.value),
        sentence=where_most_stop(_, course, told.funnel),
    )
    lines = (*figures(_, told.overview), stops)
    if told.first is None:
        return (*lines, _("No question needs a look."))
    asked = course.question(told.first.question)
    assert asked is not None, "the figures are of this course"
    said = verdict(_, asked, told.first.verdicts[0])
    return (
        *lines,
        _("Question to look at first, of all days: {id}. {said}", id=asked.id, said=said),
    )


def _when(_: Voice, wish: Wish) -> str:
    if wish.minute is None or wish.next_at is None:
        return _("Now: off. Press a time to have it.")
    day = local_time.local(wish.zone or "UTC", wish.next_at).date()
    return _(
        "Now: on Mondays at {time}. The next one comes on {day}.",
        time=_.time(wish.minute),
        day=_.day(day),
    )
