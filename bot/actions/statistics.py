"""Viewing statistics: whose figures a person may see, and which they chose."""

import asyncio
from dataclasses import dataclass, replace

from bot.actions.access import NotAllowedError, load_access
from bot.actions.broadcast_visibility import fetch_broadcasts
from bot.actions.deliveries import DeliveryReport, build_report
from bot.actions.learner_state import Interaction, Services
from course.model import Question, QuestionId
from course.statistics.counters import day_of
from course.statistics.item_analysis import worst_items
from course.statistics.item_findings import ItemFigures
from course.statistics.overview import CohortFigures, CompletionCurve, Period, Scope
from storage import (
    broadcasts,
    cohorts,
    item_analysis,
    statistics,
)
from storage.cohorts import Cohort, CohortState

PAGE_SIZE = 4
"""Cohorts on one page."""

MAX_WORST = 10
"""Questions that are listed."""

MAX_BROADCASTS = 5
"""Broadcasts that are listed."""

_UNSENT_STATES = frozenset(
    {
        broadcasts.BroadcastState.DRAFT,
        broadcasts.BroadcastState.SCHEDULED,
        broadcasts.BroadcastState.CANCELLED,
    }
)

MAX_CHART_LINES = 6
"""Cohorts in one chart: the lines of more cannot be told apart."""

MAX_COMPARED = 300
"""Cohorts that are compared to find those in which most people have finished."""


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The figures that a person looks at.

    Attributes:
        cohorts: the cohorts that they may choose, archived ones last.
        cohort: the chosen cohort; `None` for everybody, which only admins may see.
    """

    cohorts: tuple[Cohort, ...]
    is_admin: bool
    cohort: Cohort | None
    period: Period
    today: int

    @property
    def over_all_days(self) -> "StatisticsView":
        """This view over all days, for figures that ignore the period."""
        return replace(self, period=Period.ALL)

    @property
    def scope(self) -> Scope:
        """This view as the scope of the statistics functions."""
        return Scope(self.today, self.period, None if self.cohort is None else self.cohort.id)


@dataclass(frozen=True, slots=True)
class NoCohort:
    """A facilitator has no cohort, so there are no figures."""


@dataclass(frozen=True, slots=True)
class CohortsPage:
    """A page of cohorts to compare.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
        is_drawn: whether enough people have finished for a picture.
    """

    cohorts: tuple[Cohort, ...]
    figures: tuple[CohortFigures, ...]
    number: int
    is_last: bool
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question and its figures.

    Attributes:
        question: as it is in the course now.
    """

    question: Question
    figures: ItemFigures


async def load_view(
    services: Services, interaction: Interaction, cohort: int = 0, period: Period = Period.MONTH
) -> StatisticsView | NoCohort:
    """Load the view that a person chose.

    Args:
        cohort: its id; 0 for everybody, or for a facilitator the cohort with most people.
    """
    access = await load_access(services, interaction)
    if not access.is_facilitator or (cohort and not access.may_facilitate(cohort)):
        raise NotAllowedError
    mine = await cohorts.fetch_facilitated_cohorts(
        services.store, interaction.learner, all_cohorts=access.is_admin
    )
    if not mine and not access.is_admin:
        return NoCohort()
    found = next((one for one in mine if one.id == cohort), None)
    if cohort and found is None:
        raise NotAllowedError
    if not cohort and not access.is_admin:
        found = max(mine, key=_choose_first)
    return StatisticsView(mine, access.is_admin, found, period, day_of(interaction.at))


def _choose_first(cohort: Cohort) -> tuple[bool, int]:
    """Key of the cohort that opens by itself: one that is not over, with most people."""
    return cohort.state is not CohortState.ARCHIVED, cohort.members


def choose_by_name(view: StatisticsView, name: str) -> StatisticsView:
    """This view for the cohort of this name, ignoring case; unchanged if there is none."""
    wanted = " ".join(name.split()).casefold()
    found = next((one for one in view.cohorts if one.name.casefold() == wanted), view.cohort)
    return replace(view, cohort=found)


async def fetch_cohorts_page(services: Services, view: StatisticsView, number: int) -> CohortsPage:
    """Load a page of the cohorts, from 0; a page beyond the end gives the first."""
    number = number if number * PAGE_SIZE < len(view.cohorts) else 0
    shown = view.cohorts[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    found = await statistics.fetch_cohort_figures(
        services.store, view.today, view.period, [one.id for one in shown]
    )
    is_last = (number + 1) * PAGE_SIZE >= len(view.cohorts)
    is_drawn = bool(await fetch_completion_curves(services, view))
    return CohortsPage(shown, found, number, is_last, is_drawn)


async def fetch_completion_curves(
    services: Services, view: StatisticsView
) -> tuple[tuple[Cohort, CompletionCurve], ...]:
    """Load completion curves of the cohorts in which most have finished.

    At most `MAX_CHART_LINES`, of the first `MAX_COMPARED` cohorts.
    """
    some = view.cohorts[:MAX_COMPARED]
    found = [await statistics.fetch_completion_curve(services.store, one.id) for one in some]
    known = [pair for pair in zip(some, found, strict=True) if _finished_count(pair[1])]
    return tuple(sorted(known, key=lambda pair: -_finished_count(pair[1]))[:MAX_CHART_LINES])


async def fetch_questions(services: Services, view: StatisticsView) -> tuple[ItemFigures, ...]:
    """Load the figures of every question."""
    return await item_analysis.analyse_items(services.store, services.course, view.scope.cohort)


def most_pressing(found: tuple[ItemFigures, ...]) -> tuple[ItemFigures, ...]:
    """The questions to look at first."""
    return worst_items(found, MAX_WORST)


async def fetch_question(
    services: Services, view: StatisticsView, question_id: str
) -> QuestionView | None:
    """Load the figures of one question; `None` when the course has no such question."""
    course = services.course
    asked = course.question(QuestionId(question_id)) or course.question(
        QuestionId(question_id.lower())
    )
    if asked is None:
        return None
    found = await item_analysis.analyse_item(services.store, asked, view.scope.cohort)
    return QuestionView(asked, found)


async def fetch_sent_broadcasts(
    services: Services, interaction: Interaction, view: StatisticsView
) -> tuple[DeliveryReport, ...]:
    """Load the newest broadcasts to the people in view, with their reports."""
    wanted = [
        one
        for one in await fetch_broadcasts(services, interaction)
        if one.state not in _UNSENT_STATES
        and (view.cohort is None or view.cohort.id in (one.audience.cohorts or ()))
    ]
    newest = (build_report(services, one, interaction.at) for one in wanted[:MAX_BROADCASTS])
    return tuple(await asyncio.gather(*newest))


def _finished_count(found: CompletionCurve) -> int:
    return found.days[-1][1].at_least if found.days else 0
