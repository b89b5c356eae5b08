"""Sends weekly reports to admins and facilitators, in the background.

Rendering a chart takes about a second, up to half a minute, and must not delay the scheduler's
other jobs. Reports do not use the outbox, whose recipients are learners.
"""

import logging
import secrets
from typing import Any

from telegram.ext import ExtBot

from bot.actions import statistics, weekly_reports
from bot.actions.learner_state import Services
from bot.actions.weekly_reports import WeeklyReport
from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.rate_limiter import BulkSend
from bot.bot_api.rate_limits import Lane
from bot.bot_api.sending import deliver_reply
from bot.chart_renderer import ChartRenderer
from bot.clock import Clock
from bot.i18n import Translator, Translators
from bot.messages import Reply
from bot.rendering import charts
from bot.rendering.charts import CaptionedChart
from bot.rendering.weekly_reports import weekly_report
from bot.workers import Worker
from charts.specs import Chart
from storage.errors import UnavailableError
from storage.weekly_reports import ReportSubscription

log = logging.getLogger(__name__)


class _AlreadySentError(Exception):
    """Another process has sent the report."""


class WeeklyReportSender(Worker):
    """Sends due reports one after the other when it is woken."""

    def __init__(
        self,
        services: Services,
        translators: Translators,
        bot: ExtBot[Any],
        chart_renderer: ChartRenderer,
        clock: Clock,
    ) -> None:
        super().__init__("weekly reports")
        self.services = services
        self.translators = translators
        self.bot = bot
        self.chart_renderer = chart_renderer
        self.clock = clock

    async def _work(self) -> None:
        now = self.clock()
        drawn: dict[Chart, bytes | None] = {}
        for one in await weekly_reports.fetch_due_reports(self.services, now):
            if self._is_closing:
                return
            try:
                await self._send_one(one, now, drawn)
            except UnavailableError:
                raise
            except Exception:  # an error affects one report only
                log.exception("A weekly report failed", extra={"action": "report_failed"})

    async def _send_one(
        self, recipient: ReportSubscription, now: int, drawn: dict[Chart, bytes | None]
    ) -> None:
        services = self.services
        report = await weekly_reports.build_report(services, recipient, now)
        if not isinstance(report, WeeklyReport):
            return
        _ = self.translators.for_language(recipient.language, plain=recipient.plain)
        picture = None if _.plain else await _choose_chart(services, _, report)
        if picture is not None and picture.chart not in drawn:
            drawn[picture.chart] = await self.chart_renderer.render(picture.chart)
        image = None if picture is None else drawn[picture.chart]
        reply = weekly_report(_, services.course, report, image)
        await _send_report(services, self.bot, recipient, reply, now)


async def _choose_chart(
    services: Services, _: Translator, report: WeeklyReport
) -> CaptionedChart | None:
    """Choose the chart: the funnel, or completion per cohort for recipients with several."""
    if report.cohort_figures:
        found = await statistics.fetch_completion_curves(services, report.view)
        return charts.completion_curves(_, report.view, found, len(report.view.cohorts))
    if report.funnel.started.are_few:
        return None
    return charts.funnel(_, services.course, report.quarter_view, report.funnel)


async def _send_report(
    services: Services, bot: ExtBot[Any], recipient: ReportSubscription, reply: Reply, now: int
) -> None:
    async def begin() -> None:
        if not await weekly_reports.claim_report(services, recipient, now, secrets.token_hex(8)):
            raise _AlreadySentError

    try:
        await deliver_reply(bot, recipient.person, reply, BulkSend(Lane.NUDGE, begin))
    except _AlreadySentError:
        log.info("A weekly report was sent by another", extra={"action": "report_taken"})
    except ApiError as error:
        kind = classify(error).kind
        if kind.surely_not_sent:
            await weekly_reports.release_report(services, recipient, now)
        elif kind is ErrorKind.UNREACHABLE:
            await weekly_reports.mark_unreachable(services, recipient, now)
        elif kind is ErrorKind.REFUSED:
            log.exception("A weekly report was refused", extra={"action": "report_refused"})
        else:  # it may have arrived
            log.warning("A weekly report was not sent", extra={"action": "report_failed"})
