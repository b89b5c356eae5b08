"""Charts of the statistics, as new messages."""

from collections.abc import Awaitable, Callable

from bot.actions.statistics import (
    StatisticsView,
    fetch_completion_curves,
    fetch_questions,
    most_pressing,
)
from bot.context import Context
from bot.i18n import Translator
from bot.messages import Response
from bot.rendering import charts, item_charts, reminder_effects
from bot.rendering.charts import CaptionedChart
from storage import reminders, statistics


async def chart_response(
    context: Context, _: Translator, view: StatisticsView, which: str
) -> Response | None:
    """A chart as a new message, so that the screen with its buttons stays."""
    if which not in CHART_BUILDERS:
        return None
    drawn = await CHART_BUILDERS[which](context, _, view)
    if drawn is None:
        return Response(toast=charts.nothing_to_draw(_))
    return Response(
        (charts.chart_message(_, drawn, await context.chart_renderer.render(drawn.chart)),)
    )


async def _draw_funnel(
    context: Context, _: Translator, view: StatisticsView
) -> CaptionedChart | None:
    found = await statistics.fetch_funnel(context.services.store, context.course, view.scope)
    return charts.funnel(_, context.course, view, found)


async def _draw_completion(
    context: Context, _: Translator, view: StatisticsView
) -> CaptionedChart | None:
    found = await fetch_completion_curves(context.services, view)
    return charts.completion_curves(_, view, found, len(view.cohorts))


async def _draw_time(
    context: Context, _: Translator, view: StatisticsView
) -> CaptionedChart | None:
    return charts.answer_times(
        _, view, await statistics.fetch_activity_pattern(context.services.store, view.scope)
    )


async def _draw_questions(
    context: Context, _: Translator, view: StatisticsView
) -> CaptionedChart | None:
    found = await fetch_questions(context.services, view)
    return item_charts.question_dots(_, context.course, view, found, most_pressing(found))


async def _draw_reminders(
    context: Context, _: Translator, _view: StatisticsView
) -> CaptionedChart | None:
    return reminder_effects.effects_chart(
        _, reminders.reminder_figures(await context.services.store.fetch_reminder_counts())
    )


CHART_BUILDERS: dict[
    str, Callable[[Context, Translator, StatisticsView], Awaitable[CaptionedChart | None]]
] = {
    "funnel": _draw_funnel,
    "finishing": _draw_completion,
    "time": _draw_time,
    "questions": _draw_questions,
    "reminders": _draw_reminders,
}
"""By the button's value behind the period."""
