"""A learner's memberships: which cohorts, under which name, and leaving them."""

from bot.actions.learner_state import (
    Services,
    Turn,
    keep,
    keep_and_look,
    visit,
)
from storage import counters, dialogues, memberships
from storage.cohorts import State
from storage.memberships import Membership


async def belongs(services: Services, turn: Turn) -> tuple[Membership, ...]:
    """Load the learner's memberships, oldest first, without archived cohorts."""
    found = await memberships.of(services.store, turn.learner)
    return tuple(one for one in found if one.state is not State.ARCHIVED)


async def leave(services: Services, turn: Turn, cohort: int) -> Membership | None:
    """Leave a cohort; `None` if the learner was not in it."""
    mine = await memberships.of(services.store, turn.learner)
    found = next((one for one in mine if one.cohort == cohort), None)
    if found is not None:
        here = await visit(services, turn)
        left = memberships.leaves(turn.learner, cohort, turn.at)
        await keep_and_look(services, here, left, *counters.settles(turn.learner))
    return found


async def call(services: Services, turn: Turn, name: str | None) -> tuple[Membership, ...]:
    """Set the learner's name in all cohorts, `None` for the pseudonyms; returns the memberships."""
    changes = (memberships.names(turn.learner, name), dialogues.closes(turn.learner, turn.update))
    await keep(services, await visit(services, turn), *changes)
    return await belongs(services, turn)
