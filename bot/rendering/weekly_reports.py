"""The weekly report for admins and facilitators, and its setting."""

from bot.actions.statistics import StatisticsView
from bot.actions.weekly_reports import ReportSetting, WeeklyReport
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.charts import shorten_caption
from bot.rendering.figure_texts import people_text
from bot.rendering.item_verdicts import verdict_text
from bot.rendering.mistake_reports import waiting_reports
from bot.rendering.statistics import (
    back_button,
    overview_lines,
    statistics_button,
    subject_line,
)
from bot.rendering.statistics_tables import where_most_stop
from course import local_time
from course.model import Course

HOURS = (7, 9, 12, 18)
"""Hours that are offered."""


def report_setting(_: Translator, view: StatisticsView, wish: ReportSetting) -> Reply:
    """The setting of the report, and how to change it."""
    text = parts.join_paragraphs(
        parts.bold(_("Weekly report")),
        _("On Mondays I tell you in about ten lines how it is going, with a picture."),
        _when(_, wish),
        None
        if wish.zone is not None
        else _("I do not know your time zone, so times are UTC. /reminders changes that."),
    )
    hours = tuple(
        statistics_button(_, _.time(hour * 60), "weekly-set", view, str(hour * 60))
        for hour in HOURS
    )
    off = (
        ()
        if wish.minute is None
        else (statistics_button(_, _("Turn it off"), "weekly-set", view, "off"),)
    )
    return Reply(text, (hours, (*off, back_button(_, view, "choose"))))


def weekly_report(
    _: Translator, course: Course, report: WeeklyReport, image: bytes | None = None
) -> Reply:
    """The report as text, below its chart if there is one; its first line tells no topic."""
    view = report.view
    text = parts.join_paragraphs(
        parts.bold(_("Your weekly report")) + "\n" + subject_line(_, view)
        if not report.cohort_figures
        else parts.bold(_("Your weekly report")),
        "\n".join(_lines(_, course, report)),
        waiting_reports(_, report.mistake_reports),
        _("All figures: /stats. There you can also turn this report off."),
    )
    return Reply(text if image is None else shorten_caption(text), image_png=image)


def _lines(_: Translator, course: Course, report: WeeklyReport) -> tuple[str, ...]:
    if report.cohort_figures:
        return tuple(
            _(
                "{name}: {enrolled} enrolled, {active} active, {finished} finished in the last 7"
                " days",
                name=parts.safe_name(cohort.name),
                enrolled=people_text(_, found.enrolled),
                active=people_text(_, found.active),
                finished=people_text(_, found.finished),
            )
            for cohort, found in report.cohort_figures
        )
    stops = _(
        "In the last {days} days: {sentence}",
        days=_.number(report.quarter_view.period.value),
        sentence=where_most_stop(_, course, report.funnel),
    )
    lines = (*overview_lines(_, report.overview), stops)
    if report.first_question is None:
        return (*lines, _("No question needs a look."))
    asked = course.question(report.first_question.question)
    assert asked is not None, "the figures are of this course"
    said = verdict_text(_, asked, report.first_question.verdicts[0])
    return (
        *lines,
        _("Question to look at first, of all days: {id}. {said}", id=asked.id, said=said),
    )


def _when(_: Translator, wish: ReportSetting) -> str:
    if wish.minute is None or wish.next_at is None:
        return _("Now: off. Press a time to have it.")
    day = local_time.to_local(wish.zone or "UTC", wish.next_at).date()
    return _(
        "Now: on Mondays at {time}. The next one comes on {day}.",
        time=_.time(wish.minute),
        day=_.day(day),
    )
