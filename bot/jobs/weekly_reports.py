"""Sends weekly reports to admins and facilitators, in the background.

Rendering a chart takes about a second, up to half a minute, and must not delay the scheduler's
other jobs. Reports do not use the outbox, whose recipients are learners.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.actions import statistics, weekly_reports
from bot.actions.learner_state import Services
from bot.actions.weekly_reports import Told
from bot.bot_api.rate_limiter import Bulk
from bot.bot_api.rate_limits import Lane
from bot.bot_api.sending import deliver
from bot.bot_api.transport import NotSentError
from bot.chart_renderer import Draughtsman
from bot.clock import Clock
from bot.graceful_shutdown import finish
from bot.i18n import Voice, Voices
from bot.messages import Reply
from bot.rendering import charts
from bot.rendering.charts import Drawn
from bot.rendering.weekly_reports import report
from charts.specs import Chart
from storage.errors import UnavailableError
from storage.weekly_reports import Wanted

log = logging.getLogger(__name__)


class _TakenError(Exception):
    """Another process has sent the report."""


@dataclass(slots=True)
class Reporting:
    """Job that sends due reports one after the other."""

    services: Services
    voices: Voices
    bot: ExtBot[Any]
    draughtsman: Draughtsman
    clock: Clock
    _working: "asyncio.Task[None] | None" = field(default=None, init=False)
    _is_ending: bool = field(default=False, init=False)

    @property
    def is_busy(self) -> bool:
        """Whether reports are being sent."""
        return self._working is not None and not self._working.done()

    async def tick(self) -> None:
        """Start sending due reports in the background."""
        now = self.clock()
        if not self.is_busy and (due := await weekly_reports.due(self.services, now)):
            self._working = asyncio.create_task(self._all(due, now))

    async def close(self, within: float) -> None:
        """Start no further report; wait up to `within` seconds for the current one."""
        self._is_ending = True
        if self._working is not None:
            await finish((self._working,), within)

    async def _all(self, due: Sequence[Wanted], now: int) -> None:
        drawn: dict[Chart, bytes | None] = {}
        for one in due:
            if self._is_ending:
                return
            try:
                await self._one(one, now, drawn)
            except UnavailableError as error:
                said = {"action": "report_waits", "why": str(error)}
                log.warning("A weekly report waits", extra=said)
            except Exception:  # an error affects one report only
                log.exception("A weekly report failed", extra={"action": "report_failed"})

    async def _one(self, one: Wanted, now: int, drawn: dict[Chart, bytes | None]) -> None:
        services = self.services
        told = await weekly_reports.told(services, one, now)
        if not isinstance(told, Told):
            return
        _ = self.voices.of(one.language, plain=one.plain)
        picture = None if _.plain else await _picture(services, _, told)
        if picture is not None and picture.chart not in drawn:
            drawn[picture.chart] = await self.draughtsman.draw(picture.chart)
        image = None if picture is None else drawn[picture.chart]
        reply = report(_, services.course, told, image)
        await _send(services, self.bot, one, reply, now)


async def _picture(services: Services, _: Voice, told: Told) -> Drawn | None:
    """Choose the chart: the funnel, or completion per cohort for recipients with several."""
    if told.beside:
        found = await statistics.finishing(services, told.seen)
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
