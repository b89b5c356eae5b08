"""Errors raised by handlers: retried, recorded, or apologised for. Never shown to a learner."""

import logging

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.bot_api.responding import respond
from bot.bot_api.sending import AnyBot
from bot.bot_api.transport import NotSentError, seconds
from bot.context import Desk
from bot.inbox.retries import DoubtfulError, PassingError, UnansweredError
from bot.messages import Response
from bot.rendering import notices
from course.model import LearnerId
from storage import learners
from storage.inbox import Received

log = logging.getLogger(__name__)


async def judge(desk: Desk, received: Received, error: Exception) -> None:
    """Classify an error of handling; returns if the update counts as done.

    Raises:
        TemporaryError: the same update should be handled again later; its effect is not doubled.
        Exception: `error` itself, when the database failed or it is a fault of ours.
    """
    match error:
        case Forbidden():
            await _unreachable(desk, received)
        case RetryAfter():
            raise PassingError(str(error), seconds(error)) from error
        case BadRequest():  # a subclass of NetworkError, but not a network problem
            raise error
        case NotSentError():
            raise PassingError(str(error)) from error
        case TimedOut():  # better a card twice than never, but not many times
            raise DoubtfulError(str(error)) from error
        case NetworkError():
            raise UnansweredError(str(error)) from error
        case InvalidToken():  # not this update's fault: it stays pending, polling exits
            raise PassingError(str(error)) from error
        case TelegramError() if type(error) is TelegramError:  # not an answer of Telegram
            raise UnansweredError(str(error)) from error
        case _:
            raise error


async def apologise(desk: Desk, bot: AnyBot, received: Received, error: Exception) -> None:
    """Tell the person that an update failed for good, with an incident number found in the log."""
    incident = f"{received.update:x}"[-6:].upper()
    log.error(
        "An update was set aside",
        extra={"action": "set_aside", "update": received.update, "incident": incident},
        exc_info=error,
    )
    if received.learner is None:
        return
    reply = notices.failed(desk.voices.of(None), incident)
    try:
        await respond(bot, received.learner, Response((reply,)))
    except TelegramError:
        log.warning("Could not apologise", extra={"action": "apology_failed"})


async def ask_patience(desk: Desk, bot: AnyBot, person: int, language: str | None) -> None:
    """Tell a person that nothing can be stored at the moment, and what to do."""
    reply = notices.not_now(desk.voices.of(language))
    try:
        await respond(bot, person, Response((reply,)))
    except TelegramError:
        log.warning("Could not ask to wait", extra={"action": "patience_failed"})


async def _unreachable(desk: Desk, received: Received) -> None:
    if received.learner is not None:
        blocked = learners.is_unreachable(_id(received), received.at)
        await desk.services.store.write(blocked)
    log.info("A learner cannot be reached", extra={"action": "unreachable"})


def _id(received: Received) -> LearnerId:
    assert received.learner is not None, "checked by the caller"
    return LearnerId(received.learner)
