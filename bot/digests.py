"""Sends facilitators their daily digests; asked by the tick, keeps nothing itself."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.actions import digesting
from bot.actions.visits import Services
from bot.rendering import digests
from bot.replies import Reply
from bot.voice import Voices
from course.model import LearnerId

log = logging.getLogger(__name__)


async def send_due(
    services: Services,
    voices: Voices,
    show: Callable[[LearnerId, int | None, Reply], Awaitable[int]],
    now: int,
) -> None:
    """Send what is due at `now` (UTC milliseconds); what one person refuses harms no other.

    Whoever wrote /stop gets none until they write /start; what it would have told comes then.
    """
    for mine in await digesting.due(services, now):
        known = (await services.store.history(mine[0].person)).learner
        if known is not None and known.stopped:
            continue
        letter = await digesting.make(services, mine, now)
        if letter is None:
            continue
        voice = voices.of(None if known is None else known.language)
        try:
            await show(letter.person, None, digests.letter(voice, letter))
        except TelegramError:
            log.info("A digest was not sent", extra={"action": "digest_failed"})
        else:
            await digesting.was_told(services, letter, now)
