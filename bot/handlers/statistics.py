"""Statistics: /stats, /question, and their buttons."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.actions import weekly_reports
from bot.actions.learner_state import Interaction, load_learner
from bot.actions.statistics import (
    NoCohort,
    StatisticsView,
    choose_by_name,
    fetch_cohorts_page,
    fetch_question,
    fetch_questions,
    fetch_sent_broadcasts,
    load_view,
    most_pressing,
)
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.handlers.statistics_charts import chart_response
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import item_analysis, notices, reminder_effects, statistics_tables
from bot.rendering.definitions import definitions
from bot.rendering.statistics import choose_period, home, no_cohort
from bot.rendering.weekly_reports import report_setting
from course.statistics.overview import Period
from storage import reminders, statistics

ScreenBuilder: TypeAlias = Callable[
    [Context, Interaction, Translator, StatisticsView, str], Awaitable[Reply]
]
"""Builds a screen; the last argument is the rest of the button's value."""


async def stats_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/stats: the first screen, of all days; of a cohort if its name is given."""
    _ = context.translator(await load_learner(context.services, interaction))
    match await load_view(context.services, interaction, period=Period.ALL):
        case NoCohort():
            return Response((no_cohort(_),))
        case StatisticsView() as view:
            view = choose_by_name(view, message.text)
            return Response((await _home(context, interaction, _, view, ""),))


async def question_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/question with the id of a question."""
    _ = context.translator(await load_learner(context.services, interaction))
    match await load_view(context.services, interaction, period=Period.ALL):
        case NoCohort():
            return Response((no_cohort(_),))
        case StatisticsView() as view:
            return Response((await _question(context, interaction, _, view, message.text.strip()),))


async def statistics_pressed(
    context: Context, interaction: Interaction, press: ManagePress, _message: int
) -> Response | None:
    """Handle a button of the statistics; `None` for an obsolete one."""
    chosen = _parse_period(press.value)
    if chosen is None:
        return None
    days, rest = chosen
    _ = context.translator(await load_learner(context.services, interaction))
    match await load_view(context.services, interaction, press.target, days):
        case NoCohort():
            return Response(edit=no_cohort(_))
        case StatisticsView(is_admin=False) if press.action == "picture" and rest in ADMIN_SCREENS:
            return Response(toast=notices.not_found_or_not_yours(_))
        case StatisticsView() as view if press.action == "picture":
            return await chart_response(context, _, view, rest)
        case StatisticsView() as view:
            return Response(
                edit=await SCREEN_BUILDERS[press.action](context, interaction, _, view, rest)
            )


def _parse_period(value: str) -> tuple[Period, str] | None:
    days, _dot, rest = value.partition(".")
    known = {str(one.value): one for one in Period}
    return (known[days], rest) if days in known else None


async def _home(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return home(_, view, await statistics.fetch_overview(context.services.store, view.scope))


async def _choose(
    _context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return choose_period(_, view)


async def _words(
    _context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return definitions(_, view)


async def _funnel(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    found = await statistics.fetch_funnel(context.services.store, context.course, view.scope)
    return statistics_tables.funnel(_, context.course, view, found)


async def _modules(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    found = await statistics.fetch_module_figures(
        context.services.store, context.course, view.scope
    )
    return statistics_tables.modules(_, context.course, view, found)


async def _cohorts(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, rest: str
) -> Reply:
    return statistics_tables.cohorts_page(
        _, view, await fetch_cohorts_page(context.services, view, _page_number(rest))
    )


async def _reminders(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return reminder_effects.effects_page(
        _, view, reminders.reminder_figures(await context.services.store.fetch_reminder_counts())
    )


async def _broadcasts(
    context: Context, interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return statistics_tables.broadcasts(
        _, view, await fetch_sent_broadcasts(context.services, interaction, view)
    )


async def _time(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    return statistics_tables.answer_times(
        _, view, await statistics.fetch_activity_pattern(context.services.store, view.scope)
    )


async def _questions(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, rest: str
) -> Reply:
    found = await fetch_questions(context.services, view)
    worst = most_pressing(found)
    return item_analysis.question_list(_, context.course, view, found, worst, _page_number(rest))


async def _question(
    context: Context, _interaction: Interaction, _: Translator, view: StatisticsView, rest: str
) -> Reply:
    looked = await fetch_question(context.services, view, rest)
    if looked is None:
        return item_analysis.question_not_found(_, view, context.course, rest)
    return item_analysis.question_page(_, context.course, view, looked)


async def _weekly(
    context: Context, interaction: Interaction, _: Translator, view: StatisticsView, _rest: str
) -> Reply:
    found = await weekly_reports.fetch_setting(context.services, interaction)
    return report_setting(_, view, found)


async def _weekly_set(
    context: Context, interaction: Interaction, _: Translator, view: StatisticsView, rest: str
) -> Reply:
    minute = parse_whole_number(rest)
    if minute is not None or rest == "off":
        await weekly_reports.set_report_time(context.services, interaction, minute)
    return await _weekly(context, interaction, _, view, "")


def _page_number(rest: str) -> int:
    return parse_whole_number(rest) or 0


SCREEN_BUILDERS: dict[str, ScreenBuilder] = {
    "home": _home,
    "choose": _choose,
    "words": _words,
    "funnel": _funnel,
    "modules": _modules,
    "questions": _questions,
    "question": _question,
    "cohorts": _cohorts,
    "reminders": _reminders,
    "broadcasts": _broadcasts,
    "time": _time,
    "weekly": _weekly,
    "weekly-set": _weekly_set,
}
"""By the action of the button."""


ADMIN_SCREENS = frozenset({"reminders"})
"""Screens and charts with figures about everybody only, so for admins only."""

BUTTONS = Buttons(
    statistics_pressed,
    facilitators=(SCREEN_BUILDERS.keys() - ADMIN_SCREENS) | {"picture"},
    admins=ADMIN_SCREENS,
)
