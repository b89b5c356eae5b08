"""The weekly report to admins and facilitators: its setting, and its content."""

from dataclasses import dataclass, replace

from bot.actions.access import (
    NotAllowedError,
    load_facilitator_access,
    write_unaudited,
)
from bot.actions.learner_state import Interaction, Services
from bot.actions.statistics import (
    MAX_CHART_LINES,
    StatisticsView,
    fetch_questions,
    load_view,
    most_pressing,
)
from course import local_time
from course.cohorts.group_summaries import next_summary_time
from course.model import LearnerId
from course.statistics.item_findings import ItemFigures
from course.statistics.overview import CohortFigures, Funnel, Overview, Period
from storage import statistics, weekly_reports
from storage.cohorts import Cohort, CohortState
from storage.weekly_reports import ReportSubscription

# Milliseconds after a report in which no other is sent, even if clocks or settings change.
_MINIMUM_PAUSE = 36 * 3_600_000

_LAST_MINUTE = 24 * 60 - 1
_UTC = "UTC"


@dataclass(frozen=True, slots=True)
class ReportSetting:
    """Whether a person wants the report, and when it is sent.

    Attributes:
        minute: after midnight in their zone; `None` when they want none.
        zone: their time zone; `None` when it is not known: then UTC is used.
        next_at: when the next one is sent, in UTC milliseconds; `None` when none is.
    """

    minute: int | None
    zone: str | None
    next_at: int | None


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """The content of a report, about the last 7 days.

    Attributes:
        quarter_view: the same people in the last 90 days: few of them get far in one week.
        funnel: of the last 90 days.
        first_question: the question to look at first; `None` when there is none.
        cohort_figures: the figures of each cohort, if there are several; they replace all other
            figures.
        mistake_reports: how many reports of mistakes wait; 0 for who is no admin.
    """

    view: StatisticsView
    quarter_view: StatisticsView
    overview: Overview
    funnel: Funnel
    first_question: ItemFigures | None
    cohort_figures: tuple[tuple[Cohort, CohortFigures], ...]
    mistake_reports: int = 0


async def fetch_setting(services: Services, interaction: Interaction) -> ReportSetting:
    """Load a person's setting."""
    await load_facilitator_access(services, interaction)  # raises for others
    wanted = await weekly_reports.fetch_subscription(services.store, interaction.learner)
    return await _build_setting(services, interaction, wanted)


async def set_report_time(
    services: Services, interaction: Interaction, minute: int | None
) -> ReportSetting | None:
    """Set the minute after midnight, or `None` for no report; `None` if it is not valid.

    A new minute set after this week's report takes effect next week.
    """
    await load_facilitator_access(services, interaction)  # raises for others
    if minute is None:
        await write_unaudited(
            services, interaction, weekly_reports.delete_subscription(interaction.learner)
        )
    elif 0 <= minute <= _LAST_MINUTE:
        await write_unaudited(
            services,
            interaction,
            weekly_reports.save_subscription(interaction.learner, minute, interaction.at),
        )
    else:
        return None
    return await fetch_setting(services, interaction)


async def fetch_due_reports(services: Services, now: int) -> tuple[ReportSubscription, ...]:
    """Load the reports due at `now` (UTC milliseconds)."""
    known = await weekly_reports.fetch_due_subscriptions(services.store, now)
    return tuple(one for one in known if _next_report_at(one, one.zone) <= now)


async def queue_due_reports(services: Services, now: int) -> None:
    """Queue the reports due at `now` (UTC milliseconds), each once for its day."""
    for one in await fetch_due_reports(services, now):
        day = local_time.to_local(one.zone or _UTC, _next_report_at(one, one.zone)).date()
        await services.store.write(
            *weekly_reports.queue_report(one.person, day.isoformat(), now, now + _MINIMUM_PAUSE)
        )


async def build_report(
    services: Services, person: LearnerId, language: str | None, now: int
) -> WeeklyReport | None:
    """Build a person's report; `None` when they want none any more, or have no cohort now.

    A person who may have none any more is unsubscribed.
    """
    if await weekly_reports.fetch_subscription(services.store, person) is None:
        return None
    interaction = Interaction(person, language, 0, now)
    try:
        view = await load_view(services, interaction, period=Period.WEEK)
    except NotAllowedError:
        await services.store.write(weekly_reports.delete_subscription(person))
        return None
    if not isinstance(view, StatisticsView):
        return None
    lasting = replace(view, period=Period.QUARTER)
    pressing = most_pressing(await fetch_questions(services, view))
    return WeeklyReport(
        view,
        lasting,
        await statistics.fetch_overview(services.store, view.scope),
        await statistics.fetch_funnel(services.store, services.course, lasting.scope),
        pressing[0] if pressing else None,
        await _fetch_cohort_figures(services, view),
        len(await services.store.fetch_mistake_reports()) if view.is_admin else 0,
    )


async def _fetch_cohort_figures(
    services: Services, view: StatisticsView
) -> tuple[tuple[Cohort, CohortFigures], ...]:
    some = [one for one in view.cohorts if one.state is not CohortState.ARCHIVED][:MAX_CHART_LINES]
    if view.is_admin or len(some) < 2:  # noqa: PLR2004 - several
        return ()
    found = await statistics.fetch_cohort_figures(
        services.store, view.today, view.period, [one.id for one in some]
    )
    return tuple(zip(some, found, strict=True))


async def _build_setting(
    services: Services, interaction: Interaction, wanted: ReportSubscription | None
) -> ReportSetting:
    history = await services.store.fetch_history(interaction.learner)
    zone = None if history.learner is None else history.learner.preferences.zone
    if wanted is None:
        return ReportSetting(None, zone, None)
    return ReportSetting(wanted.minute, zone, _next_report_at(wanted, zone))


def _next_report_at(one: ReportSubscription, zone: str | None) -> int:
    return next_summary_time(zone or _UTC, one.not_before, one.minute)
