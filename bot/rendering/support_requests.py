"""Support requests: asking a facilitator, and what the facilitator is told of it."""

from collections.abc import Sequence

from bot.actions.support_requests import (
    MAX_LENGTH,
    AttachmentDropped,
    CohortUnclear,
    Submitted,
)
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts, positions
from course.model import Course, QuestionId
from storage.memberships import Membership
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
    rows = (*_cohort_rows(found.memberships), (_cancel_button(_),))
    return Reply(_("You belong to several groups. Whose facilitator do you want to ask?"), rows)


def attachment_dropped(_: Translator, found: AttachmentDropped) -> Reply:
    """Asks whether to send the text without its picture or file."""
    text = parts.join_paragraphs(
        _("I can pass on your words, but not the picture or file. It stays here with you."),
        parts.plain_text(found.text),
        _("Send only these words? You can also type your question anew."),
    )
    if len(found.memberships) == 1:
        send = request_button(_("Send only the words"), "to", found.memberships[0].cohort)
        return Reply(text, ((send,), (_cancel_button(_),)))
    whose = _("You belong to several groups. Whose facilitator do you want to ask?")
    rows = (*_cohort_rows(found.memberships), (_cancel_button(_),))
    return Reply(parts.join_paragraphs(text, whose), rows)


def _cohort_rows(found: Sequence[Membership]) -> Rows:
    return parts.column(
        request_button(one.cohort_name, "to", one.cohort) for one in found[:MAX_COHORTS]
    )


def _cancel_button(_: Translator) -> Button:
    return request_button(_("Cancel"), "no")


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
    return Reply(text, ((_cancel_button(_),),))


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
        ((_cancel_button(_),),),
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
                 ((_cancel_button(_),),))  # fmt: skip


def new_question(_: Translator, course: Course, request: SupportRequest, cohort: str) -> Reply:
    """The notification to a facilitator; its first line may show on a locked screen."""
    text = parts.join_paragraphs(
        _("A question for you"),
        _("{name} ({cohort}) asks:", name=parts.bold(parts.safe_name(request.display_name)),
          cohort=parts.safe_name(cohort)),
        parts.plain_text(request.text),
        request_position(_, course, request),
    )  # fmt: skip
    return Reply(text, ((request_button(_("Answer"), "take", request.id),),))


def request_position(_: Translator, course: Course, request: SupportRequest) -> str | None:
    """Where the learner was: the position, then the card's title or the question."""
    item = request.item.partition("#")[0]
    found = course.position_of(item)
    if found is None:
        return None
    if found.lesson is None:
        return _("Where: Module {module}", module=_.number(found.module_number))
    where = _("Where: {place}", place=positions.position_in_course(_, found))
    question = course.question(QuestionId(item))
    if question is not None:
        return f"{where}\n" + parts.quotation(parts.authored_html(question.text))
    title = next((card.title for card in found.lesson.cards if card.id == item), None)
    return where if title is None else f"{where}\n" + parts.authored_html(title)


def request_button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button about a support request."""
    return parts.button(label, ManagePress("q", what, number, value))
