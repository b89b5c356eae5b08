"""A Response becomes calls to Telegram; the only place that makes messages of replies."""

import asyncio
import logging
import re
from collections.abc import Awaitable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.lanes import Bulk, Spare
from bot.media import MediaBot
from bot.menus import set_menu
from bot.pacing import Lane
from bot.replies import Button, Notice, Reply, Response, Rows

log = logging.getLogger(__name__)

AnyBot: TypeAlias = ExtBot[Any]

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^<>]*>")

# How long Telegram may be silent while it takes a file of up to 50 MB.
_UPLOAD_SECONDS = 180

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

    Raises:
        telegram.error.TelegramError: a message could not be sent; the rest was tried.
    """
    messages = response.messages
    beside: list[Awaitable[None]] = []
    if pressed is not None:
        alone = response.edit is None and not messages
        beside.append(_answer(bot, pressed.query, response.toast, alone=alone))
    if response.edit is not None:
        if pressed is not None and pressed.message is not None:
            beside.append(_edit(bot, chat, pressed.message, response.edit))
        else:
            messages = (response.edit, *messages)
    if messages:
        beside.append(_send_all(bot, chat, messages))
    if response.closes and pressed is not None and pressed.message is not None:
        beside.append(_close(bot, chat, pressed.message))
    beside.extend(set_menu(bot, menu) for menu in response.menus)
    beside.extend(_notify(bot, notice) for notice in response.notices)
    results = await asyncio.gather(*beside, return_exceptions=True)
    failed = next((result for result in results if isinstance(result, BaseException)), None)
    if failed is not None:
        raise failed


async def deliver(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk) -> int:
    """Send one message that nobody asked for; gives its number in the chat.

    Raises:
        telegram.error.TelegramError: it was not sent, or nobody knows; see docs/decisions/0010.
        Exception: what `bulk.begin` raised; then nothing was sent.
    """
    return (await _send(bot, chat, reply, bulk)).message_id


async def show(bot: AnyBot, chat: int, message: int | None, reply: Reply) -> int:
    """Let a message say something else; a new one where there is none or it cannot be changed.

    It goes before broadcasts and behind answers. Gives the message's number.

    Raises:
        telegram.error.TelegramError: nothing was shown, or nobody knows.
    """
    if message is not None:
        try:
            await bot.edit_message_text(
                reply.text,
                chat_id=chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(reply.rows),
                rate_limit_args=Lane.NUDGE,
            )
        except BadRequest as error:
            if _is_unchanged(error):
                return message
            log.info("Could not edit, sent anew", extra={"action": "edit_failed"})
        else:
            return message
    return (await _send(bot, chat, reply, Lane.NUDGE)).message_id


async def send_file(bot: AnyBot, chat: int, file: Path, name: str, caption: str) -> None:
    """Send a file that somebody asked for; it goes behind answers.

    Raises:
        telegram.error.TelegramError: it was not sent, or nobody knows.
        OSError: it cannot be read.
    """
    content = await asyncio.to_thread(file.read_bytes)
    await bot.send_document(
        chat,
        content,
        filename=name,
        caption=caption,
        read_timeout=_UPLOAD_SECONDS,
        rate_limit_args=Lane.NUDGE,
    )


async def delete(bot: AnyBot, chat: int, message: int) -> bool:
    """Delete a message that was sent; whether it is gone. Goes at the pace of broadcasts.

    Raises:
        telegram.error.TelegramError: not at this moment; to delete again harms nothing.
    """
    try:
        await bot.delete_message(chat, message, rate_limit_args=Lane.BROADCAST)
    except BadRequest as error:
        return "not found" in error.message.lower()
    except Forbidden:
        return False
    return True


async def _notify(bot: AnyBot, notice: Notice) -> None:
    try:
        await _send(bot, notice.person, notice.reply, Lane.NUDGE)
    except TelegramError:
        log.info("Somebody could not be told", extra={"action": "notice_failed"})


async def _send_all(bot: AnyBot, chat: int, messages: tuple[Reply, ...]) -> None:
    for message in messages:
        await _send(bot, chat, message)


async def _send_image(
    bot: AnyBot, chat: int, reply: Reply, image: bytes, bulk: Bulk | Lane | None
) -> Message:
    return await bot.send_photo(
        chat,
        image,
        caption=reply.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_markup(reply.rows),
        rate_limit_args=bulk,
    )


async def _send(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None = None) -> Message:
    markup = _markup(reply.rows)
    if reply.image is not None:
        return await _send_image(bot, chat, reply, reply.image, bulk)
    if reply.photo is not None or reply.document is not None:
        return await _send_file(bot, chat, reply, bulk)
    if reply.picture is not None:
        sent = await _sent_picture(bot, chat, reply.picture, reply, bulk)
        if sent is not None:
            return sent
    try:
        return await bot.send_message(
            chat,
            reply.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
            rate_limit_args=bulk,
        )
    except BadRequest as error:
        if not _is_markup_trouble(error):
            raise
        log.exception("Markup was refused, sent as plain text", extra={"action": "sent_plain"})
        return await bot.send_message(
            chat,
            unescape(_TAG.sub("", reply.text)),
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
            rate_limit_args=bulk,
        )


async def _send_file(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None) -> Message:
    """Send what Telegram has, by its id, above the text."""
    file = reply.photo or reply.document
    assert file is not None, "asked for only with one of them"
    send = bot.send_photo if reply.photo is not None else bot.send_document
    return await send(
        chat,
        file,
        caption=reply.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_markup(reply.rows),
        rate_limit_args=bulk,
    )


async def _sent_picture(
    bot: AnyBot, chat: int, picture: Path, reply: Reply, bulk: Bulk | Lane | None
) -> Message | None:
    """Send it above its text; `None` when there is no such file, so that the text is left."""
    assert isinstance(bot, MediaBot), "bot.app makes it so"
    try:
        return await bot.send_picture(
            chat,
            picture,
            caption=reply.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(reply.rows),
            rate_limit_args=bulk,
        )
    except OSError:
        log.exception("A picture cannot be read", extra={"action": "picture_missing"})
        return None


async def _edit(bot: AnyBot, chat: int, message: int, reply: Reply) -> None:
    try:
        await bot.edit_message_text(
            reply.text,
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(reply.rows),
        )
    except BadRequest as error:
        if _is_unchanged(error):
            return
        log.info("Could not edit, sent anew", extra={"action": "edit_failed"})
        await _send(bot, chat, reply)


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


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)


def _is_unchanged(error: BadRequest) -> bool:
    return "message is not modified" in error.message.lower()


def _is_markup_trouble(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()
