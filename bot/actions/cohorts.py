"""Making and facilitating cohorts; every action checks first that the person may."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.access import (
    Access,
    NotAllowedError,
    load_access,
)
from bot.actions.learner_state import Interaction, Services
from storage import cohorts, invitations, memberships, roles
from storage.cohorts import Cohort, CohortState
from storage.invitations import Invitation
from storage.memberships import Membership

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
    return await load_details(services, interaction, found)


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
    return await load_details(services, interaction, found[0])


def match_name(known: Sequence[Cohort], name: str) -> tuple[Cohort, ...]:
    """The cohorts whose name is `name`, or else those whose name begins with it."""
    wanted = " ".join(name.casefold().split())
    exact = tuple(one for one in known if one.name.casefold() == wanted)
    return exact or tuple(one for one in known if one.name.casefold().startswith(wanted))


async def fetch_members(
    services: Services, interaction: Interaction, cohort: int, page: int
) -> MembersPage:
    """Load a page of a cohort's members, from 0; a page beyond the end gives the first."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    number = page if page * MEMBERS_PAGE_SIZE < max(found.members, 1) else 0
    skip, most = number * MEMBERS_PAGE_SIZE, MEMBERS_PAGE_SIZE
    shown = await memberships.fetch_members(services.store, cohort, skip, most + 1)
    return MembersPage(found, shown[:most], number, is_last=len(shown) <= most)


async def fetch_facilitated_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> Cohort:
    """Load one cohort that a person may facilitate, archived or not."""
    access = await load_access(services, interaction)
    found = await cohorts.fetch_cohort(services.store, cohort)
    if found is None or not access.may_facilitate(cohort):
        raise NotAllowedError
    return found


async def load_details(
    services: Services, interaction: Interaction, cohort: Cohort
) -> CohortDetails:
    """Load how a cohort is shown."""
    people = await roles.fetch_facilitators(services.store, cohort.id)
    links = await invitations.fetch_cohort_invitations(services.store, cohort.id, interaction.at)
    return CohortDetails(cohort, len(people), links, interaction.at)
