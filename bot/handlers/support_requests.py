"""Support requests: /askfacilitator, and the answers of facilitators."""

from typing import assert_never

from bot.actions import dialogues, support_answers, support_requests
from bot.actions.access import NotAllowed
from bot.actions.learner_state import Turn, visit
from bot.actions.notes import Written
from bot.actions.support_answers import Answered, Answering, Open
from bot.actions.support_requests import (
    Asked,
    Begun,
    Nobody,
    Passed,
    TooLong,
    TooMany,
    Which,
    WordsOnly,
)
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import notes, notices, parts
from bot.rendering import support_requests as support_requests_rendering
from course.cohorts.formatting import kept
from storage.dialogues import Draft


async def on_ask(desk: Desk, turn: Turn, said: Said) -> Response:
    """/askfacilitator, alone or with a question."""
    return _asked(
        desk, await support_requests.ask(desk.services, turn, said.text, has_more=said.has_more)
    )


async def ask_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle the typed question."""
    if not said.text:
        here = await visit(desk.services, turn)
        return Response((support_requests_rendering.only_text(desk.voice(here)),))
    body, has_more = draft.body, said.has_more
    return _asked(
        desk, await support_requests.go_on(desk.services, turn, body, said.text, has_more=has_more)
    )


async def answer_heard(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle the typed answer of a facilitator."""
    answering = support_answers.of_draft(draft.body)
    if answering is None or not answering.waits:
        return None
    _, html = desk.voices.of(turn.language), kept(said.words)
    trouble = notes.trouble(_, html, desk.voices.by_code.values(), fills=False)
    if trouble is not None:
        return Response((trouble,))
    found = await support_answers.says(desk.services, turn, answering, html)
    if isinstance(found, Open):
        after = Answering(answering.request, html, waits=False)
        return Response((notes.answer_preview(_, found, after),))
    return Response((_refused(_, found),))


async def on_press(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """Handle a button about questions, of learners and of facilitators."""
    match press.what:
        case "ask":
            asked = await support_requests.ask(desk.services, turn, item=press.value)
            return _asked(desk, asked)
        case "to":
            chosen = await support_requests.choose(desk.services, turn, press.number)
            return None if chosen is None else _asked(desk, chosen, in_place=True)
        case "no":
            await dialogues.end(desk.services, turn)
            here = await visit(desk.services, turn)
            return Response(edit=support_requests_rendering.not_asked(desk.voice(here)))
        case _other:
            return await _helping(desk, turn, press, message)


async def _helping(desk: Desk, turn: Turn, press: Manage, message: int) -> Response:
    _, services = desk.voices.of(turn.language), desk.services
    match press.what:
        case "list":
            at = whole_number(press.value) or 0
            page = await support_answers.page(services, turn, press.number, at)
            if isinstance(page, NotAllowed):
                return Response(toast=notices.not_yours(_))
            return Response(edit=support_requests_rendering.page(_, desk.course, page))
        case "take" | "take-over":
            anew = press.what == "take-over"
            found = await support_answers.take(services, turn, press.number, anew=anew)
            if not isinstance(found, Open):
                return _refusal(_, found)
            if found.is_mine:
                return Response((support_requests_rendering.ask_answer(_, desk.course, found),))
            return Response(edit=support_requests_rendering.taken(_, desk.course, found))
        case "leave":
            left = await support_answers.leave(services, turn, press.number)
            return (
                Response(edit=support_requests_rendering.left(_))
                if isinstance(left, Open)
                else _refusal(_, left)
            )
        case what:
            return await _answering(desk, turn, what, press.number, message)


async def _answering(desk: Desk, turn: Turn, what: str, request: int, message: int) -> Response:
    """Handle a button under the preview of an answer."""
    _ = desk.voices.of(turn.language)
    answering = await support_answers.open_one(desk.services, turn)
    found = await support_answers.look(desk.services, turn, request)
    if not isinstance(found, Open):
        return _refusal(_, found)
    if answering is None or answering.request != request or not answering.html:
        return Response(edit=notes.gone(_))
    if what == "change":
        await support_answers.wait(desk.services, turn, answering)
        return Response(edit=support_requests_rendering.ask_answer(_, desk.course, found))
    sent = await support_answers.send(desk.services, turn, answering, message)
    if not isinstance(sent, Written):
        return _refusal(_, sent)
    if not sent.is_mine:
        return Response(edit=notes.faster(_, sent.called))
    desk.wake()
    return Response(edit=notes.status(_, sent.called, sent.stand, turn.at, found.cohort.zone))


def _asked(desk: Desk, asked: Asked, *, in_place: bool = False) -> Response:
    _ = desk.voice(asked.visit)
    screen = _screen(desk, _, asked)
    if isinstance(asked, Passed):
        desk.wake()
    return Response(edit=screen) if in_place else Response((screen,))


def _screen(desk: Desk, _: Voice, asked: Asked) -> Reply:
    match asked:
        case Nobody():
            return support_requests_rendering.nobody(_, desk.contact)
        case Which():
            return support_requests_rendering.which(_, asked)
        case WordsOnly():
            return support_requests_rendering.words_only(_, asked)
        case Begun(_here, membership, item):
            return support_requests_rendering.how(
                _, membership.called, parts.where_is(_, desk.course, item)
            )
        case TooLong():
            return support_requests_rendering.too_long(_)
        case TooMany():
            return support_requests_rendering.too_many(_)
        case Passed():
            return support_requests_rendering.passed(_, asked)
        case _ as never:
            assert_never(never)


def _refused(_: Voice, found: Answered | NotAllowed) -> Reply:
    if isinstance(found, Answered):
        return support_requests_rendering.answered(_, found)
    return Reply(notices.not_yours(_))


def _refusal(_: Voice, found: Answered | NotAllowed) -> Response:
    if isinstance(found, Answered):
        return Response(edit=support_requests_rendering.answered(_, found))
    return Response(toast=notices.not_yours(_))
