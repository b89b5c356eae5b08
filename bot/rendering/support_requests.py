"""Support requests, as shown to learners and to facilitators."""

from bot.actions.support_answers import AlreadyAnswered, OpenRequest, RequestsPage
from bot.actions.support_requests import (
    MAX_LENGTH,
    AttachmentDropped,
    CohortUnclear,
    Submitted,
)
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from course.model import Course, QuestionId
from storage.support_requests import MAX_WAITING, SupportRequest

MAX_COHORTS = 6


def not_in_cohort(_: Translator, contact: str | None) -> Reply:
    """Tells that there is no facilitator, since the learner is in no cohort."""
    text = parts.join_paragraphs(
        _("You learn by yourself here, so there is no facilitator whom I could ask for you."),
        _(
            "What may help: /glossary explains words, /reading tells where to read on, and what you"
            " missed comes back until it is right. /report tells us of a mistake in the course."
        ),
        _("If somebody gave you a link to a group, open it, and its facilitator can answer you."),
        None if contact is None else _("Whom you can ask: {contact}",
                                       contact=parts.plain_text(contact)),
    )  # fmt: skip
    return parts.with_continue(_, text)


def which_cohort(_: Translator, found: CohortUnclear) -> Reply:
    """Asks whose facilitators to ask."""
    rows = tuple(
        (_button(one.cohort_name, "to", one.cohort),) for one in found.memberships[:MAX_COHORTS]
    )
    return Reply(_("You belong to several groups. Whose facilitator do you want to ask?"),
                 (*rows, (_button(_("Cancel"), "no"),)))  # fmt: skip


def attachment_dropped(_: Translator, found: AttachmentDropped) -> Reply:
    """Asks whether to send the text without its picture or file."""
    text = parts.join_paragraphs(
        _("I can pass on your words, but not the picture or file. It stays here with you."),
        parts.plain_text(found.text),
        _("Send only these words? You can also type your question anew."),
    )
    cancel = (_button(_("Cancel"), "no"),)
    if len(found.memberships) == 1:
        send = _button(_("Send only the words"), "to", found.memberships[0].cohort)
        return Reply(text, ((send,), cancel))
    rows = tuple(
        (_button(one.cohort_name, "to", one.cohort),) for one in found.memberships[:MAX_COHORTS]
    )
    whose = _("You belong to several groups. Whose facilitator do you want to ask?")
    return Reply(parts.join_paragraphs(text, whose), (*rows, cancel))


def ask_question(_: Translator, called: str, where: str | None) -> Reply:
    """Asks for the question."""
    text = parts.join_paragraphs(
        parts.bold(_("What do you want to ask your facilitator?")),
        _("Type it in one message."),
        _("I pass it on with your place: {place}.", place=where) if where else None,
        _(
            "They see you as {name}, and neither your number nor your username. Please do not write"
            " names or details of real cases.",
            name=parts.safe_name(called),
        ),
    )
    return Reply(text, ((_button(_("Cancel"), "no"),),))


def question_submitted(_: Translator, found: Submitted) -> Reply:
    """Tells that the question was sent."""
    return parts.with_continue(
        _,
        _("I have passed it on to your facilitator. The answer comes here, from me."),
        _("Your name for them: {name}", name=parts.safe_name(found.membership.display_name)),
    )


def too_long(_: Translator) -> Reply:
    """Tells that the question is too long."""
    return Reply(
        _("That is too long for one question. Please send it again, in {number} characters.",
          number=_.number(MAX_LENGTH)),
        ((_button(_("Cancel"), "no"),),),
    )  # fmt: skip


def too_many_open(_: Translator) -> Reply:
    """Tells that too many of the learner's questions are unanswered."""
    text = _.ngettext(
        "{number} question of yours waits for an answer. Please wait for it before you ask more.",
        "{number} questions of yours wait for an answer. Please wait for it before you ask more.",
        MAX_WAITING,
    )
    return parts.with_continue(_, text)


def question_cancelled(_: Translator) -> Reply:
    """Tells that nothing was sent."""
    return parts.with_continue(_, _("All right, I have asked nobody."))


def text_required(_: Translator) -> Reply:
    """Tells that only text can be passed on."""
    return Reply(_("I can pass on text only. Please type your question."),
                 ((_button(_("Cancel"), "no"),),))  # fmt: skip


def new_question(_: Translator, course: Course, request: SupportRequest, cohort: str) -> Reply:
    """The notification to a facilitator; its first line may show on a locked screen."""
    text = parts.join_paragraphs(
        _("A question for you"),
        _("{name} ({cohort}) asks:", name=parts.bold(parts.safe_name(request.display_name)),
          cohort=parts.safe_name(cohort)),
        parts.plain_text(request.text),
        request_position(_, course, request),
    )  # fmt: skip
    return Reply(text, ((_button(_("Answer"), "take", request.id),),))


def requests_page(_: Translator, course: Course, found: RequestsPage) -> Reply:
    """A page of a cohort's unanswered questions."""
    if not found.open_requests:
        back = (parts.button(_("Radar"), ManagePress("d", "list", found.cohort.id)),)
        return Reply(_("No question waits for an answer."), (back,))
    text = parts.join_paragraphs(
        parts.bold(_("Questions · {cohort}", cohort=parts.safe_name(found.cohort.name))),
        *(
            parts.join_paragraphs(
                f"{_.number(number)}. {parts.bold(parts.safe_name(one.request.display_name))}\n"
                + parts.plain_text(one.request.text),
                request_position(_, course, one.request),
                _taken(_, one),
            )
            for number, one in enumerate(found.open_requests, 1)
        ),
    )
    answer = tuple(
        _button(_("Answer {number}", number=_.number(number)), "take", one.request.id)
        for number, one in enumerate(found.open_requests, 1)
    )
    shown = tuple(one.request.id for one in found.open_requests)
    return Reply(text, (answer, _page_buttons(_, found)), questions=shown)


def taken_by_another(_: Translator, course: Course, open_request: OpenRequest) -> Reply:
    """Tells that somebody else is answering."""
    text = parts.join_paragraphs(
        _("Another facilitator is answering this one."),
        _question(_, course, open_request.request),
        _("If nothing came of it, you can take it over."),
    )
    over = _button(_("Take it over"), "take-over", open_request.request.id)
    rows = ((over, _button(_("All questions"), "list", open_request.cohort.id)),)
    return Reply(text, rows, questions=(open_request.request.id,))


def ask_answer(_: Translator, course: Course, open_request: OpenRequest) -> Reply:
    """Asks for the answer."""
    text = parts.join_paragraphs(
        parts.bold(
            _("Your answer to {name}", name=parts.safe_name(open_request.request.display_name))
        ),
        _question(_, course, open_request.request),
        _("Type it in one message. They read that it comes from their facilitator, and no name."),
    )
    cancel = _button(_("Cancel"), "leave", open_request.request.id)
    return Reply(text, ((cancel,),), questions=(open_request.request.id,))


def already_answered(_: Translator, found: AlreadyAnswered) -> Reply:
    """Tells that the question is answered already."""
    text = parts.join_paragraphs(
        _("A facilitator has answered this one."),
        parts.quotation(
            _("{name} asked: {question}", name=parts.safe_name(found.request.display_name),
              question=parts.plain_text(found.request.text))
        ),
    )  # fmt: skip
    return Reply(text, questions=(found.request.id,))


def request_released(_: Translator) -> Reply:
    """Tells that the question was released."""
    return Reply(_("All right. The question waits, for you or another facilitator. /radar"))


def request_position(_: Translator, course: Course, request: SupportRequest) -> str | None:
    """Where the learner was: the position, then the card's title or the question."""
    item = request.item.partition("#")[0]
    found = course.position_of(item)
    if found is None:
        return None
    if found.lesson is None:
        return _("Where: Module {module}", module=_.number(found.module_number))
    where = _("Where: {place}", place=parts.position_in_course(_, found))
    question = course.question(QuestionId(item))
    if question is not None:
        return f"{where}\n" + parts.quotation(parts.authored_html(question.text))
    title = next((card.title for card in found.lesson.cards if card.id == item), None)
    return where if title is None else f"{where}\n" + parts.authored_html(title)


def _question(_: Translator, course: Course, request: SupportRequest) -> str:
    return parts.join_paragraphs(
        parts.plain_text(request.text), request_position(_, course, request)
    )


def _taken(_: Translator, one: OpenRequest) -> str | None:
    if one.is_mine:
        return _("You are answering it.")
    return _("Another facilitator is answering it.") if one.is_taken else None


def _page_buttons(_: Translator, found: RequestsPage) -> tuple[Button, ...]:
    cohort = found.cohort.id
    back = (_button(_("Earlier"), "list", cohort, str(found.number - 1)),) if found.number else ()
    forth = () if found.is_last else (_button(_("More"), "list", cohort, str(found.number + 1)),)
    return (*back, *forth, parts.button(_("Radar"), ManagePress("d", "list", cohort)))


def _button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    return parts.button(label, ManagePress("q", what, number, value))
