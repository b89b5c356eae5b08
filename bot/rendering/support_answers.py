"""Answering support requests: the open ones of a cohort, and who answers which."""

from bot.actions.support_answers import AlreadyAnswered, OpenRequest, RequestsPage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.paging import page_buttons
from bot.rendering.support_requests import request_button, request_position
from course.model import Course
from storage.support_requests import SupportRequest


def requests_page(_: Translator, course: Course, found: RequestsPage) -> Reply:
    """A page of a cohort's unanswered questions."""
    back = parts.button(_("Radar"), ManagePress("d", "list", found.cohort.id))
    if not found.open_requests:
        return Reply(_("No question waits for an answer."), ((back,),))
    listed = [(_.number(at), one) for at, one in enumerate(found.open_requests, 1)]
    text = parts.join_paragraphs(
        parts.bold(_("Questions · {cohort}", cohort=parts.safe_name(found.cohort.name))),
        *(_listed(_, course, number, one) for number, one in listed),
    )
    answer = tuple(
        request_button(_("Answer {number}", number=number), "take", one.request.id)
        for number, one in listed
    )
    shown = tuple(one.request.id for one in found.open_requests)
    return Reply(text, (answer, (*_page_buttons(_, found), back)), questions=shown)


def _page_buttons(_: Translator, found: RequestsPage) -> tuple[Button, ...]:
    def opened(label: str, number: str) -> Button:
        return request_button(label, "list", found.cohort.id, number)

    return page_buttons(_, found.number, opened, is_last=found.is_last)


def _listed(_: Translator, course: Course, number: str, one: OpenRequest) -> str:
    name = parts.bold(parts.safe_name(one.request.display_name))
    asked = _question(_, course, one.request)
    return parts.join_paragraphs(f"{number}. {name}\n{asked}", _taken(_, one))


def taken_by_another(_: Translator, course: Course, open_request: OpenRequest) -> Reply:
    """Tells that somebody else is answering."""
    text = parts.join_paragraphs(
        _("Another facilitator is answering this one."),
        _question(_, course, open_request.request),
        _("If nothing came of it, you can take it over."),
    )
    over = request_button(_("Take it over"), "take-over", open_request.request.id)
    rows = ((over, request_button(_("All questions"), "list", open_request.cohort.id)),)
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
    cancel = request_button(_("Cancel"), "leave", open_request.request.id)
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


def _question(_: Translator, course: Course, request: SupportRequest) -> str:
    return parts.join_paragraphs(
        parts.plain_text(request.text), request_position(_, course, request)
    )


def _taken(_: Translator, one: OpenRequest) -> str | None:
    if one.is_mine:
        return _("You are answering it.")
    return _("Another facilitator is answering it.") if one.is_taken else None
