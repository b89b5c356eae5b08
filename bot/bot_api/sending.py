"""Sends, edits and deletes single messages; the only module that turns replies into API calls."""

import asyncio
import logging
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limiter import BulkSend, Droppable
from bot.bot_api.rate_limits import Lane
from bot.messages import Button, Reply, Rows

log = logging.getLogger(__name__)

AnyBot: TypeAlias = ExtBot[Any]
AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
AnyContext: TypeAlias = CallbackContext[Any, Any, Any, Any]

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^<>]*>")

# Read timeout in seconds for uploading a file of up to 50 MB.
_UPLOAD_SECONDS = 180


async def send_reply(
    bot: AnyBot, chat: int, reply: Reply, priority: BulkSend | Lane | None = None
) -> Message:
    """Send one message, in the lane for answers unless `priority` says otherwise.

    Raises:
        ApiError: it was not sent, or the result is unknown.
    """
    message = await _send(bot, chat, reply, priority)
    await _record_questions(bot, chat, message.message_id, reply)
    if isinstance(bot, MediaBot):
        before = bot.open_questions.replace(chat, message.message_id, reply)
        if before is not None:
            await remove_buttons(bot, chat, before.message_id, before.other_rows)
    return message


async def remove_buttons(bot: AnyBot, chat: int, message_id: int, kept: Rows = ()) -> None:
    """Remove the buttons of a message that is done with, but for `kept`; a failure leaves them."""
    try:
        await bot.edit_message_reply_markup(
            chat_id=chat,
            message_id=message_id,
            reply_markup=_build_keyboard(kept),
            rate_limit_args=Droppable.CALL,
        )
    except TelegramError:  # an old button is harmless; raising would send the messages again
        log.debug("Buttons could not be removed", extra={"action": "close_failed"})


async def _send(bot: AnyBot, chat: int, reply: Reply, bulk: BulkSend | Lane | None) -> Message:
    if reply.image_png is not None:
        return await bot.send_photo(chat, reply.image_png, **_caption(reply, bulk))
    if reply.photo_file_id is not None or reply.document_file_id is not None:
        return await _send_by_file_id(bot, chat, reply, bulk)
    if reply.picture_path is not None:
        sent = await _try_send_picture(bot, chat, reply.picture_path, reply, bulk)
        if sent is not None:
            return sent
        reply = replace(reply, text=reply.text_without_picture or reply.text)
    return await _send_text(bot, chat, reply, bulk)


async def deliver_reply(bot: AnyBot, chat: int, reply: Reply, bulk: BulkSend) -> int:
    """Send one message of the outbox; returns its message id.

    Raises:
        ApiError: it was not sent, or the result is unknown; see
            docs/decisions/0010.
        Exception: raised by `bulk.before_send`; then nothing was sent.
    """
    return (await send_reply(bot, chat, reply, bulk)).message_id


async def show_reply(bot: AnyBot, chat: int, message_id: int | None, reply: Reply) -> int:
    """Edit a message, or send a new one if there is none or it cannot be edited.

    Goes before broadcasts and after answers. Returns the message id.

    Raises:
        ApiError: nothing was shown, or the result is unknown.
    """
    if message_id is None:
        return (await send_reply(bot, chat, reply, Lane.NUDGE)).message_id
    return await edit_or_send(bot, chat, message_id, reply, Lane.NUDGE)


async def edit_or_send(
    bot: AnyBot, chat: int, message_id: int, reply: Reply, lane: Lane | None = None
) -> int:
    """Edit a message, or send a new one if it cannot be edited; returns the message id.

    Raises:
        ApiError: nothing was shown, or the result is unknown.
    """
    try:
        await bot.edit_message_text(
            reply.text,
            chat_id=chat,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_build_keyboard(reply.rows),
            rate_limit_args=lane,
        )
    except BadRequest as error:
        if _is_unchanged(error):
            return message_id
        log.info("Could not edit, sent anew", extra={"action": "edit_failed"})
    else:
        await _record_questions(bot, chat, message_id, reply)
        return message_id
    return (await send_reply(bot, chat, reply, lane)).message_id


async def _record_questions(bot: AnyBot, chat: int, message: int, reply: Reply) -> None:
    """Record which message shows what learners asked, so that it can be deleted."""
    if reply.questions:
        assert isinstance(bot, MediaBot), "bot.app makes it so"
        await bot.record_shown_questions(chat, message, reply.questions)


async def send_file(bot: AnyBot, chat: int, file: Path, name: str, caption: str) -> None:
    """Send a file as a document, after answers.

    Raises:
        ApiError: it was not sent, or the result is unknown.
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


async def delete_message(bot: AnyBot, chat: int, message_id: int) -> bool:
    """Delete a message, in the lane for broadcasts; returns whether it is gone.

    Raises:
        ApiError: not deleted now; safe to retry.
    """
    try:
        await bot.delete_message(chat, message_id, rate_limit_args=Lane.BROADCAST)
    except ApiError as error:
        if not (kind := classify(error).kind).is_final:
            raise
        return kind is ErrorKind.REFUSED and "not found" in error.message.lower()
    return True


async def _send_text(
    bot: AnyBot, chat: int, reply: Reply, priority: BulkSend | Lane | None
) -> Message:
    options: dict[str, Any] = {
        "link_preview_options": _NO_PREVIEW,
        "reply_markup": _build_keyboard(reply.rows),
        "rate_limit_args": priority,
    }
    try:
        return await bot.send_message(chat, reply.text, parse_mode=ParseMode.HTML, **options)
    except BadRequest as error:
        if not _is_parse_error(error):
            raise
        log.exception("Markup was refused, sent as plain text", extra={"action": "sent_plain"})
        return await bot.send_message(chat, unescape(_TAG.sub("", reply.text)), **options)


async def _send_by_file_id(
    bot: AnyBot, chat: int, reply: Reply, priority: BulkSend | Lane | None
) -> Message:
    """Send a photo or document by its file_id, with the text as caption."""
    file = reply.photo_file_id or reply.document_file_id
    assert file is not None, "asked for only with one of them"
    method = bot.send_photo if reply.photo_file_id is not None else bot.send_document
    return await method(chat, file, **_caption(reply, priority))


def _caption(reply: Reply, priority: BulkSend | Lane | None) -> dict[str, Any]:
    """Arguments of a call that sends a file: the text, the buttons, and the lane."""
    return {
        "caption": reply.text or None,
        "parse_mode": ParseMode.HTML,
        "reply_markup": _build_keyboard(reply.rows),
        "rate_limit_args": priority,
    }


async def _try_send_picture(
    bot: AnyBot, chat: int, picture: Path, reply: Reply, priority: BulkSend | Lane | None
) -> Message | None:
    """Send a picture with the text as caption; `None` if the file cannot be read."""
    assert isinstance(bot, MediaBot), "bot.app makes it so"
    try:
        return await bot.send_picture(chat, picture, **_caption(reply, priority))
    except OSError:
        log.exception("A picture cannot be read", extra={"action": "picture_missing"})
        return None


def _build_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_build_button(button) for button in row] for row in rows])


def _build_button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)


def _is_unchanged(error: BadRequest) -> bool:
    return "message is not modified" in error.message.lower()


def _is_parse_error(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()
