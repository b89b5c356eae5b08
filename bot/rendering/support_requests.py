"""Support requests, as shown to learners and to facilitators."""

from bot.actions.support_answers import Answered, Open, Page
from bot.actions.support_requests import (
    LONGEST,
    Passed,
    Which,
    WordsOnly,
)
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts
from course.model import Course, QuestionId
from storage.support_requests import MOST_WAITING, Request

MOST_COHORTS = 6


def nobody(_: Voice, contact: str | None) -> Reply:
    """Tells that there is no facilitator, since the learner is in no cohort."""
    text = parts.lines(
        _("You learn by yourself here, so there is no facilitator whom I could ask for you."),
        _(
            "What may help: /glossary explains words, /reading tells where to read on, and what you"
            " missed comes back until it is right. /report tells us of a mistake in the course."
        ),
        _("If somebody gave you a link to a group, open it, and its facilitator can answer you."),
        None if contact is None else _("Whom you can ask: {contact}",
                                       contact=parts.plain_text(contact)),
    )  # fmt: skip
    return Reply(text, ((parts.continue_button(_),),))


def which(_: Voice, found: Which) -> Reply:
    """Asks whose facilitators to ask."""
    rows = tuple((_button(one.cohort_name, "to", one.cohort),) for one in found.mine[:MOST_COHORTS])
    return Reply(_("You belong to several groups. Whose facilitator do you want to ask?"),
                 (*rows, (_button(_("Cancel"), "no"),)))  # fmt: skip


def words_only(_: Voice, found: WordsOnly) -> Reply:
    """Asks whether to send the text without its picture or file."""
    text = parts.lines(
        _("I can pass on your words, but not the picture or file. It stays here with you."),
        parts.plain_text(found.said),
        _("Send only these words? You can also type your question anew."),
    )
    cancel = (_button(_("Cancel"), "no"),)
    if len(found.mine) == 1:
        send = _button(_("Send only the words"), "to", found.mine[0].cohort)
        return Reply(text, ((send,), cancel))
    rows = tuple((_button(one.cohort_name, "to", one.cohort),) for one in found.mine[:MOST_COHORTS])
    whose = _("You belong to several groups. Whose facilitator do you want to ask?")
    return Reply(parts.lines(text, whose), (*rows, cancel))


def how(_: Voice, called: str, where: str | None) -> Reply:
    """Asks for the question."""
    text = parts.lines(
        parts.bold(_("What do you want to ask your facilitator?")),
        _("Type it in one message."),
        _("I pass it on with your place: {place}.", place=where) if where else None,
        _(
            "They see you as {name}, and neither your number nor your username. Please do not write"
            " names or details of real cases.",
            name=parts.name(called),
        ),
    )
    return Reply(text, ((_button(_("Cancel"), "no"),),))


def passed(_: Voice, found: Passed) -> Reply:
    """Tells that the question was sent."""
    text = parts.lines(
        _("I have passed it on to your facilitator. The answer comes here, from me."),
        _("Your name for them: {name}", name=parts.name(found.membership.called)),
    )
    return Reply(text, ((parts.continue_button(_),),))


def too_long(_: Voice) -> Reply:
    """Tells that the question is too long."""
    return Reply(
        _("That is too long for one question. Please send it again, in {number} characters.",
          number=_.number(LONGEST)),
        ((_button(_("Cancel"), "no"),),),
    )  # fmt: skip


def too_many(_: Voice) -> Reply:
    """Tells that too many of the learner's questions are unanswered."""
    text = _.ngettext(
        "{number} question of yours waits for an answer. Please wait for it before you ask more.",
        "{number} questions of yours wait for an answer. Please wait for it before you ask more.",
        MOST_WAITING,
    )
    return Reply(text, ((parts.continue_button(_),),))


def not_asked(_: Voice) -> Reply:
    """Tells that nothing was sent."""
    return Reply(_("All right, I have asked nobody."), ((parts.continue_button(_),),))


def only_text(_: Voice) -> Reply:
    """Tells that only text can be passed on."""
    return Reply(_("I can pass on text only. Please type your question."),
                 ((_button(_("Cancel"), "no"),),))  # fmt: skip


def arrived(_: Voice, course: Course, request: Request, cohort: str) -> Reply:
    """The notification to a facilitator; its first line may show on a locked screen."""
    text = parts.lines(
        _("A question for you"),
        _("{name} ({cohort}) asks:", name=parts.bold(parts.name(request.called)),
          cohort=parts.name(cohort)),
        parts.plain_text(request.said),
        place(_, course, request),
    )  # fmt: skip
    return Reply(text, ((_button(_("Answer"), "take", request.id),),))


def page(_: Voice, course: Course, found: Page) -> Reply:
    """A page of a cohort's unanswered questions."""
    if not found.waiting:
        back = (parts.button(_("Radar"), Manage("d", "list", found.cohort.id)),)
        return Reply(_("No question waits for an answer."), (back,))
    text = parts.lines(
        parts.bold(_("Questions · {cohort}", cohort=parts.name(found.cohort.name))),
        *(
            parts.lines(
                f"{_.number(number)}. {parts.bold(parts.name(one.request.called))}\n"
                + parts.plain_text(one.request.said),
                place(_, course, one.request),
                _taken(_, one),
            )
            for number, one in enumerate(found.waiting, 1)
        ),
    )
    answer = tuple(
        _button(_("Answer {number}", number=_.number(number)), "take", one.request.id)
        for number, one in enumerate(found.waiting, 1)
    )
    shown = tuple(one.request.id for one in found.waiting)
    return Reply(text, (answer, _turning(_, found)), questions=shown)


def taken(_: Voice, course: Course, shown: Open) -> Reply:
    """Tells that somebody else is answering."""
    text = parts.lines(
        _("Another facilitator is answering this one."),
        _question(_, course, shown.request),
        _("If nothing came of it, you can take it over."),
    )
    over = _button(_("Take it over"), "take-over", shown.request.id)
    rows = ((over, _button(_("All questions"), "list", shown.cohort.id)),)
    return Reply(text, rows, questions=(shown.request.id,))


def ask_answer(_: Voice, course: Course, shown: Open) -> Reply:
    """Asks for the answer."""
    text = parts.lines(
        parts.bold(_("Your answer to {name}", name=parts.name(shown.request.called))),
        _question(_, course, shown.request),
        _("Type it in one message. They read that it comes from their facilitator, and no name."),
    )
    cancel = _button(_("Cancel"), "leave", shown.request.id)
    return Reply(text, ((cancel,),), questions=(shown.request.id,))


def answered(_: Voice, found: Answered) -> Reply:
    """Tells that the question is answered already."""
    text = parts.lines(
        _("A facilitator has answered this one."),
        parts.quotation(
            _("{name} asked: {question}", name=parts.name(found.request.called),
              question=parts.plain_text(found.request.said))
        ),
    )  # fmt: skip
    return Reply(text, questions=(found.request.id,))


def left(_: Voice) -> Reply:
    """Tells that the question was released."""
    return Reply(_("All right. The question waits, for you or another facilitator. /radar"))


def place(_: Voice, course: Course, request: Request) -> str | None:
    """Where the learner was: the position, then the card's title or the question."""
    item = request.item.partition("#")[0]
    found = course.place_of(item)
    if found is None:
        return None
    if found.lesson is None:
        return _("Where: Module {module}", module=_.number(found.module_number))
    where = _("Where: {place}", place=parts.place_in_course(_, found))
    question = course.question(QuestionId(item))
    if question is not None:
        return f"{where}\n" + parts.quotation(parts.authored(question.text))
    title = next((card.title for card in found.lesson.cards if card.id == item), None)
    return where if title is None else f"{where}\n" + parts.authored(title)


def _question(_: Voice, course: Course, request: Request) -> str:
    return parts.lines(parts.plain_text(request.said), place(_, course, request))


def _taken(_: Voice, one: Open) -> str | None:
    if one.is_mine:
        return _("You are answering it.")
    return _("Another facilitator is answering it.") if one.is_taken else None


def _turning(_: Voice, found: Page) -> tuple[Button, ...]:
    cohort = found.cohort.id
    back = (_button(_("Earlier"), "list", cohort, str(found.number - 1)),) if found.number else ()
    forth = () if found.is_last else (_button(_("More"), "list", cohort, str(found.number + 1)),)
    return (*back, *forth, parts.button(_("Radar"), Manage("d", "list", cohort)))


def _button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    return parts.button(label, Manage("q", what, number, value))
