"""Sends weekly reports to admins and facilitators.

Rendering a chart takes about a second, up to half a minute; a report is prepared in the outbox, so
that nothing else waits for it.
"""

import asyncio
from dataclasses import dataclass, field

from bot.actions import statistics, weekly_reports
from bot.actions.learner_state import Services
from bot.actions.weekly_reports import WeeklyReport
from bot.chart_renderer import ChartRenderer
from bot.clock import Clock
from bot.i18n import Translator, Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering import charts
from bot.rendering.charts import CaptionedChart
from bot.rendering.weekly_reports import weekly_report
from charts.specs import Chart
from course.model import LearnerId
from storage.outbox import Delivery


@dataclass(slots=True)
class WeeklyReportSender:
    """Queues due reports and prepares their messages."""

    services: Services
    translators: Translators
    clock: Clock
    chart_renderer: ChartRenderer
    _last_chart: tuple[Chart, bytes | None] | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Queue the reports that are due."""
        await weekly_reports.queue_due_reports(self.services, self.clock())

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build a report at `now`, or say why it is not sent."""
        person = LearnerId(delivery.recipient)
        learner = (await self.services.store.fetch_history(person)).learner
        if learner is not None and (learner.stopped or learner.unreachable):
            return Withheld("stopped")
        language = None if learner is None else learner.language
        report = await weekly_reports.build_report(self.services, person, language, now)
        if report is None:
            return Withheld("no-longer-fits")
        _ = self.translators.for_language(language, plain=learner is not None and learner.plain)
        image = None if _.plain else await self._render_chart(_, report)
        return Prepared(weekly_report(_, self.services.course, report, image))

    async def _render_chart(self, _: Translator, report: WeeklyReport) -> bytes | None:
        """Render the chart, or take the last one if it is the same: admins share their figures."""
        picture = await _choose_chart(self.services, _, report)
        if picture is None:
            return None
        async with self._one_at_a_time:
            if self._last_chart is None or self._last_chart[0] != picture.chart:
                image = await self.chart_renderer.render(picture.chart)
                self._last_chart = (picture.chart, image)
            return self._last_chart[1]


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
