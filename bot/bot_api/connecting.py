"""Connecting to Telegram at startup, until it answers."""

import asyncio
import logging

from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.polling import RefusedTokenError
from bot.bot_api.sending import AnyApplication

log = logging.getLogger(__name__)


async def connect(application: AnyApplication, retry_delay: float) -> None:
    """Connect to Telegram; close the transport if cancelled before Telegram answers.

    Args:
        retry_delay: seconds between attempts.

    Raises:
        RefusedTokenError: Telegram does not accept the token.
    """
    try:
        await _connect_with_retries(application, retry_delay)
    except BaseException:
        await application.bot.shutdown()
        raise


async def _connect_with_retries(application: AnyApplication, retry_delay: float) -> None:
    """Call getMe until it succeeds; network errors are retried."""
    while True:
        try:
            await application.initialize()
        except ApiError as error:
            if classify(error).kind is ErrorKind.TOKEN_REFUSED:
                raise RefusedTokenError from None
            log.warning("Telegram is out of reach", extra={"action": "connect", "why": str(error)})
            await asyncio.sleep(retry_delay)
        else:
            return
