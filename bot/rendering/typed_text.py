"""Replies to what people type in their own words, where no command has a page of its own."""

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import modules, parts
from course.learning.progress import Progress
from course.model import Course


def welcome_thanks(_: Translator) -> Reply:
    """After thanks."""
    return parts.with_continue(_, _("You are welcome. Your place is kept."))


def hello(_: Translator, where: str | None) -> Reply:
    """After a greeting; `where` is the position in the course, `None` when all is done."""
    return parts.with_continue(_, _("Hello. Your place is kept."), where)


def no_certificate(_: Translator, course: Course, progress: Progress) -> Reply:
    """Tells that there is no certificate, and what is done instead."""
    return _above_progress(
        _, _("This course gives no certificate now. What you have done is here."), course, progress
    )


def no_test(_: Translator, course: Course, progress: Progress) -> Reply:
    """Tells that there is no test at the end, and what is done instead."""
    return _above_progress(
        _,
        _("There is no test at the end now: each lesson has its questions. This is where you are."),
        course,
        progress,
    )


def _above_progress(_: Translator, words: str, course: Course, progress: Progress) -> Reply:
    page = modules.progress_page(_, course, progress)
    return Reply(parts.join_paragraphs(words, page.text), page.rows)


def review(_: Translator) -> Reply:
    """How missed questions come back."""
    text = parts.join_paragraphs(
        _("What you missed comes back at the end of its module, until it is right."),
        _("What you have read can be opened again under Modules."),
    )
    return Reply(text, ((parts.modules_button(_), parts.continue_button(_)),))


def one_language(_: Translator) -> Reply:
    """Tells that the course is in one language."""
    return parts.with_continue(
        _, _("This course is in one language only: the one in which you read it here.")
    )


def how_to_join(_: Translator) -> Reply:
    """Tells how one joins a cohort."""
    return parts.with_continue(
        _,
        _("To join a group, open the link that its facilitator sent you. No code is needed."),
    )


def lesson_left(_: Translator) -> Reply:
    """Tells that a lesson was left for later."""
    return Reply(
        _(
            "This lesson waits for you: it counts as open and comes back after the other lessons"
            " of this module."
        )
    )


def nothing_to_skip(_: Translator) -> Reply:
    """Tells what else can be done where nothing can be left for later."""
    return Reply(
        _(
            "Only this is left in the module. If you do not know an answer, type: I do not know."
            " To stop for today, type: pause."
        )
    )
