"""Presses of inline buttons."""

from collections.abc import Mapping
from typing import Any, assert_never

from bot.actions import answers
from bot.actions.learner_state import Turn, Visit, visit
from bot.actions.lessons import (
    go_on,
    open_card,
    proceed,
    review,
)
from bot.bot_api.responding import Pressed, respond
from bot.bot_api.sending import AnyBot
from bot.callback_data import (
    Choose,
    Continue,
    GoOn,
    Lessons,
    Manage,
    Page,
    Places,
    Press,
    Review,
    Select,
    Set,
    Show,
    Snooze,
    Why,
    Wish,
    unpack,
)
from bot.context import Desk
from bot.handlers import pages, reminders
from bot.handlers.deliveries import CHANGES
from bot.handlers.management import pressed
from bot.i18n import read_tag
from bot.messages import Response
from bot.rendering import lessons, modules, notices, responses
from course.model import LearnerId


async def on_press(desk: Desk, bot: AnyBot, raw: Mapping[str, Any], at: int) -> None:
    """Handle a press; whatever its data is, the person gets a sensible response.

    Args:
        raw: the update as the Bot API sends it. Most updates are presses, and building
            python-telegram-bot's objects of one costs as much as answering it.
        at: when it was received, in UTC milliseconds.
    """
    query = raw["callback_query"]
    person = query["from"]
    language = read_tag(person.get("language_code"))
    turn = Turn(LearnerId(person["id"]), language, raw["update_id"], at)
    message = query.get("message")
    if message is None or message["chat"]["type"] != "private":
        toast = notices.only_in_private(desk.voices.of(turn.language))
        await respond(bot, turn.learner, Response(toast=toast), Pressed(query["id"], None))
        return
    data = query.get("data", "")
    press = unpack(data)
    if desk.double_taps.is_one(turn, message["message_id"], data):
        response, press = Response(), None
    else:
        response = await _response(desk, turn, press, message["message_id"])
    try:
        await respond(bot, turn.learner, response, Pressed(query["id"], message["message_id"]))
    finally:  # last, so that the progress is not shown before the response
        if isinstance(press, Manage) and press.verb == "b" and press.what in CHANGES:
            desk.broadcast_changed(press.number)


async def _response(desk: Desk, turn: Turn, press: Press | None, message: int) -> Response:
    services, course = desk.services, desk.course
    match press:
        case None:
            return await _where_you_are(desk, turn)
        case Continue():
            arrived = await proceed(services, turn)
            return responses.moved(desk.voice(arrived.visit), course, arrived)
        case GoOn(item):
            moved = await go_on(services, turn, item)
            return responses.moved(desk.voice(moved.visit), course, moved)
        case Choose(question, ordinal, chosen):
            answered = await answers.submit_answer(services, turn, question, ordinal, chosen)
            return responses.answered(desk.voice(answered.visit), course, answered)
        case Select():
            return await _select(desk, turn, press)
        case Page() | Review() | Lessons():
            return await _look(desk, turn, press)
        case Show() | Set():
            return await pages.pressed(desk, turn, press)
        case Manage():
            found = await pressed(desk, turn, press, message)
            return found or await _where_you_are(desk, turn)
        case Wish() | Snooze() | Places() | Why():
            return await reminders.pressed(desk, turn, press)
        case _ as never:
            assert_never(never)


async def _look(desk: Desk, turn: Turn, press: Page | Review | Lessons) -> Response:
    """Show something again, in place; nothing is stored."""
    services, course = desk.services, desk.course
    match press:
        case Page(card):
            opened = await open_card(services, turn, card)
            return responses.opened(desk.voice(opened.visit), course, opened)
        case Review(question):
            reviewed = await review(services, turn, question)
            return responses.reviewed(desk.voice(reviewed.visit), course, reviewed)
        case Lessons(wanted):
            here = await visit(services, turn)
            module = course.module(wanted)
            if module is None:
                return _told(desk, here)
            return Response(edit=modules.lessons(desk.voice(here), course, module, here.progress))
        case _ as never:
            assert_never(never)


async def _select(desk: Desk, turn: Turn, press: Select) -> Response:
    found = await answers.select(desk.services, turn, press.question, press.ordinal)
    if not isinstance(found, Visit):
        return responses.answered(desk.voice(found.visit), desk.course, found)
    question = desk.course.question(press.question)
    assert question is not None, "an open question stands in the course"
    again = press.ordinal > 1
    selected = press.chosen & {option.id for option in question.options}
    return Response(
        edit=lessons.question(
            desk.voice(found), desk.course, question, press.ordinal, again=again, selected=selected
        )
    )


async def _where_you_are(desk: Desk, turn: Turn) -> Response:
    return _told(desk, await visit(desk.services, turn))


def _told(desk: Desk, here: Visit) -> Response:
    voice = desk.voice(here)
    return responses.where_you_are(voice, desk.course, here, notices.unknown_button(voice))
