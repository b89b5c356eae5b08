"""Hands each update of the inbox to its handler: messages, presses, membership changes, floods."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import orjson
from telegram import Message, Update
from telegram.ext import filters

from bot.actions import reminder_schedule
from bot.actions.learner_state import Interaction
from bot.bot_api import update_json
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.handlers import commands, failures, groups, incoming_messages, presses
from bot.i18n import parse_language_tag
from bot.metrics import METRICS
from course.model import LearnerId
from storage import learners
from storage.inbox import ReceivedUpdate
from storage.statements import Statement

MessageHandler: TypeAlias = Callable[[Context, AnyBot, Interaction, Message], Awaitable[None]]

# Kinds of updates to request (Bot API, getUpdates, allowed_updates); others are not sent.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_FRESH = filters.UpdateType.MESSAGE

# Messages in private chats; the first filter that accepts one decides.
_MESSAGE_HANDLERS: tuple[tuple[filters.BaseFilter, MessageHandler], ...] = (
    (_FRESH & filters.COMMAND, commands.on_command),
    (_FRESH & filters.TEXT, incoming_messages.on_text),
    (_FRESH & ~filters.StatusUpdate.ALL, incoming_messages.on_media),
    (filters.UpdateType.EDITED_MESSAGE, incoming_messages.on_edited),
)


class Dispatcher:
    """Handles updates of all kinds; what a handler raises reaches the inbox.

    Own code, since python-telegram-bot's `Application` keeps errors to itself and building its
    objects for each press costs too much (docs/decisions/0017-one-dispatcher.md).
    """

    def __init__(self, context: Context, bot: AnyBot) -> None:
        self._context = context
        self._bot = bot

    async def handle(self, received: ReceivedUpdate) -> None:
        """Handle one update.

        Raises:
            TemporaryError: it should be handled again later; its effect is not doubled.
            Exception: the database failed, or it is a fault of ours.
        """
        raw = orjson.loads(received.body)
        try:
            await self._dispatch(raw, received)
        except Exception as error:  # noqa: BLE001 - classified by the failure handler
            _count_update(raw, type(error).__name__)
            await failures.handle_error(self._context, received, error)
        else:
            _count_update(raw, "done")

    def list_final_writes(self, received: ReceivedUpdate) -> tuple[Statement, ...]:
        """Statements to write when an update is finished: its sender was active and reachable."""
        if received.learner is None:
            return ()
        learner, rhythm = LearnerId(received.learner), self._context.services.rhythm
        viewed = reminder_schedule.reschedule_after_view(
            rhythm, learner, received.update, received.at
        )
        if not _is_private(orjson.loads(received.body)):
            return viewed
        return (*viewed, learners.mark_reachable(learner, received.at))

    async def _dispatch(self, raw: Mapping[str, Any], received: ReceivedUpdate) -> None:
        context, bot, interaction = self._context, self._bot, _read_interaction(raw, received)
        if interaction is not None and received.is_flood:
            await incoming_messages.on_flood(context, bot, interaction)
        elif interaction is not None and "callback_query" in raw:
            await presses.on_press(context, bot, interaction, raw["callback_query"])
        else:
            update = Update.de_json(dict(raw), bot)
            if update.my_chat_member is not None and interaction is not None:
                await groups.on_membership(context, interaction, update.my_chat_member)
            elif isinstance(update.effective_message, Message):
                await self._dispatch_message(update, update.effective_message, interaction)

    async def _dispatch_message(
        self, update: Update, message: Message, interaction: Interaction | None
    ) -> None:
        if filters.ChatType.PRIVATE.check_update(update):
            handlers = (each for accepts, each in _MESSAGE_HANDLERS if accepts.check_update(update))
            handler = next(handlers, None)
            if interaction is not None and handler is not None:  # the Bot API promises no sender
                await handler(self._context, self._bot, interaction, message)
        elif (filters.ChatType.GROUPS & _FRESH).check_update(update):
            await groups.on_group(self._context, self._bot, interaction, message)


def _read_interaction(raw: Mapping[str, Any], received: ReceivedUpdate) -> Interaction | None:
    """Who sent an update, in which language, and when it was received; `None` for no sender."""
    sender = update_json.get_sender(raw)
    if sender is None:
        return None
    language = parse_language_tag(sender.get("language_code"))
    return Interaction(LearnerId(sender["id"]), language, received.update, received.at)


def _is_private(raw: Mapping[str, Any]) -> bool:
    """Whether somebody wrote or pressed in their own chat with the bot."""
    if not {"message", "edited_message", "callback_query"} & raw.keys():
        return False
    chat = update_json.get_chat(raw)
    return chat is not None and chat.get("type") == "private"


def _count_update(raw: Mapping[str, Any], outcome: str) -> None:
    kind = next((kind for kind in ALLOWED_UPDATES if kind in raw), "other")
    METRICS.updates.labels(kind=kind, outcome=outcome).inc()
