"""Sends each bound group chat its weekly summary, at ticks of the scheduler; stateless."""

import logging
from dataclasses import replace
from typing import Any

from telegram.ext import ExtBot

from bot.actions import group_summaries
from bot.actions.learner_state import Services
from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.responding import send_response
from bot.i18n import Translators
from bot.messages import Response
from bot.rendering.group_summaries import weekly_summary
from storage.cohorts import CohortGroup

log = logging.getLogger(__name__)


async def send_due_summaries(
    services: Services, translators: Translators, bot: ExtBot[Any], now: int
) -> None:
    """Send summaries due at `now` (UTC milliseconds); an error affects one group only."""
    for one in await group_summaries.fetch_due_summaries(services, now):
        found = await group_summaries.claim_summary(services, one, now)
        reply = weekly_summary(translators.for_language(None), found)
        await _send_summary(services, bot, one, Response((reply,)), now)


async def _send_summary(
    services: Services, bot: ExtBot[Any], one: CohortGroup, response: Response, now: int
) -> None:
    try:
        await send_response(bot, one.group, response)
    except ApiError as error:
        meaning = classify(error)
        if meaning.new_chat is not None:
            await group_summaries.change_group_id(services, one.group, meaning.new_chat)
            moved = replace(one, group=meaning.new_chat)
            await _send_summary(services, bot, moved, response, now)
        elif meaning.kind.surely_not_sent:
            log.warning("A summary waits", extra={"action": "summary_waits", "why": str(error)})
            await group_summaries.release_summary(services, one, now)
        elif meaning.kind is ErrorKind.UNREACHABLE:  # the bot was removed from the group
            await group_summaries.remove_group(services, one.group)
        elif meaning.kind is ErrorKind.REFUSED:
            log.exception("A group refused its summary", extra={"action": "summary_refused"})
        else:  # it may have arrived
            log.warning("A summary was not sent", extra={"action": "summary_failed"})
