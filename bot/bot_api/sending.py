"""Sends, edits and deletes single messages; the only module that turns replies into API calls."""

import asyncio
import logging
import re
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limiter import Bulk
from bot.bot_api.rate_limits import Lane
from bot.messages import Button, Reply, Rows

log = logging.getLogger(__name__)

AnyBot: TypeAlias = ExtBot[Any]

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^<>]*>")

# Read timeout in seconds for uploading a file of up to 50 MB.
_UPLOAD_SECONDS = 180


async def send(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None = None) -> Message:
    """Send one message, in the lane for answers unless `priority` says otherwise.

    Raises:
        telegram.error.TelegramError: it was not sent, or the result is unknown.
    """
    message = await _sent(bot, chat, reply, bulk)
    await _note(bot, chat, message.message_id, reply)
    return message


async def _sent(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None) -> Message:
    if reply.image is not None:
        return await _send_image(bot, chat, reply, reply.image, bulk)
    if reply.photo is not None or reply.document is not None:
        return await _send_file(bot, chat, reply, bulk)
    if reply.picture is not None:
        sent = await _sent_picture(bot, chat, reply.picture, reply, bulk)
        if sent is not None:
            return sent
    return await _send_text(bot, chat, reply, bulk)


async def deliver(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk) -> int:
    """Send one message of the outbox; returns its message id.

    Raises:
        telegram.error.TelegramError: it was not sent, or the result is unknown; see
            docs/decisions/0010.
        Exception: raised by `bulk.before_send`; then nothing was sent.
    """
    return (await send(bot, chat, reply, bulk)).message_id


async def show(bot: AnyBot, chat: int, message: int | None, reply: Reply) -> int:
    """Edit a message, or send a new one if there is none or it cannot be edited.

    Goes before broadcasts and after answers. Returns the message id.

    Raises:
        telegram.error.TelegramError: nothing was shown, or the result is unknown.
    """
    if message is None:
        return (await send(bot, chat, reply, Lane.NUDGE)).message_id
    return await edit(bot, chat, message, reply, Lane.NUDGE)


async def edit(bot: AnyBot, chat: int, message: int, reply: Reply, lane: Lane | None = None) -> int:
    """Edit a message, or send a new one if it cannot be edited; returns the message id.

    Raises:
        telegram.error.TelegramError: nothing was shown, or the result is unknown.
    """
    try:
        await bot.edit_message_text(
            reply.text,
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(reply.rows),
            rate_limit_args=lane,
        )
    except BadRequest as error:
        if _is_unchanged(error):
            return message
        log.info("Could not edit, sent anew", extra={"action": "edit_failed"})
    else:
        await _note(bot, chat, message, reply)
        return message
    return (await send(bot, chat, reply, lane)).message_id


async def _note(bot: AnyBot, chat: int, message: int, reply: Reply) -> None:
    """Keep which message shows what learners asked, so that it can be deleted."""
    if reply.questions:
        assert isinstance(bot, MediaBot), "bot.app makes it so"
        await bot.notes_questions(chat, message, reply.questions)


async def send_file(bot: AnyBot, chat: int, file: Path, name: str, caption: str) -> None:
    """Send a file as a document, after answers.

    Raises:
        telegram.error.TelegramError: it was not sent, or the result is unknown.
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
    """Delete a message, in the lane for broadcasts; returns whether it is gone.

    Raises:
        telegram.error.TelegramError: not deleted now; safe to retry.
    """
    try:
        await bot.delete_message(chat, message, rate_limit_args=Lane.BROADCAST)
    except BadRequest as error:
        return "not found" in error.message.lower()
    except Forbidden:
        return False
    return True


async def _send_text(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None) -> Message:
    markup = _markup(reply.rows)
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


async def _send_file(bot: AnyBot, chat: int, reply: Reply, bulk: Bulk | Lane | None) -> Message:
    """Send a photo or document by its file_id, with the text as caption."""
    file = reply.photo or reply.document
    assert file is not None, "asked for only with one of them"
    method = bot.send_photo if reply.photo is not None else bot.send_document
    return await method(
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
    """Send a picture with the text as caption; `None` if the file cannot be read."""
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
