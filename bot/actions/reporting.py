"""Reports of mistakes in the course."""

from bot.actions.learning import item_of
from bot.actions.visits import Services, Turn, Visit, keep, visit
from storage import reports

LONGEST = 1000
"""Characters of a report that are kept."""


async def report(services: Services, turn: Turn, said: str) -> Visit:
    """Store a mistake report, with the card or question that the learner is at."""
    here = await visit(services, turn)
    item = item_of(here.step)
    await keep(
        services,
        here,
        reports.adds(
            turn.learner, item, said[:LONGEST], services.course.version, turn.at, turn.update
        ),
    )
    return here
