"""Reports of mistakes in the course: from learners, and what admins do with them."""

from dataclasses import dataclass

from bot.actions.access import write_audited
from bot.actions.learner_changes import save_changes
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.lessons import item_of
from storage import mistake_reports
from storage.mistake_reports import MistakeReport

MAX_LENGTH = 1000
"""Characters of a report that are kept."""


async def report_mistake(services: Services, interaction: Interaction, text: str) -> LearnerState:
    """Store a mistake report, with the card or question that the learner is at."""
    state = await load_learner(services, interaction)
    item = item_of(state.step)
    await save_changes(
        services,
        state,
        mistake_reports.add_mistake_report(
            interaction.learner,
            item,
            text[:MAX_LENGTH],
            services.course.version,
            interaction.at,
            interaction.update_id,
        ),
    )
    return state


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """One report, and its place among all, oldest first.

    Attributes:
        report: `None` when there is none at all.
        index: of the report, from 0.
    """

    report: MistakeReport | None
    index: int
    total: int


async def fetch_report(services: Services, number: int) -> ReportsPage:
    """Load the report of this number, the first one when it is gone."""
    found = await services.store.fetch_mistake_reports()
    index = next((at for at, one in enumerate(found) if one.number == number), 0)
    return ReportsPage(found[index] if found else None, index, len(found))


async def fetch_report_at(services: Services, index: int) -> ReportsPage:
    """Load a report by its place, from 0; the first one when there are not as many."""
    found = await services.store.fetch_mistake_reports()
    index = index if index < len(found) else 0
    return ReportsPage(found[index] if found else None, index, len(found))


async def close_report(
    services: Services, interaction: Interaction, number: int, *, thanks: bool
) -> bool:
    """Delete a report that was handled; false when somebody else has done so already.

    Args:
        thanks: whether to thank who sent it.
    """
    page = await fetch_report(services, number)
    if page.report is None or page.report.number != number:
        return False
    queued = (mistake_reports.queue_thanks(number, interaction.at),) if thanks else ()
    closed = mistake_reports.delete_mistake_report(number)
    detail = "thanks" if thanks else ""
    await write_audited(services, interaction, "close-report", number, detail, *queued, closed)
    return True
