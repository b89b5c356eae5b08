"""Reports of mistakes in the course."""

from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep,
    visit,
)
from bot.actions.lessons import item_of
from storage import mistake_reports

LONGEST = 1000
"""Characters of a report that are kept."""


async def report(services: Services, turn: Turn, said: str) -> Visit:
    """Store a mistake report, with the card or question that the learner is at."""
    here = await visit(services, turn)
    item = item_of(here.step)
    await keep(
        services,
        here,
        mistake_reports.adds(
            turn.learner, item, said[:LONGEST], services.course.version, turn.at, turn.update
        ),
    )
    return here
