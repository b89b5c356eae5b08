"""Sends facilitators their daily digests, at each tick of the scheduler; stateless."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.actions.digests import due, make, was_told
from bot.actions.learner_state import Services
from bot.i18n import Voices
from bot.messages import Reply
from bot.rendering import digests
from course.model import LearnerId

log = logging.getLogger(__name__)


async def send_due(
    services: Services,
    voices: Voices,
    show: Callable[[LearnerId, int | None, Reply], Awaitable[int]],
    now: int,
) -> None:
    """Send digests due at `now` (UTC milliseconds); an error affects one person's only.

    After /stop a facilitator gets none until /start; the next one then covers the time between.
    """
    for mine in await due(services, now):
        known = (await services.store.history(mine[0].person)).learner
        if known is not None and known.stopped:
            continue
        letter = await make(services, mine, now)
        if letter is None:
            continue
        voice = voices.of(None if known is None else known.language)
        try:
            await show(letter.person, None, digests.letter(voice, letter))
        except TelegramError:
            log.info("A digest was not sent", extra={"action": "digest_failed"})
        else:
            await was_told(services, letter, now)
