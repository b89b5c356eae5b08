"""Registers a handler for each kind of update, and keeps handlers' errors for the inbox."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.bot_api.sending import AnyApplication, AnyBot, AnyContext
from bot.context import Context
from bot.handlers import commands, groups, incoming_messages
from bot.inbox.inbox import FLOOD_KEY

log = logging.getLogger(__name__)

UpdateHandler: TypeAlias = Callable[[Context, AnyBot, Update], Coroutine[Any, Any, None]]

# Kinds of updates to request (Bot API, getUpdates, allowed_updates); others are not sent.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_PRIVATE = filters.ChatType.PRIVATE & filters.USER  # the Bot API promises no sender
_FRESH = filters.UpdateType.MESSAGE


def register_handlers(application: AnyApplication, bot_context: Context) -> "HandlerErrors":
    """Register the handlers; the first that matches takes an update, so order matters.

    Presses get here only as part of a flood; see `bot.handlers.presses`.
    """
    failures = HandlerErrors()

    def tied(handler: UpdateHandler) -> Callable[[Update, AnyContext], Coroutine[Any, Any, None]]:
        async def callback(update: Update, context: AnyContext) -> None:
            await (incoming_messages.on_flood if FLOOD_KEY in update.api_kwargs else handler)(
                bot_context, context.bot, update
            )

        return callback

    wired: tuple[BaseHandler[Any, Any, Any], ...] = (
        CallbackQueryHandler(tied(incoming_messages.on_flood)),
        MessageHandler(_PRIVATE & _FRESH & filters.COMMAND, tied(commands.on_command)),
        MessageHandler(_PRIVATE & _FRESH & filters.TEXT, tied(incoming_messages.on_text)),
        MessageHandler(
            _PRIVATE & _FRESH & ~filters.StatusUpdate.ALL, tied(incoming_messages.on_media)
        ),
        MessageHandler(
            _PRIVATE & filters.UpdateType.EDITED_MESSAGE, tied(incoming_messages.on_edited)
        ),
        MessageHandler(filters.ChatType.GROUPS & _FRESH, tied(groups.on_group)),
        ChatMemberHandler(tied(groups.on_membership), ChatMemberHandler.MY_CHAT_MEMBER),
    )
    for handler in wired:
        application.add_handler(handler)
    application.add_error_handler(failures.record_error)
    return failures


class HandlerErrors:
    """Errors raised by handlers, kept until the inbox takes them: PTB would only log them."""

    def __init__(self) -> None:
        self._raised: dict[int, Exception] = {}

    async def record_error(self, update: object, context: AnyContext) -> None:
        """Keep the error of an update, or log the error of a job; called by PTB."""
        if isinstance(update, Update) and context.error is not None:
            self._raised[update.update_id] = context.error
        else:  # an error of a job: nobody takes it
            log.error("A job failed", extra={"action": "job_failed"}, exc_info=context.error)

    def take_error(self, update: int) -> Exception | None:
        """Remove and return the error of an update; `None` when there was none."""
        return self._raised.pop(update, None)
