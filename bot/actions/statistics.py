"""Viewing statistics: whose figures a person may see, and which they chose."""

import asyncio
from dataclasses import dataclass, replace

from bot.actions.access import NotAllowed, access
from bot.actions.deliveries import Report, all_sent, told
from bot.actions.learner_state import Services, Turn
from course.model import Question, QuestionId
from course.statistics.counters import day_of
from course.statistics.item_analysis import worst
from course.statistics.overview import (
    CohortFigures,
    Finishing,
    ItemFigures,
    Period,
    Scope,
)
from storage import (
    broadcasts,
    cohorts,
    item_analysis,
    statistics,
)
from storage.cohorts import Cohort

AT_A_TIME = 4
"""Cohorts on one page."""

WORST = 10
"""Questions that are listed."""

BROADCASTS = 5
"""Broadcasts that are listed."""

_NOT_SENT = frozenset(
    {broadcasts.State.DRAFT, broadcasts.State.SCHEDULED, broadcasts.State.CANCELLED}
)

LINES = 6
"""Cohorts in one chart: the lines of more cannot be told apart."""

LOOKED_AT = 300
"""Cohorts that are compared to find those in which most people have finished."""


@dataclass(frozen=True, slots=True)
class View:
    """The figures that a person looks at.

    Attributes:
        cohorts: the cohorts that they may choose, archived ones last.
        cohort: the chosen cohort; `None` for everybody, which only admins may see.
    """

    mine: tuple[Cohort, ...]
    is_admin: bool
    chosen: Cohort | None
    period: Period
    today: int

    @property
    def of_all_days(self) -> "View":
        """This view over all days, for figures that ignore the period."""
        return replace(self, period=Period.ALL)

    @property
    def scope(self) -> Scope:
        """This view as the scope of the statistics functions."""
        return Scope(self.today, self.period, None if self.chosen is None else self.chosen.id)


@dataclass(frozen=True, slots=True)
class NoCohort:
    """A facilitator has no cohort, so there are no figures."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A page of cohorts to compare.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    cohorts: tuple[Cohort, ...]
    figures: tuple[CohortFigures, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A question and its figures.

    Attributes:
        question: as it is in the course now.
    """

    question: Question
    figures: ItemFigures


async def view(
    services: Services, turn: Turn, cohort: int = 0, period: Period = Period.MONTH
) -> View | NotAllowed | NoCohort:
    """Load the view that a person chose.

    Args:
        cohort: its id; 0 for everybody, or for a facilitator the first of their cohorts.
    """
    may = await access(services, turn)
    if not may.is_facilitator or (cohort and not may.may_lead(cohort)):
        return NotAllowed()
    mine = await cohorts.led_by(services.store, turn.learner, everything=may.is_admin)
    if not mine and not may.is_admin:
        return NoCohort()
    found = next((one for one in mine if one.id == cohort), None)
    if cohort and found is None:
        return NotAllowed()
    if not cohort and not may.is_admin:
        found = mine[0]
    return View(mine, may.is_admin, found, period, day_of(turn.at))


def named(seen: View, name: str) -> View:
    """This view for the cohort of this name, ignoring case; unchanged if there is none."""
    wanted = " ".join(name.split()).casefold()
    found = next((one for one in seen.mine if one.name.casefold() == wanted), seen.chosen)
    return replace(seen, chosen=found)


async def beside(services: Services, seen: View, number: int) -> Beside:
    """Load a page of the cohorts, from 0; a page beyond the end gives the first."""
    number = number if number * AT_A_TIME < len(seen.mine) else 0
    shown = seen.mine[number * AT_A_TIME : (number + 1) * AT_A_TIME]
    found = await statistics.cohorts(
        services.store, seen.today, seen.period, [one.id for one in shown]
    )
    return Beside(shown, found, number, (number + 1) * AT_A_TIME >= len(seen.mine))


async def finishing(services: Services, seen: View) -> tuple[tuple[Cohort, Finishing], ...]:
    """Load completion curves of the cohorts in which most have finished.

    At most `MAX_CHART_LINES`, of the first `MAX_COMPARED` cohorts.
    """
    some = seen.mine[:LOOKED_AT]
    found = [await statistics.finishing(services.store, one.id) for one in some]
    known = [pair for pair in zip(some, found, strict=True) if _finished(pair[1])]
    return tuple(sorted(known, key=lambda pair: -_finished(pair[1]))[:LINES])


async def questions(services: Services, seen: View) -> tuple[ItemFigures, ...]:
    """Load the figures of every question."""
    return await item_analysis.items(services.store, services.course, seen.scope.cohort)


def pressing(found: tuple[ItemFigures, ...]) -> tuple[ItemFigures, ...]:
    """The questions to look at first."""
    return worst(found, WORST)


async def question(services: Services, seen: View, wanted: str) -> Looked | None:
    """Load the figures of one question; `None` when the course has no such question."""
    course = services.course
    asked = course.question(QuestionId(wanted)) or course.question(QuestionId(wanted.lower()))
    if asked is None:
        return None
    found = await item_analysis.item(services.store, asked, seen.scope.cohort)
    return Looked(asked, found)


async def sent(services: Services, turn: Turn, seen: View) -> tuple[Report, ...]:
    """Load the newest broadcasts to the people in view, with their reports."""
    known = await all_sent(services, turn)
    if isinstance(known, NotAllowed):
        return ()
    wanted = [
        one
        for one in known
        if one.state not in _NOT_SENT
        and (seen.chosen is None or seen.chosen.id in (one.audience.cohorts or ()))
    ]
    newest = (told(services, one, turn.at) for one in wanted[:BROADCASTS])
    return tuple(await asyncio.gather(*newest))


def _finished(found: Finishing) -> int:
    return found.days[-1][1].at_least if found.days else 0
