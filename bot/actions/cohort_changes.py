"""Changes to cohorts: making them, changing their fields, archiving, and their group."""

from dataclasses import dataclass, replace

from bot.actions import dialogues
from bot.actions.access import (
    NotAllowedError,
    load_facilitator_access,
    write_audited,
)
from bot.actions.cohorts import CohortDetails, fetch_facilitated_cohort, load_details
from bot.actions.learner_state import Interaction, Services
from bot.parsing.cohort_form import CohortDescription
from course import local_time
from storage import cohorts, invitations, roles
from storage.cohorts import Cohort, CohortState
from storage.statements import Statement


@dataclass(frozen=True, slots=True)
class CohortLimitReached:
    """Somebody leads as many cohorts as the settings allow, those that are over not counted."""

    most: int


async def check_cohort_limit(
    services: Services, interaction: Interaction
) -> CohortLimitReached | None:
    """Whether somebody may make no more; `None` when they may.

    What an admin only sees does not count, nor what the same turn has made at an earlier try.
    """
    theirs = await cohorts.fetch_facilitated_cohorts(services.store, interaction.learner)
    number = sum(
        one.state is not CohortState.ARCHIVED and one.id != interaction.update_id for one in theirs
    )
    most = services.limits.cohorts_per_facilitator
    return CohortLimitReached(most) if number >= most else None


async def create_cohort(
    services: Services, interaction: Interaction, description: CohortDescription
) -> CohortDetails | CohortLimitReached:
    """Make a cohort and let its maker facilitate it; ends their dialogue."""
    await load_facilitator_access(services, interaction)  # raises for others
    if (reached := await check_cohort_limit(services, interaction)) is not None:
        return reached
    made = Cohort(
        interaction.update_id, description.name, description.starts_at, description.deadline,
        description.zone, description.welcome,
        description.capacity, CohortState.OPEN, None, interaction.at,
    )  # fmt: skip
    changes = (
        cohorts.add_cohort(made, interaction.learner),
        roles.add_facilitator(interaction.learner, made.id, interaction.at),
        dialogues.close(interaction),
    )
    await write_audited(services, interaction, "make-cohort", made.id, "", *changes)
    return await load_details(services, interaction, made)


async def change_cohort(
    services: Services, interaction: Interaction, cohort: int, field: str, value: str | int | None
) -> CohortDetails:
    """Change one field of a cohort: a field of `CohortDescription`, or its state.

    When the time zone changes, local dates and times stay the same.
    """
    before = await fetch_facilitated_cohort(services, interaction, cohort)
    after = replace(before, **{field: value})  # type: ignore[arg-type]
    if after.zone != before.zone:
        after = _keep_local_times(after, before.zone)
    changes: tuple[Statement, ...] = (
        cohorts.update_cohort(after),
        dialogues.close(interaction),
    )
    if (before.deadline, before.state) != (after.deadline, after.state):
        changes += (cohorts.schedule_members_check(cohort, interaction.at),)
    detail = after.state.value if field == "state" else field
    await write_audited(services, interaction, "change-cohort", cohort, detail, *changes)
    return await load_details(services, interaction, after)


async def archive_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> CohortDetails:
    """Archive a cohort: revoke its links, drop its deadline, and unbind its group."""
    before = await fetch_facilitated_cohort(services, interaction, cohort)
    after = replace(before, state=CohortState.ARCHIVED, group=None)
    changes = (
        cohorts.update_cohort(after),
        cohorts.set_cohort_group(cohort, None, interaction.at),
        invitations.revoke_invitations(cohort, interaction.at),
        invitations.revoke_grants(cohort, interaction.at),
        cohorts.schedule_members_check(cohort, interaction.at),
    )
    await write_audited(services, interaction, "archive-cohort", cohort, "", *changes)
    return await load_details(services, interaction, after)


async def bind_group(
    services: Services, interaction: Interaction, cohort: int, group: int | None
) -> CohortDetails:
    """Send a cohort's weekly summary to a group, or with `None` to no group."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    if found.state is CohortState.ARCHIVED:
        raise NotAllowedError
    act = "unbind-group" if group is None else "bind-group"
    change = cohorts.set_cohort_group(cohort, group, interaction.at)
    await write_audited(services, interaction, act, cohort, "", change)
    return await load_details(services, interaction, replace(found, group=group))


def _keep_local_times(cohort: Cohort, old_zone: str) -> Cohort:
    """Move its times so that clocks in its zone show what they showed in the old one."""

    def move(at: int | None) -> int | None:
        return None if at is None else local_time.move_to_zone(at, old_zone, cohort.zone)

    return replace(cohort, starts_at=move(cohort.starts_at), deadline=move(cohort.deadline))
