"""A response becomes calls to Telegram: all that answers one update, or that is told by the way."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.lanes import Spare
from bot.media import MediaBot
from bot.menus import set_menu
from bot.pacing import Lane
from bot.replies import Notice, Reply, Response
from bot.sending import AnyBot, edit, send
from bot.transport import NotSentError, seconds

log = logging.getLogger(__name__)

# Seconds until somebody is told who could not be told by the way: for about three hours.
_WAITS = (5.0, 30.0, *[300.0] * 36)

# Bot API, answerCallbackQuery: text 0-200 characters.
_LONGEST_TOAST = 200


@dataclass(frozen=True, slots=True)
class Pressed:
    """The press that is to be answered.

    Attributes:
        query: the callback query's id.
        message: the message the button stands on; `None` when Telegram no longer gives it.
    """

    query: str
    message: int | None


async def respond(
    bot: AnyBot, chat: int, response: Response, pressed: Pressed | None = None
) -> None:
    """Send everything that `response` holds; the press is answered beside it, not before.

    Others are told afterwards, and nobody waits for that: their chats may be closed for long. When
    the person's own answer is to be tried again, they are told after the time it went well.

    Raises:
        telegram.error.TelegramError: a message could not be sent; the rest was tried.
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
    if failed is None or isinstance(failed, Forbidden):
        _notify(bot, response.notices)
    if failed is not None:
        raise failed


def _notify(bot: AnyBot, notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        assert isinstance(bot, MediaBot), "bot.app makes it so"
        bot.behind.begin(_told(bot, notice))


async def _told(bot: MediaBot, notice: Notice) -> None:
    """Tell somebody; what surely was not sent is tried again, what may have arrived is not."""
    for wait in _WAITS:
        try:
            await send(bot, notice.person, notice.reply, Lane.NUDGE)
        except (RetryAfter, NotSentError) as error:
            asked = seconds(error) if isinstance(error, RetryAfter) else wait
            if await bot.behind.is_stopped_within(asked):
                break
        except TelegramError:
            break
        except Exception:
            log.exception("A notice failed", extra={"action": "notice_failed"})
            return
        else:
            return
    log.info("Somebody could not be told", extra={"action": "notice_failed"})


async def _send_all(bot: AnyBot, chat: int, messages: tuple[Reply, ...]) -> None:
    for message in messages:
        await send(bot, chat, message)


async def _close(bot: AnyBot, chat: int, message: int) -> None:
    try:
        await bot.edit_message_reply_markup(
            chat_id=chat, message_id=message, reply_markup=None, rate_limit_args=Spare.CALL
        )
    except TelegramError:  # an old button does no harm, a message sent again for it would
        log.debug("Buttons could not be removed", extra={"action": "close_failed"})


async def _answer(bot: AnyBot, query: str, toast: str | None, *, alone: bool) -> None:
    """Answer a press; when nothing else is said (`alone`), that it fails matters."""
    text = None if toast is None else toast[:_LONGEST_TOAST]
    try:
        try:
            await bot.answer_callback_query(query, text)
        except (BadRequest, TimedOut):
            raise
        except NetworkError:  # to be answered twice harms no press
            await bot.answer_callback_query(query, text)
    except BadRequest:  # too old: the person waits no longer for it
        log.debug("A press was too old to answer", extra={"action": "answer_too_late"})
    except TelegramError:
        if alone:
            raise
        log.debug("A press could not be answered", extra={"action": "answer_failed"})
