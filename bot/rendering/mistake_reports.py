"""Reports of mistakes in the course."""

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from course.learning.next_step import Step
from course.model import Course


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
