"""Errors raised by handlers: retried, recorded, or apologised for. Never shown to a learner."""

import logging

from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.responding import send_response
from bot.bot_api.sending import AnyBot
from bot.context import Context
from bot.inbox.errors import MaybeSentError, TemporaryError, UnansweredError
from bot.messages import Response
from bot.rendering import notices
from course.model import LearnerId
from storage import learners
from storage.inbox import ReceivedUpdate

log = logging.getLogger(__name__)


async def handle_error(context: Context, received: ReceivedUpdate, error: Exception) -> None:
    """Classify an error of handling; returns if the update counts as done.

    Raises:
        TemporaryError: the same update should be handled again later; its effect is not doubled.
        Exception: `error` itself, when the database failed or it is a fault of ours.
    """
    if not isinstance(error, ApiError):
        raise error
    meaning = classify(error)
    match meaning.kind:
        case ErrorKind.UNREACHABLE:
            await _mark_unreachable(context, received)
        case ErrorKind.RATE_LIMITED | ErrorKind.NOT_CONNECTED:
            raise TemporaryError(str(error), meaning.retry_after) from error
        case ErrorKind.TOKEN_REFUSED:  # not this update's fault: it stays pending, polling exits
            raise TemporaryError(str(error)) from error
        case ErrorKind.TIMED_OUT:  # better a card twice than never, but not many times
            raise MaybeSentError(str(error)) from error
        case ErrorKind.NO_ANSWER:
            raise UnansweredError(str(error)) from error
        case _:
            raise error


async def apologise(
    context: Context, bot: AnyBot, received: ReceivedUpdate, error: Exception
) -> None:
    """Tell the person that an update failed for good, with an incident number found in the log."""
    incident = f"{received.update:x}"[-6:].upper()
    log.error(
        "An update was set aside",
        extra={"action": "set_aside", "update": received.update, "incident": incident},
        exc_info=error,
    )
    if received.learner is None:
        return
    reply = notices.failure_notice(context.translators.for_language(None), incident)
    try:
        await send_response(bot, received.learner, Response((reply,)))
    except ApiError:
        log.warning("Could not apologise", extra={"action": "apology_failed"})


async def send_outage_notice(
    context: Context, bot: AnyBot, person: int, language: str | None
) -> None:
    """Tell a person that nothing can be stored at the moment, and what to do."""
    reply = notices.outage_notice(context.translators.for_language(language))
    try:
        await send_response(bot, person, Response((reply,)))
    except ApiError:
        log.warning("Could not ask to wait", extra={"action": "patience_failed"})


async def _mark_unreachable(context: Context, received: ReceivedUpdate) -> None:
    if received.learner is not None:
        blocked = learners.set_unreachable(_learner_id(received), received.at)
        await context.services.store.write(blocked)
    log.info("A learner cannot be reached", extra={"action": "unreachable"})


def _learner_id(received: ReceivedUpdate) -> LearnerId:
    assert received.learner is not None, "checked by the caller"
    return LearnerId(received.learner)
