"""Sends each bound group chat its weekly summary, at ticks of the scheduler; stateless."""

import logging
from dataclasses import replace
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.actions import group_summaries
from bot.actions.learner_state import Services
from bot.bot_api.responding import respond
from bot.bot_api.transport import NotSentError
from bot.i18n import Voices
from bot.messages import Response
from bot.rendering.group_summaries import weekly
from storage.cohorts import Bound

log = logging.getLogger(__name__)


async def send_due(services: Services, voices: Voices, bot: ExtBot[Any], now: int) -> None:
    """Send summaries due at `now` (UTC milliseconds); an error affects one group only."""
    for one in await group_summaries.due(services, now):
        found = await group_summaries.take(services, one, now)
        reply = weekly(voices.of(None), found)
        await _send(services, bot, one, Response((reply,)), now)


async def _send(
    services: Services, bot: ExtBot[Any], one: Bound, response: Response, now: int
) -> None:
    try:
        await respond(bot, one.group, response)
    except ChatMigrated as error:
        await group_summaries.moved(services, one.group, error.new_chat_id)
        await _send(services, bot, replace(one, group=error.new_chat_id), response, now)
    except (NotSentError, RetryAfter) as error:
        log.warning("A summary waits", extra={"action": "summary_waits", "why": str(error)})
        await group_summaries.give_back(services, one, now)
    except Forbidden:  # the bot was removed from the group
        await group_summaries.lost(services, one.group)
    except BadRequest:
        log.exception("A group refused its summary", extra={"action": "summary_refused"})
    except TelegramError:  # it may have arrived
        log.warning("A summary was not sent", extra={"action": "summary_failed"})
