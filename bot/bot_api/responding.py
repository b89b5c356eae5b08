"""Sends a response: all Bot API calls that answer one update."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.bot_api.command_menus import set_menu
from bot.bot_api.media import MediaBot
from bot.bot_api.sending import AnyBot, edit_or_send, remove_buttons, send_reply
from bot.messages import Reply, Response

log = logging.getLogger(__name__)

# Bot API, answerCallbackQuery: text 0-200 characters.
_MAX_TOAST_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PressReference:
    """Identifies a press to answer.

    Attributes:
        query_id: id of the callback query.
        message_id: id of the message with the button; `None` if Telegram no longer provides it.
    """

    query_id: str
    message_id: int | None


async def send_response(
    bot: AnyBot, chat: int, response: Response, press: PressReference | None = None
) -> None:
    """Send all parts of `response` concurrently, and answer the press.

    Raises:
        bot.bot_api.errors.ApiError: a message could not be sent; the others were tried.
    """
    messages = response.messages
    calls: list[Awaitable[object]] = []
    if press is not None:
        is_only_answer = response.edit is None and not messages
        calls.append(_answer_press(bot, press.query_id, response, is_only_answer=is_only_answer))
    if response.edit is not None:
        if press is not None and press.message_id is not None:
            calls.append(edit_or_send(bot, chat, press.message_id, response.edit))
        else:
            messages = (response.edit, *messages)
    if messages:
        calls.append(_send_all(bot, chat, messages))
    if response.removes_buttons and press is not None and press.message_id is not None:
        calls.append(remove_buttons(bot, chat, press.message_id))
    if response.closes_question:
        calls.append(_close_question(bot, chat, press.message_id if press is not None else None))
    calls.extend(set_menu(bot, menu) for menu in response.menus)
    results = await asyncio.gather(*calls, return_exceptions=True)
    failed = next((result for result in results if isinstance(result, BaseException)), None)
    if failed is not None:
        raise failed


async def _send_all(bot: AnyBot, chat: int, messages: tuple[Reply, ...]) -> None:
    for message in messages:
        await send_reply(bot, chat, message)


async def _close_question(bot: AnyBot, chat: int, answered: int | None) -> None:
    """Remove the letters of the question that was answered by typing, or under another message.

    Args:
        answered: the message that became the feedback; `None` if the answer was typed.
    """
    assert isinstance(bot, MediaBot), "bot.app makes it so"
    asked = bot.open_questions.close(chat)
    if asked is not None and asked.message_id != answered:
        await remove_buttons(bot, chat, asked.message_id, asked.other_rows)


async def _answer_press(
    bot: AnyBot, query_id: str, response: Response, *, is_only_answer: bool
) -> None:
    """Answer a press; errors are raised only if this is the only answer."""
    text = None if response.toast is None else response.toast[:_MAX_TOAST_LENGTH]
    answer = partial(bot.answer_callback_query, query_id, text, response.is_alert or None)
    try:
        try:
            await answer()
        except (BadRequest, TimedOut):
            raise
        except NetworkError:  # answering a press twice is harmless
            await answer()
    except BadRequest:  # too old: the client no longer waits for it
        log.debug("A press was too old to answer", extra={"action": "answer_too_late"})
    except TelegramError:
        if is_only_answer:
            raise
        log.debug("A press could not be answered", extra={"action": "answer_failed"})
