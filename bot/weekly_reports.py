"""Sends weekly reports to admins and facilitators; asked by the tick, keeps nothing itself.

Not by the outbox: that is for learners, and who wants a report need not be one.
"""

import logging
import secrets
from typing import Any

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.actions import viewing, weekly_reports
from bot.actions.visits import Services
from bot.actions.weekly_reports import Told
from bot.charting import Draughtsman
from bot.lanes import Bulk
from bot.pacing import Lane
from bot.rendering import charts
from bot.rendering import weekly_reports as rendering
from bot.rendering.charts import Drawn
from bot.replies import Reply
from bot.sending import deliver
from bot.transport import NotSentError
from bot.voice import Voice, Voices
from charts.specs import Chart
from storage.weekly_reports import Wanted

log = logging.getLogger(__name__)


# Reports in one tick: drawing takes a second or so each, and others wait for their turn.
AT_ONCE = 20


class _TakenError(Exception):
    """Another run of the program has sent it."""


async def send_due(
    services: Services, voices: Voices, bot: ExtBot[Any], draughtsman: Draughtsman, now: int
) -> None:
    """Send what is due at `now` (UTC milliseconds); what one person refuses harms no other."""
    drawn: dict[Chart, bytes | None] = {}
    for one in (await weekly_reports.due(services, now))[:AT_ONCE]:
        told = await weekly_reports.told(services, one, now)
        if not isinstance(told, Told):
            continue
        _ = voices.of(one.language, plain=one.plain)
        picture = None if _.plain else await _picture(services, _, told)
        if picture is not None and picture.chart not in drawn:
            drawn[picture.chart] = await draughtsman.draw(picture.chart)
        image = None if picture is None else drawn[picture.chart]
        await _send(services, bot, one, rendering.report(_, services.course, told, image), now)


async def _picture(services: Services, _: Voice, told: Told) -> Drawn | None:
    """How far people come; for who has several cohorts, how many have finished in each."""
    if told.beside:
        found = await viewing.finishing(services, told.seen)
        return charts.finishing(_, told.seen, found, len(told.seen.mine))
    if told.funnel.started.are_few:
        return None
    return charts.funnel(_, services.course, told.lasting, told.funnel)


async def _send(services: Services, bot: ExtBot[Any], one: Wanted, reply: Reply, now: int) -> None:
    async def begin() -> None:
        if not await weekly_reports.take(services, one, now, secrets.token_hex(8)):
            raise _TakenError

    try:
        await deliver(bot, one.person, reply, Bulk(Lane.NUDGE, begin))
    except _TakenError:
        log.info("A weekly report was sent by another", extra={"action": "report_taken"})
    except (NotSentError, RetryAfter):
        await weekly_reports.give_back(services, one, now)
    except Forbidden:
        await weekly_reports.lost(services, one, now)
    except BadRequest:
        log.exception("A weekly report was refused", extra={"action": "report_refused"})
    except TelegramError:  # it may have arrived
        log.warning("A weekly report was not sent", extra={"action": "report_failed"})
