"""Support requests: /askfacilitator, and the answers of facilitators."""

from typing import assert_never

from bot.actions import dialogues, support_answers, support_requests
from bot.actions.learner_state import Interaction, load_learner
from bot.actions.support_answers import AlreadyAnswered, AnswerDraft
from bot.actions.support_requests import (
    AskOutcome,
    AttachmentDropped,
    CohortUnclear,
    NotInCohort,
    QuestionAwaited,
    Submitted,
    TooLong,
    TooManyOpen,
)
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.handlers.notes import note_sent_response
from bot.handlers.permissions import Buttons
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import notes, positions
from bot.rendering.support_answers import (
    already_answered,
    ask_answer,
    request_released,
    requests_page,
    taken_by_another,
)
from bot.rendering.support_requests import (
    ask_question,
    attachment_dropped,
    not_in_cohort,
    question_cancelled,
    question_submitted,
    text_required,
    too_long,
    too_many_open,
    which_cohort,
)
from course.cohorts.formatting import sanitize_html
from storage.dialogues import Dialogue


async def askfacilitator_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/askfacilitator, alone or with a question."""
    asked = await support_requests.ask_facilitator(
        context.services, interaction, message.text, has_attachment=message.has_attachment
    )
    return _ask_response(context, asked)


async def question_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed question."""
    if not message.text:
        state = await load_learner(context.services, interaction)
        return Response((text_required(context.translator(state)),))
    body, has_more = dialogue.body, message.has_attachment
    asked = await support_requests.continue_dialogue(
        context.services, interaction, body, message.text, has_attachment=has_more
    )
    return _ask_response(context, asked)


async def answer_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle the typed answer of a facilitator."""
    answering = support_answers.answer_from_body(dialogue.body)
    assert answering is not None, "only such a dialogue awaits an answer"
    _, html = (context.translator_of(interaction), sanitize_html(message.html_without_attachment))
    trouble = notes.text_problem(
        _, html, context.translators.by_language_code.values(), has_placeholders=False
    )
    if trouble is not None:
        return Response((trouble,))
    found = await support_answers.set_answer_text(context.services, interaction, answering, html)
    if isinstance(found, AlreadyAnswered):
        return Response((already_answered(_, found),))
    after = AnswerDraft(answering.request, html)
    return Response((notes.answer_preview(_, found, after),))


async def request_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response | None:
    """Handle a button about questions, of learners and of facilitators."""
    services = context.services
    match press.action:
        case "ask":
            item = press.value
            asked = await support_requests.ask_facilitator(services, interaction, item=item)
            return _ask_response(context, asked)
        case "to":
            chosen = await support_requests.choose_cohort(services, interaction, press.target)
            return None if chosen is None else _ask_response(context, chosen, in_place=True)
        case "no":
            await dialogues.end_dialogue(services, interaction)
            state = await load_learner(services, interaction)
            return Response(edit=question_cancelled(context.translator(state)))
        case _other:
            return await _answering_pressed(context, interaction, press, message)


async def _answering_pressed(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response:
    _, services = context.translator_of(interaction), context.services
    match press.action:
        case "list":
            number, cohort = parse_whole_number(press.value) or 0, press.target
            page = await support_answers.fetch_open_requests(services, interaction, cohort, number)
            return Response(edit=requests_page(_, context.course, page))
        case "take" | "take-over":
            return await _take_pressed(context, interaction, press)
        case "leave":
            left = await support_answers.release_request(services, interaction, press.target)
            if isinstance(left, AlreadyAnswered):
                return Response(edit=already_answered(_, left))
            return Response(edit=request_released(_))
        case what:
            return await _preview_pressed(context, interaction, what, press.target, message)


async def _take_pressed(context: Context, interaction: Interaction, press: ManagePress) -> Response:
    _, take_over = context.translator_of(interaction), press.action == "take-over"
    found = await support_answers.take_request(
        context.services, interaction, press.target, take_over=take_over
    )
    if isinstance(found, AlreadyAnswered):
        return Response(edit=already_answered(_, found))
    if found.is_mine:
        return Response((ask_answer(_, context.course, found),))
    return Response(edit=taken_by_another(_, context.course, found))


async def _preview_pressed(
    context: Context, interaction: Interaction, what: str, request: int, message: int
) -> Response:
    """Handle a button under the preview of an answer."""
    _ = context.translator_of(interaction)
    answering = await support_answers.fetch_open_answer(context.services, interaction)
    found = await support_answers.fetch_request(context.services, interaction, request)
    if isinstance(found, AlreadyAnswered):
        return Response(edit=already_answered(_, found))
    if answering is None or answering.request != request or not answering.html:
        return Response(edit=notes.nothing_to_send(_))
    if what == "change":
        return Response(edit=ask_answer(_, context.course, found))
    sent = await support_answers.send_answer(context.services, interaction, answering, message)
    if isinstance(sent, AlreadyAnswered):
        return Response(edit=already_answered(_, sent))
    return note_sent_response(context, _, sent, interaction.at, found.cohort.zone)


def _ask_response(context: Context, outcome: AskOutcome, *, in_place: bool = False) -> Response:
    _ = context.translator(outcome.learner_state)
    screen = _ask_reply(context, _, outcome)
    if isinstance(outcome, Submitted):
        context.wake_outbox()
    return Response(edit=screen) if in_place else Response((screen,))


def _ask_reply(context: Context, _: Translator, outcome: AskOutcome) -> Reply:
    match outcome:
        case NotInCohort():
            return not_in_cohort(_, context.operator_contact)
        case CohortUnclear():
            return which_cohort(_, outcome)
        case AttachmentDropped():
            return attachment_dropped(_, outcome)
        case QuestionAwaited(_state, membership, item):
            place = positions.item_position(_, context.course, item)
            return ask_question(_, membership.display_name, place)
        case TooLong():
            return too_long(_)
        case TooManyOpen():
            return too_many_open(_)
        case Submitted():
            return question_submitted(_, outcome)
        case _ as never:
            assert_never(never)


BUTTONS = Buttons(
    request_pressed,
    everybody={"ask", "to", "no"},
    facilitators={"list", "take", "take-over", "leave", "change", "send"},
)
