"""The end of a module, and of all that there is."""

from bot.callback_data import FinishItem, ReviewQuestion, ShowScreen
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from course.learning.progress import Progress
from course.learning.reading_time import module_minutes
from course.learning.review import missed_questions, module_result
from course.model import Course, Module


def module_end(_: Translator, course: Course, module: Module, progress: Progress) -> Reply:
    """The result of a module, and what comes next."""
    number = positions.position_of(course, module.id).module_number
    text = parts.join_paragraphs(
        parts.bold(_("Module {module} done.", module=_.number(number))),
        _result_text(_, module, progress),
        _what_follows(_, course, number),
    )
    is_last = number == len(course.modules)
    forward = parts.button(_("Next") if is_last else _("Continue"), FinishItem(module.id))
    review = tuple(
        parts.button(_("Review what I missed"), ReviewQuestion(wrong.id))
        for wrong in missed_questions(module, progress)[:1]
    )
    pause = parts.button(_("Pause here"), ShowScreen("pause"))
    return Reply(text, parts.filled((forward,), review, () if is_last else (pause,)))


def _result_text(_: Translator, module: Module, progress: Progress) -> str:
    went = module_result(module, progress)
    right = _.ngettext(
        "{right} of {number} question right the first time.",
        "{right} of {number} questions right the first time.",
        went.questions,
        right=_.number(went.right_first),
    )
    time = _.ngettext("Time: {number} minute.", "Time: {number} minutes.", went.minutes)
    return f"{right}\n{time}"


def finished(_: Translator, course: Course) -> Reply:
    """Tells that everything available is done."""
    text = parts.join_paragraphs(
        _("You have done everything that is here."),
        _what_is_coming(_, course),
        parts.authored_html(course.closing),
        _("Thank you for learning. You can read every module again at any time."),
    )
    again = parts.button(_("Read again"), ShowScreen("modules"))
    progress = parts.button(_("My progress"), ShowScreen("progress"))
    reading = parts.button(_("Where to read on"), ShowScreen("reading"))
    return Reply(text, parts.filled((again, progress), (reading,) if course.reading else ()))


def _what_follows(_: Translator, course: Course, number: int) -> str:
    if number < len(course.modules):
        following = course.modules[number]
        return _(
            "Next: Module {module}, {title} · {time}",
            module=_.number(number + 1),
            title=parts.authored_html(following.title),
            time=_.ngettext("{number} minute", "{number} minutes", module_minutes(following)),
        )
    return _what_is_coming(_, course) or _("That was the last module.")


def _what_is_coming(_: Translator, course: Course) -> str | None:
    if not course.coming:
        return None
    coming = course.coming[0]
    return _(
        "The next module, {title}, is being written. When it is ready, /continue will open it.",
        title=parts.authored_html(coming.title),
    )
