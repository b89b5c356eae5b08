"""Sends facilitators their daily digests, at each tick of the scheduler; stateless."""

import logging
from collections.abc import Awaitable, Callable

from bot.actions.digests import fetch_due_digests, mark_digest_sent, prepare_digest
from bot.actions.learner_state import Services
from bot.bot_api.errors import ApiError
from bot.i18n import Translators
from bot.messages import Reply
from bot.rendering import digests
from course.model import LearnerId

log = logging.getLogger(__name__)


async def send_due_digests(
    services: Services,
    translators: Translators,
    show_message: Callable[[LearnerId, int | None, Reply], Awaitable[int]],
    now: int,
) -> None:
    """Send digests due at `now` (UTC milliseconds); an error affects one person's only.

    After /stop a facilitator gets none until /start; the next one then covers the time between.
    """
    for mine in await fetch_due_digests(services, now):
        known = (await services.store.fetch_history(mine[0].person)).learner
        if known is not None and known.stopped:
            continue
        letter = await prepare_digest(services, mine, now)
        if letter is None:
            continue
        translator = translators.for_language(None if known is None else known.language)
        try:
            await show_message(letter.person, None, digests.digest_message(translator, letter))
        except ApiError:
            log.info("A digest was not sent", extra={"action": "digest_failed"})
        else:
            await mark_digest_sent(services, letter, now)
