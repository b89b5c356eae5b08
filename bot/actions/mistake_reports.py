"""Reports of mistakes in the course."""

from bot.actions.learner_changes import save_changes
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.lessons import item_of
from storage import mistake_reports

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
