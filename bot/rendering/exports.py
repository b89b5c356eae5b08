"""Exports: the choice of a format, progress, and the result."""

from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts

MEGABYTES = 50
"""The largest file that a bot may send (Bot API, sending files)."""


def ask_format(_: Translator, *, everybody: bool, too_many: bool) -> Reply:
    """Asks for the file format, unless there is more than can be sent in a chat.

    Args:
        everybody: whether it covers everybody, or only the person's cohorts.
    """
    title = parts.bold(_("Export"))
    if too_many:
        return Reply(parts.join_paragraphs(title, _too_large(_)))
    excel, csv = _button(_("Excel file"), "xlsx"), _button(_("CSV files in a zip"), "csv")
    return Reply(parts.join_paragraphs(title, *_what_it_holds(_, everybody)), ((excel, csv),))


def _what_it_holds(_: Translator, everybody: bool) -> tuple[str, str]:
    return (
        _("Learners, members, progress, answers, questions, cohorts, messages and reminders.")
        if everybody
        else _("The members of your cohorts, their progress, the questions and the cohorts."),
        _(
            "Each learner has a code in place of a name, the same in every file. Please keep the"
            " file safe all the same, and delete it when you no longer need it."
        ),
    )


def started(_: Translator) -> Reply:
    """Tells that the file is being made."""
    return Reply(_("Your file is being made. You can go on meanwhile."))


def progress(_: Translator, part: int, parts: int, percent: int | None, rows: int) -> Reply:
    """How far it is.

    Args:
        percent: of this part; `None` when not known.
    """
    values = {"part": _.number(part), "parts": _.number(parts), "rows": _.number(rows)}
    if percent is None:
        text = _("Your file is being made: part {part} of {parts}, {rows} rows so far.", **values)
    else:
        text = _(
            "Your file is being made: part {part} of {parts}, {percent} percent of it,"
            " {rows} rows so far.",
            percent=_.number(percent),
            **values,
        )
    return Reply(text)


def stopped(_: Translator) -> Reply:
    """Tells that the bot is shutting down."""
    return Reply(_("I had to stop before your file was ready. Please ask again: /export"))


def done(_: Translator, rows: int) -> Reply:
    """Tells that the file is ready."""
    return Reply(_("Your file is ready: {rows} rows.", rows=_.number(rows)))


def caption(_: Translator) -> str:
    """The caption of the file."""
    return _("What each column means stands in the file.")


def already_exporting(_: Translator) -> str:
    """Toast: another export is running."""
    return _("A file is being made already. Please wait for it.")


def too_large(_: Translator) -> Reply:
    """Tells that the file is larger than Telegram allows."""
    return Reply(_too_large(_))


def failed(_: Translator) -> Reply:
    """Tells that the export failed."""
    return Reply(_("The file could not be made. Please try again later: /export"))


def _too_large(_: Translator) -> str:
    return _(
        "There is more than fits into a file here: Telegram takes {most} megabytes. Whoever runs"
        " the bot can write it on the server with {command}.",
        most=_.number(MEGABYTES),
        command="<code>tutorbot export</code>",
    )


def _button(text: str, form: str) -> Button:
    return parts.button(text, ManagePress("e", "make", 0, form))
