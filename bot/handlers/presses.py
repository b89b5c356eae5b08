"""Presses of inline buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from bot.actions import answers
from bot.actions.access import NotAllowedError
from bot.actions.learner_state import Interaction, LearnerState, load_learner
from bot.actions.lessons import advance_from, continue_course, open_card, review_question
from bot.bot_api.responding import PressReference, send_response
from bot.bot_api.sending import AnyBot
from bot.callback_data import (
    Continue,
    ExplainReminder,
    FinishItem,
    ListLessons,
    ListTimeZones,
    ManagePress,
    Press,
    ReadFound,
    ReviewQuestion,
    SelectOptions,
    SetPreference,
    ShowCard,
    ShowScreen,
    Snooze,
    SubmitAnswer,
    ToggleSetting,
    unpack,
)
from bot.context import Context
from bot.handlers import (
    broadcasts,
    cohorts,
    deliveries,
    exports,
    joining,
    mistake_reports,
    pages,
    radar,
    reminders,
    statistics,
    support_requests,
)
from bot.handlers.deliveries import WAKING_PRESSES
from bot.handlers.permissions import Permission, check_permission, refusal
from bot.handlers.typed_text import read_found
from bot.messages import Response
from bot.rendering import lessons, modules, notices, reminder_statistics, responses
from course.model import ModuleId

MANAGE_BUTTONS = {
    "k": cohorts.BUTTONS,
    "i": joining.BUTTONS,
    "g": statistics.BUTTONS,
    "e": exports.BUTTONS,
    "b": broadcasts.BUTTONS,
    "v": deliveries.RSVP_BUTTONS,
    "d": radar.BUTTONS,
    "q": support_requests.BUTTONS,
    "m": mistake_reports.BUTTONS,
}
"""By the verb of the button, one of `bot.callback_data.MANAGE_VERBS`."""

MANAGE_PERMISSIONS = {
    (verb, action): permission
    for verb, buttons in MANAGE_BUTTONS.items()
    for action, permission in sorted(buttons.permissions().items())
}
"""By the verb and the action of a button; one that is missing here does nothing."""


def permission_for(press: Press) -> Permission | None:
    """The permission that a button needs; `None` when there is no such button."""
    match press:
        case ManagePress(verb, action):
            return MANAGE_PERMISSIONS.get((verb, action))
        case ShowScreen(screen) if screen in reminder_statistics.SCREENS:
            return Permission.ADMIN
        case _:
            return Permission.EVERYBODY


async def on_press(
    context: Context, bot: AnyBot, interaction: Interaction, query: Mapping[str, Any]
) -> None:
    """Handle a press; whatever its data is, the person gets a sensible response.

    Args:
        query: as the Bot API sends it. Most updates are presses, and building python-telegram-bot's
            objects of one costs a quarter of answering it (docs/decisions/0017).
    """
    message = query.get("message")
    if message is None or message["chat"]["type"] != "private":
        refused = Response(toast=notices.only_in_private(context.translator_of(interaction)))
        await send_response(bot, interaction.learner, refused, PressReference(query["id"], None))
        return
    data, shown_by = query.get("data", ""), message["message_id"]
    if context.duplicate_presses.record_press(interaction, shown_by, data):
        response, press = Response(), None
    else:
        press = unpack(data)
        response = await _respond(context, interaction, press, shown_by)
        if response.toast and (await load_learner(context.services, interaction)).plain:
            response = replace(response, is_alert=True)
    try:
        reference = PressReference(query["id"], shown_by)
        await send_response(bot, interaction.learner, response, reference)
    finally:  # last, so that the progress is not shown before the response
        if isinstance(press, ManagePress) and press.verb == "b" and press.action in WAKING_PRESSES:
            context.notify_broadcast_changed(press.target)


async def _respond(
    context: Context, interaction: Interaction, press: Press | None, message: int
) -> Response:
    """The response to a button, if the person may use it."""
    permission = None if press is None else permission_for(press)
    if press is None or permission is None:
        return await _unknown_press_response(context, interaction)
    try:
        await check_permission(context, interaction, permission)
        return await _handle_permitted(context, interaction, press, message)
    except NotAllowedError:
        return Response(toast=refusal(context, interaction))


async def _handle_permitted(
    context: Context, interaction: Interaction, press: Press, message: int
) -> Response:
    services, course = context.services, context.course
    match press:
        case Continue():
            arrived = await continue_course(services, interaction)
            return responses.moved(context.translator(arrived.learner_state), course, arrived)
        case FinishItem(item):
            moved = await advance_from(services, interaction, item)
            return responses.moved(context.translator(moved.learner_state), course, moved)
        case SubmitAnswer(question, ordinal, chosen):
            answered = await answers.submit_answer(services, interaction, question, ordinal, chosen)
            return responses.answered(context.translator(answered.learner_state), course, answered)
        case SelectOptions():
            return await _select_option(context, interaction, press)
        case ReadFound():
            return await read_found(context, interaction, press)
        case ShowCard() | ReviewQuestion() | ListLessons():
            return await _show_again(context, interaction, press)
        case ShowScreen() | ToggleSetting():
            return await pages.page_pressed(context, interaction, press)
        case ManagePress():
            return await _answer_management_press(context, interaction, press, message)
        case SetPreference() | Snooze() | ListTimeZones() | ExplainReminder():
            return await reminders.reminder_pressed(context, interaction, press)
        case _ as never:
            assert_never(never)


async def _answer_management_press(
    context: Context, interaction: Interaction, press: ManagePress, message: int
) -> Response:
    found = await MANAGE_BUTTONS[press.verb].handle(context, interaction, press, message)
    if found is not None:
        return found
    if permission_for(press) is Permission.EVERYBODY:
        return await _unknown_press_response(context, interaction)
    return Response(toast=refusal(context, interaction))


async def _show_again(
    context: Context, interaction: Interaction, press: ShowCard | ReviewQuestion | ListLessons
) -> Response:
    """Show something again, in place; nothing is stored."""
    services, course = context.services, context.course
    match press:
        case ShowCard(card):
            opened = await open_card(services, interaction, card)
            return responses.card_opened(context.translator(opened.learner_state), course, opened)
        case ReviewQuestion(question):
            reviewed = await review_question(services, interaction, question)
            _ = context.translator(reviewed.learner_state)
            return responses.question_reviewed(_, course, reviewed)
        case ListLessons(wanted):
            return await _list_lessons(context, interaction, wanted)
        case _ as never:
            assert_never(never)


async def _list_lessons(context: Context, interaction: Interaction, wanted: ModuleId) -> Response:
    state, course = await load_learner(context.services, interaction), context.course
    module = course.module(wanted)
    if module is None:
        return _current_response(context, state)
    _ = context.translator(state)
    return Response(edit=modules.lesson_list(_, course, module, state.progress))


async def _select_option(
    context: Context, interaction: Interaction, press: SelectOptions
) -> Response:
    course, ordinal = context.course, press.ordinal
    found = await answers.select_option(context.services, interaction, press.question, ordinal)
    if not isinstance(found, LearnerState):
        return responses.answered(context.translator(found.learner_state), course, found)
    question, _ = course.question(press.question), context.translator(found)
    assert question is not None, "an open question stands in the course"
    selected = press.chosen & {option.id for option in question.options}
    again = ordinal > 1
    screen = lessons.question(_, course, question, ordinal, again=again, selected=selected)
    return Response(edit=screen)


async def _unknown_press_response(context: Context, interaction: Interaction) -> Response:
    return _current_response(context, await load_learner(context.services, interaction))


def _current_response(context: Context, state: LearnerState) -> Response:
    translator = context.translator(state)
    return responses.current_with_toast(
        translator, context.course, state, notices.unknown_button(translator)
    )
