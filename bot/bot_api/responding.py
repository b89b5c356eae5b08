"""Sends a response: all Bot API calls that answer one update."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.bot_api.command_menus import set_menu
from bot.bot_api.rate_limiter import Spare
from bot.bot_api.sending import AnyBot, edit, send
from bot.messages import Reply, Response

log = logging.getLogger(__name__)

# Bot API, answerCallbackQuery: text 0-200 characters.
_LONGEST_TOAST = 200


@dataclass(frozen=True, slots=True)
class Pressed:
    """Identifies a press to answer.

    Attributes:
        query_id: id of the callback query.
        message_id: id of the message with the button; `None` if Telegram no longer provides it.
    """

    query: str
    message: int | None


async def respond(
    bot: AnyBot, chat: int, response: Response, pressed: Pressed | None = None
) -> None:
    """Send all parts of `response` concurrently, and answer the press.

    Raises:
        telegram.error.TelegramError: a message could not be sent; the others were tried.
    """
    messages = response.messages
    beside: list[Awaitable[object]] = []
    if pressed is not None:
        alone = response.edit is None and not messages
        beside.append(_answer(bot, pressed.query, response.toast, alone=alone))
    if response.edit is not None:
        if pressed is not None and pressed.message is not None:
            beside.append(edit(bot, chat, pressed.message, response.edit))
        else:
            messages = (response.edit, *messages)
    if messages:
        beside.append(_send_all(bot, chat, messages))
    if response.closes and pressed is not None and pressed.message is not None:
        beside.append(_close(bot, chat, pressed.message))
    beside.extend(set_menu(bot, menu) for menu in response.menus)
    results = await asyncio.gather(*beside, return_exceptions=True)
    failed = next((result for result in results if isinstance(result, BaseException)), None)
    if failed is not None:
        raise failed


async def _send_all(bot: AnyBot, chat: int, messages: tuple[Reply, ...]) -> None:
    for message in messages:
        await send(bot, chat, message)


async def _close(bot: AnyBot, chat: int, message: int) -> None:
    try:
        await bot.edit_message_reply_markup(
            chat_id=chat, message_id=message, reply_markup=None, rate_limit_args=Spare.CALL
        )
    except TelegramError:  # an old button is harmless; raising would send the messages again
        log.debug("Buttons could not be removed", extra={"action": "close_failed"})


async def _answer(bot: AnyBot, query: str, toast: str | None, *, alone: bool) -> None:
    """Answer a press; errors are raised only if this is the only answer."""
    text = None if toast is None else toast[:_LONGEST_TOAST]
    try:
        try:
            await bot.answer_callback_query(query, text)
        except (BadRequest, TimedOut):
            raise
        except NetworkError:  # answering a press twice is harmless
            await bot.answer_callback_query(query, text)
    except BadRequest:  # too old: the client no longer waits for it
        log.debug("A press was too old to answer", extra={"action": "answer_too_late"})
    except TelegramError:
        if alone:
            raise
        log.debug("A press could not be answered", extra={"action": "answer_failed"})
