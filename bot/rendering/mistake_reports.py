"""Reports of mistakes in the course."""

from bot.actions.mistake_reports import ReportsPage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import lessons, parts, positions
from bot.rendering.dates import date_text
from course.learning.next_step import Step
from course.model import CardId, Course, QuestionId
from storage.mistake_reports import MistakeReport


def how_to_report(_: Translator, course: Course, step: Step) -> Reply:
    """Explains how to report a mistake."""
    where = positions.step_position(_, course, step)
    return parts.with_continue(
        _,
        parts.bold(_("Tell us of a mistake")),
        _("Type what is wrong behind the command, in one message. For example:")
        + "\n"
        + _("/report The year on this card should be 2021."),
        _("I keep it together with your place: {place}.", place=where) if where else None,
        _(
            "Please do not write names or details of real cases. What you write is kept for the"
            " people who run this bot."
        ),
    )


def report_received(_: Translator) -> Reply:
    """Thanks for a report."""
    return parts.with_continue(
        _,
        _(
            "Thank you. I have kept this for the people who run this bot, with your place in the"
            " course."
        ),
        _("I cannot answer it here. /deletemydata deletes it with everything else."),
    )


def report_page(_: Translator, course: Course, page: ReportsPage) -> Reply:
    """One report, with buttons to its place and to close it."""
    report = page.report
    if report is None:
        return Reply(_("No reports of mistakes wait. People send them with /report."))
    title = _.ngettext("{number} report of a mistake", "{number} reports of mistakes", page.total)
    text = parts.join_paragraphs(
        parts.bold(title),
        _place_line(_, course, report),
        parts.quotation(parts.plain_text(report.text)),
        _("You do not see who wrote it. “Done, say thanks” sends them a short thank-you."),
    )
    show = (_button(_("Show the place"), "place", report.number),)
    closing = (
        _button(_("Done"), "done", report.number),
        _button(_("Done, say thanks"), "thank", report.number),
    )
    is_shown = _place(_, course, report) is not None
    return Reply(text, parts.filled(show if is_shown else (), closing, _turning(_, page)))


def reported_place(_: Translator, course: Course, page: ReportsPage) -> Reply | None:
    """The card or question that a report is about; `None` when it is neither."""
    if page.report is None or (text := _place(_, course, page.report)) is None:
        return None
    return Reply(text, ((_button(_("Back to the report"), "show", page.report.number),),))


def waiting_reports(_: Translator, count: int) -> str | None:
    """How many reports wait; `None` for none."""
    if not count:
        return None
    return _.ngettext(
        "{number} report of a mistake waits: /reports",
        "{number} reports of mistakes wait: /reports",
        count,
    )


def report_closed(_: Translator, *, thanks: bool) -> str:
    """Says that a report was closed."""
    return _("Done. I thank them.") if thanks else _("Done.")


def thanks_for_report(_: Translator) -> Reply:
    """Thanks a learner whose report was handled; does not name the topic."""
    return Reply(
        _(
            "You told us of a mistake. Somebody has looked at it: thank you. It helps everybody who"
            " comes after you."
        )
    )


def _place_line(_: Translator, course: Course, report: MistakeReport) -> str:
    where = positions.item_position(_, course, report.item)
    day = date_text(_, report.at, "UTC")
    if where is None:
        return _("At the end of the course, {date}", date=day) if not report.item else day
    return _("{place} ({item}), {date}", place=where, item=parts.plain_text(report.item), date=day)


def _place(_: Translator, course: Course, report: MistakeReport) -> str | None:
    """The text of the card or question of a report."""
    item = report.item.partition("#")[0]
    if (card := course.card(CardId(item))) is not None:
        return lessons.card(_, course, card, forward=parts.continue_button(_)).text
    if (question := course.question(QuestionId(item))) is not None:
        return lessons.question(_, course, question, 1, again=False).text
    return None


def _turning(_: Translator, page: ReportsPage) -> tuple[Button, ...]:
    earlier = _button(_("Earlier"), "list", 0, str(page.index - 1))
    more = _button(_("More"), "list", 0, str(page.index + 1))
    return (
        *((earlier,) if page.index else ()),
        *((more,) if page.index + 1 < page.total else ()),
    )


def _button(label: str, action: str, report: int, value: str = "") -> Button:
    return parts.button(label, ManagePress("m", action, report, value))
