"""A learner's memberships: which cohorts, under which name, and leaving them."""

from bot.actions import dialogues
from bot.actions.learner_changes import save_and_reschedule, save_changes
from bot.actions.learner_state import Interaction, Services, load_learner
from storage import counters, memberships
from storage.cohorts import CohortState
from storage.memberships import Membership


async def fetch_memberships(services: Services, interaction: Interaction) -> tuple[Membership, ...]:
    """Load the learner's memberships, oldest first, without archived cohorts."""
    found = await memberships.fetch_memberships(services.store, interaction.learner)
    return tuple(one for one in found if one.state is not CohortState.ARCHIVED)


async def leave_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> Membership | None:
    """Leave a cohort; `None` if the learner was not in it."""
    mine = await memberships.fetch_memberships(services.store, interaction.learner)
    found = next((one for one in mine if one.cohort == cohort), None)
    if found is not None:
        state = await load_learner(services, interaction)
        left = memberships.leave_cohort(interaction.learner, cohort, interaction.at)
        await save_and_reschedule(
            services, state, left, *counters.update_counted_cohorts(interaction.learner)
        )
    return found


async def set_display_name(
    services: Services, interaction: Interaction, name: str | None
) -> tuple[Membership, ...]:
    """Set the learner's name in all cohorts, `None` for the pseudonyms; returns the memberships."""
    changes = (
        memberships.set_display_name(interaction.learner, name),
        dialogues.close(interaction),
    )
    await save_changes(services, await load_learner(services, interaction), *changes)
    return await fetch_memberships(services, interaction)
