"""The end of a module, the lists of modules and lessons, and the learner's progress."""

from bot.callback_data import (
    FinishItem,
    ListLessons,
    ReviewQuestion,
    ShowCard,
    ShowScreen,
)
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
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
from course.learning.review import missed_questions, module_result
from course.model import Course, Module


def module_end(_: Translator, course: Course, module: Module, progress: Progress) -> Reply:
    """The result of a module, and what comes next."""
    place = parts.position_of(course, module.id)
    went = module_result(module, progress)
    text = parts.join_paragraphs(
        parts.bold(_("Module {module} done.", module=_.number(place.module_number))),
        _.ngettext(
            "{right} of {number} question right the first time.",
            "{right} of {number} questions right the first time.",
            went.questions,
            right=_.number(went.right_first),
        )
        + "\n"
        + _.ngettext("Time: {number} minute.", "Time: {number} minutes.", went.minutes),
        _what_follows(_, course, place.module_number),
    )
    forward = parts.button(_("Continue"), FinishItem(module.id))
    rows = [(forward,)]
    wrong = missed_questions(module, progress)
    if wrong:
        rows.append((parts.button(_("Review what I missed"), ReviewQuestion(wrong[0].id)),))
    rows.append((parts.button(_("Pause here"), ShowScreen("pause")),))
    return Reply(text, tuple(rows))


def finished(_: Translator, course: Course) -> Reply:
    """Tells that everything available is done."""
    text = parts.join_paragraphs(
        _("You have done everything that is here."),
        _what_is_coming(_, course),
        parts.authored_html(course.closing) or None,
        _("Thank you for learning. You can read every module again at any time."),
    )
    again = parts.button(_("Read again"), ShowScreen("modules"))
    look_back = (again, parts.button(_("My progress"), ShowScreen("progress")))
    if not course.reading:
        return Reply(text, (look_back,))
    return Reply(text, (look_back, (parts.button(_("Where to read on"), ShowScreen("reading")),)))


def progress_page(_: Translator, course: Course, progress: Progress) -> Reply:
    """What is done and what is left: words and numbers first, then the bar."""
    total = sum(len(module.lessons) for module in course.modules)
    done = progress.count_lessons_done(course)
    left = minutes_left(course, progress)
    text = parts.join_paragraphs(
        _.ngettext(
            "You have done {done} of {number} lesson, {percent} percent.",
            "You have done {done} of {number} lessons, {percent} percent.",
            total,
            done=_.number(done),
            percent=_.number(parts.percent(done, total)),
        )
        + " "
        + (
            _.ngettext("About {number} minute is left.", "About {number} minutes are left.", left)
            if left
            else _nothing_left(_, course)
        ),
        None if _.plain else parts.progress_bar(done, total),
        "\n".join(_module_lines(_, course, progress)),
    )
    return Reply(text, ((parts.continue_button(_), parts.modules_button(_)),))


def module_list(_: Translator, course: Course, progress: Progress) -> Reply:
    """All modules; those of which something was read can be opened again."""
    open_again = tuple(
        parts.button(_("Module {module}", module=_.number(number)), ListLessons(module.id))
        for number, module in enumerate(course.modules, 1)
        if any(card.id in progress.read for card in module.cards())
    )
    text = parts.join_paragraphs(
        _("The modules"),
        *_titled_modules(_, course, progress),
        _titles_coming(_, course),
        _("Press a module to read again what you have read.")
        if open_again
        else _("What you have read can be opened here again."),
    )
    rows = [open_again[i : i + 3] for i in range(0, len(open_again), 3)]
    return Reply(text, (*rows, (parts.continue_button(_),)))


def lesson_list(_: Translator, course: Course, module: Module, progress: Progress) -> Reply:
    """The lessons of a module; those of which something was read can be opened again."""
    place = parts.position_of(course, module.id)
    listed, buttons = [], []
    for number, lesson in enumerate(module.lessons, 1):
        state = _("done") if progress.has_done(lesson, course) else _("not done yet")
        title = parts.authored_html(lesson.title)
        listed.append(
            _("{number}. {title}: {state}", number=_.number(number), title=title, state=state)
        )
        if lesson.cards[0].id in progress.read:
            label = _("Lesson {lesson}", lesson=_.number(number))
            buttons.append(parts.button(label, ShowCard(lesson.cards[0].id)))
    text = parts.join_paragraphs(
        _("Module {module}", module=_.number(place.module_number)),
        parts.bold(parts.authored_html(module.title)),
        "\n".join(listed),
        _("Press a lesson to read it again.") if buttons else None,
    )
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return Reply(text, (*rows, (parts.modules_button(_), parts.continue_button(_))))


def _nothing_left(_: Translator, course: Course) -> str:
    return _("Nothing is left to do for now.") if course.coming else _("Nothing is left to do.")


def _module_lines(_: Translator, course: Course, progress: Progress) -> list[str]:
    """One short line for each module; one for all coming modules."""
    listed = [
        _("Module {module}: {state}", module=_.number(number), state=state)
        for number, state in enumerate(_states(_, course, progress), 1)
    ]
    if course.coming:
        first = len(course.modules) + 1
        listed.append(
            _.ngettext(
                "Module {first}: being written",
                "Modules {first} to {last}: being written",
                len(course.coming),
                first=_.number(first),
                last=_.number(len(course.modules) + len(course.coming)),
            )
        )
    return listed


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
            return parts.position_of(course, card.id).module
        case AnswerQuestion(question) | SeeFeedback(question):
            return parts.position_of(course, question.id).module
        case CloseModule(module):
            return module
        case Finished():
            return None


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
