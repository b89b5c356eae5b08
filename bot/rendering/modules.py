"""The lists of modules and lessons, and the learner's progress."""

from collections.abc import Iterator

from bot.callback_data import ListLessons, ShowCard
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    Step,
    next_step,
)
from course.learning.progress import Progress
from course.learning.reading_time import minutes_left, module_minutes
from course.model import Course, Module


def progress_page(_: Translator, course: Course, progress: Progress) -> Reply:
    """What is done and what is left: words and numbers first, then the bar."""
    total = sum(len(module.lessons) for module in course.modules)
    done = progress.count_lessons_done(course)
    said = _.ngettext(
        "You have done {done} of {number} lesson, {percent} percent.",
        "You have done {done} of {number} lessons, {percent} percent.",
        total,
        done=_.number(done),
        percent=_.number(parts.percent(done, total)),
    )
    text = parts.join_paragraphs(
        f"{said} {_left_text(_, course, minutes_left(course, progress))}",
        None if _.plain else parts.progress_bar(done, total),
        "\n".join(_module_lines(_, course, progress)),
    )
    return Reply(text, ((parts.continue_button(_), parts.modules_button(_)),))


def module_list(_: Translator, course: Course, progress: Progress) -> Reply:
    """All modules; those of which something was read can be opened again."""
    open_again = [
        parts.button(_("Module {module}", module=_.number(number)), ListLessons(module.id))
        for number, module in enumerate(course.modules, 1)
        if any(card.id in progress.read for card in module.cards())
    ]
    text = parts.join_paragraphs(
        _("The modules"),
        *_titled_modules(_, course, progress),
        _titles_coming(_, course),
        _("Press a module to read again what you have read.")
        if open_again
        else _("What you have read can be opened here again."),
    )
    return Reply(text, (*parts.rows_of(3, open_again), (parts.continue_button(_),)))


def lesson_list(_: Translator, course: Course, module: Module, progress: Progress) -> Reply:
    """The lessons of a module; those of which something was read can be opened again."""
    number = positions.position_of(course, module.id).module_number
    buttons = [
        parts.button(_("Lesson {lesson}", lesson=_.number(at)), ShowCard(lesson.cards[0].id))
        for at, lesson in enumerate(module.lessons, 1)
        if lesson.cards[0].id in progress.read
    ]
    text = parts.join_paragraphs(
        _("Module {module}", module=_.number(number)),
        parts.bold(parts.authored_html(module.title)),
        "\n".join(_lesson_lines(_, course, module, progress)),
        _("Press a lesson to read it again.") if buttons else None,
    )
    last = (parts.modules_button(_), parts.continue_button(_))
    return Reply(text, (*parts.rows_of(2, buttons), last))


def _lesson_lines(
    _: Translator, course: Course, module: Module, progress: Progress
) -> Iterator[str]:
    for at, lesson in enumerate(module.lessons, 1):
        title = parts.authored_html(lesson.title)
        state = _("done") if progress.has_done(lesson, course) else _("not done yet")
        yield _("{number}. {title}: {state}", number=_.number(at), title=title, state=state)


def _left_text(_: Translator, course: Course, minutes: int) -> str:
    if minutes:
        return _.ngettext(
            "About {number} minute is left.", "About {number} minutes are left.", minutes
        )
    return _("Nothing is left to do for now.") if course.coming else _("Nothing is left to do.")


def _module_lines(_: Translator, course: Course, progress: Progress) -> Iterator[str]:
    """One short line for each module; one for all coming modules."""
    for number, state in enumerate(_states(_, course, progress), 1):
        yield _("Module {module}: {state}", module=_.number(number), state=state)
    ready, coming = len(course.modules), len(course.coming)
    if coming:
        yield _.ngettext(
            "Module {first}: being written",
            "Modules {first} to {last}: being written",
            coming,
            first=_.number(ready + 1),
            last=_.number(ready + coming),
        )


def _titled_modules(_: Translator, course: Course, progress: Progress) -> list[str]:
    """The available modules, each with its title and state."""
    return [
        f"{parts.bold(_titled(_, number, module.title))}\n{state}"
        for number, (module, state) in enumerate(
            zip(course.modules, _states(_, course, progress), strict=True), 1
        )
    ]


def _titles_coming(_: Translator, course: Course) -> str | None:
    if not course.coming:
        return None
    first = len(course.modules) + 1
    titles = [
        _titled(_, number, coming.title) for number, coming in enumerate(course.coming, first)
    ]
    return "\n".join([_("Being written:"), *titles])


def _titled(_: Translator, number: int, title: str) -> str:
    return _("{number}. {title}", number=_.number(number), title=parts.authored_html(title))


def _states(_: Translator, course: Course, progress: Progress) -> list[str]:
    current = _module_of(course, next_step(course, progress))
    states = [(module, _state(_, course, module, progress)) for module in course.modules]
    return [
        _("{line} (now)", line=state) if module is current else state for module, state in states
    ]


def _state(_: Translator, course: Course, module: Module, progress: Progress) -> str:
    done = sum(progress.has_done(lesson, course) for lesson in module.lessons)
    if progress.has_closed(module):
        return _("done")
    if not any(card.id in progress.read for card in module.cards()):
        time = module_minutes(module)
        return _.ngettext("not started, {number} minute", "not started, {number} minutes", time)
    return _.ngettext(
        "{done} of {number} lesson",
        "{done} of {number} lessons",
        len(module.lessons),
        done=_.number(done),
    )


def _module_of(course: Course, step: Step) -> Module | None:
    match step:
        case ReadCard(card):
            return positions.position_of(course, card.id).module
        case AnswerQuestion(question) | SeeFeedback(question):
            return positions.position_of(course, question.id).module
        case CloseModule(module):
            return module
        case Finished():
            return None
