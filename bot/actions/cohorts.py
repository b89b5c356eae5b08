"""Making and facilitating cohorts; every action checks first that the person may."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions import dialogues
from bot.actions.access import (
    Access,
    NotAllowedError,
    load_access,
    load_facilitator_access,
    write_audited,
)
from bot.actions.learner_state import Interaction, Services
from bot.parsing.cohort_form import CohortDescription
from course import local_time
from storage import cohorts, invitations, memberships, roles
from storage.cohorts import Cohort, CohortState
from storage.invitations import Invitation
from storage.memberships import Membership
from storage.statements import Statement

MEMBERS_PAGE_SIZE = 10
"""Members on one page of a list."""


@dataclass(frozen=True, slots=True)
class CohortDetails:
    """A cohort as shown to those who may facilitate it.

    Attributes:
        facilitators: how many people facilitate it.
        links: invitations for learners that have not ended, newest first.
    """

    cohort: Cohort
    facilitators: int
    links: tuple[Invitation, ...]
    now: int


@dataclass(frozen=True, slots=True)
class SeveralFound:
    """Several of the person's cohorts match a name."""

    found: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class CohortLimitReached:
    """Somebody leads as many cohorts as the settings allow, those that are over not counted."""

    most: int


@dataclass(frozen=True, slots=True)
class MembersPage:
    """A page of the members of a cohort, newest first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    cohort: Cohort
    members: tuple[Membership, ...]
    number: int
    is_last: bool


async def fetch_facilitated_cohorts(
    services: Services, interaction: Interaction
) -> tuple[Cohort, ...]:
    """Load the cohorts a person facilitates, for an admin all of them; archived ones come last."""
    access = await load_access(services, interaction)
    return await cohorts.fetch_facilitated_cohorts(
        services.store, interaction.learner, all_cohorts=access.is_admin
    )


async def fetch_current_cohorts(services: Services, access: Access) -> tuple[Cohort, ...]:
    """Load the cohorts that a person facilitates, newest first, without archived ones."""
    found = await cohorts.fetch_facilitated_cohorts(
        services.store, access.person, all_cohorts=access.is_admin
    )
    return tuple(one for one in found if one.state is not CohortState.ARCHIVED)


async def fetch_details(services: Services, interaction: Interaction, cohort: int) -> CohortDetails:
    """Load one cohort that a person may facilitate."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    return await _load_details(services, interaction, found)


async def find_cohort(
    services: Services, interaction: Interaction, name: str
) -> CohortDetails | SeveralFound:
    """Find the cohort whose name is `name`, or begins with it.

    Archived cohorts match only if no other does.
    """
    mine = await fetch_facilitated_cohorts(services, interaction)
    found = match_name(mine, name)
    found = tuple(one for one in found if one.state is not CohortState.ARCHIVED) or found
    if not found:
        raise NotAllowedError
    if len(found) > 1:
        return SeveralFound(found)
    return await _load_details(services, interaction, found[0])


def match_name(known: Sequence[Cohort], name: str) -> tuple[Cohort, ...]:
    """The cohorts whose name is `name`, or else those whose name begins with it."""
    wanted = " ".join(name.casefold().split())
    exact = tuple(one for one in known if one.name.casefold() == wanted)
    return exact or tuple(one for one in known if one.name.casefold().startswith(wanted))


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
    return CohortLimitReached(services.most_cohorts) if number >= services.most_cohorts else None


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
    await write_audited(
        services,
        interaction,
        "make-cohort",
        made.id,
        "",
        cohorts.add_cohort(made, interaction.learner),
        roles.add_facilitator(interaction.learner, made.id, interaction.at),
        dialogues.close(interaction),
    )
    return await _load_details(services, interaction, made)


async def change_cohort(
    services: Services, interaction: Interaction, cohort: int, field: str, value: str | int | None
) -> CohortDetails:
    """Change one field of a cohort: a field of `CohortDescription`, or its state.

    When the time zone changes, local dates and times stay the same.
    """
    before = await fetch_facilitated_cohort(services, interaction, cohort)
    after = replace(before, **{field: value})  # type: ignore[arg-type]
    if after.zone != before.zone:
        after = replace(
            after,
            starts_at=_same_local_time(before, before.starts_at, after.zone),
            deadline=_same_local_time(before, before.deadline, after.zone),
        )
    changes: tuple[Statement, ...] = (
        cohorts.update_cohort(after),
        dialogues.close(interaction),
    )
    if (before.deadline, before.state) != (after.deadline, after.state):
        changes += (cohorts.schedule_members_check(cohort, interaction.at),)
    detail = after.state.value if field == "state" else field
    await write_audited(services, interaction, "change-cohort", cohort, detail, *changes)
    return await _load_details(services, interaction, after)


async def archive_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> CohortDetails:
    """Archive a cohort: revoke its links, drop its deadline, and unbind its group."""
    before = await fetch_facilitated_cohort(services, interaction, cohort)
    after = replace(before, state=CohortState.ARCHIVED, group=None)
    await write_audited(
        services,
        interaction,
        "archive-cohort",
        cohort,
        "",
        cohorts.update_cohort(after),
        cohorts.set_cohort_group(cohort, None, interaction.at),
        invitations.revoke_invitations(cohort, interaction.at),
        invitations.revoke_grants(cohort, interaction.at),
        cohorts.schedule_members_check(cohort, interaction.at),
    )
    return await _load_details(services, interaction, after)


async def fetch_members(
    services: Services, interaction: Interaction, cohort: int, page: int
) -> MembersPage:
    """Load a page of a cohort's members, from 0; a page beyond the end gives the first."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    number = page if page * MEMBERS_PAGE_SIZE < max(found.members, 1) else 0
    skip, most = number * MEMBERS_PAGE_SIZE, MEMBERS_PAGE_SIZE
    shown = await memberships.fetch_members(services.store, cohort, skip, most + 1)
    return MembersPage(found, shown[:most], number, is_last=len(shown) <= most)


async def bind_group(
    services: Services, interaction: Interaction, cohort: int, group: int | None
) -> CohortDetails:
    """Send a cohort's weekly summary to a group, or with `None` to no group."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    if found.state is CohortState.ARCHIVED:
        raise NotAllowedError
    act = "unbind-group" if group is None else "bind-group"
    await write_audited(
        services,
        interaction,
        act,
        cohort,
        "",
        cohorts.set_cohort_group(cohort, group, interaction.at),
    )
    return await _load_details(services, interaction, replace(found, group=group))


def _same_local_time(before: Cohort, at: int | None, zone: str) -> int | None:
    """The time at which clocks in `zone` show what the cohort's clock showed at `at`."""
    return None if at is None else local_time.to_utc(zone, local_time.to_local(before.zone, at))


async def fetch_facilitated_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> Cohort:
    """Load one cohort that a person may facilitate, archived or not."""
    access = await load_access(services, interaction)
    found = await cohorts.fetch_cohort(services.store, cohort)
    if found is None or not access.may_facilitate(cohort):
        raise NotAllowedError
    return found


async def _load_details(
    services: Services, interaction: Interaction, cohort: Cohort
) -> CohortDetails:
    people = await roles.fetch_facilitators(services.store, cohort.id)
    links = await invitations.fetch_cohort_invitations(services.store, cohort.id, interaction.at)
    return CohortDetails(cohort, len(people), links, interaction.at)
