"""Creating and revoking invitation links: into a cohort, and to a role."""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from bot.actions.access import NotAllowedError, load_access, load_facilitator_access, write_audited
from bot.actions.cohorts import (
    CohortDetails,
    fetch_details,
    fetch_facilitated_cohort,
    fetch_facilitated_cohorts,
)
from bot.actions.learner_state import Interaction, Services
from storage import invitations
from storage.cohorts import CohortState
from storage.invitations import Invitation, InvitationKind

_DAY_MILLISECONDS = 24 * 3600 * 1000

GRANT_DAYS = 7
"""Days for which a link to a role is valid."""

MAX_USES = 1_000
"""How many people may use one link for a group; the cohort's capacity is checked separately."""

# Bytes of randomness in a token: 128 bits, 22 characters of the 64 that Telegram takes in a link
# (Bot features, deep linking).
_TOKEN_BYTES = 16

_LETTER_BY_KIND = {
    InvitationKind.COHORT: "c",
    InvitationKind.FACILITATOR: "f",
    InvitationKind.ADMIN: "a",
}


@dataclass(frozen=True, slots=True)
class LinkCreated:
    """A new link. Its token is known only now: the database keeps a hash.

    Attributes:
        payload: the text behind `?start=` in the link.
        details: the cohort; `None` for a role without one.
    """

    payload: str
    invitation: Invitation
    details: CohortDetails | None


async def create_link(
    services: Services, interaction: Interaction, cohort: int, days: int, uses: int | None
) -> LinkCreated:
    """Create a link into a cohort that is open.

    Args:
        uses: how many people may use it; `None` for as many as there is room for. Such a link
            replaces the earlier one, so that there is only one to pass on.
    """
    found = await fetch_details(services, interaction, cohort)
    if found.cohort.state is not CohortState.OPEN:
        raise NotAllowedError
    payload, made = _new_invitation(interaction, InvitationKind.COHORT, cohort, days)
    made = replace(made, max_uses=uses or MAX_USES)
    before = (invitations.revoke_group_links(cohort, interaction.at),) if uses is None else ()
    changes = (*before, invitations.add_invitation(made, interaction.learner))
    await write_audited(services, interaction, "make-link", cohort, f"{days} days", *changes)
    return LinkCreated(payload, made, await fetch_details(services, interaction, cohort))


async def is_usable_link(
    services: Services, interaction: Interaction, cohort: int, payload: str
) -> bool:
    """Whether this is the payload of a link into a cohort that works now."""
    found = await fetch_details(services, interaction, cohort)  # raises for others
    digest = invitations.hash_token(payload.partition("_")[2])
    return any(one.digest == digest and one.is_usable(interaction.at) for one in found.links)


async def revoke_links(services: Services, interaction: Interaction, cohort: int) -> CohortDetails:
    """Revoke all links into a cohort."""
    await fetch_facilitated_cohort(services, interaction, cohort)  # raises for others
    change = invitations.revoke_invitations(cohort, interaction.at)
    await write_audited(services, interaction, "revoke-links", cohort, "", change)
    return await fetch_details(services, interaction, cohort)


async def offer_role(
    services: Services, interaction: Interaction, kind: InvitationKind, cohort: int | None
) -> LinkCreated:
    """Create a link that gives a role to the first person who accepts it."""
    found = await check_grant(services, interaction, kind, cohort)
    payload, made = _new_invitation(interaction, kind, cohort, GRANT_DAYS)
    subject = kind.value if cohort is None else cohort
    change = invitations.add_invitation(made, interaction.learner)
    await write_audited(services, interaction, "offer-role", subject, kind.value, change)
    return LinkCreated(payload, made, found)


async def revoke_offers(services: Services, interaction: Interaction) -> None:
    """Revoke all unused links to roles that the person may give."""
    access = await load_facilitator_access(services, interaction)
    mine = await fetch_facilitated_cohorts(services, interaction)
    reach = (*(one.id for one in mine), *((None,) if access.is_admin else ()))
    changes = (invitations.revoke_grants(cohort, interaction.at) for cohort in reach)
    await write_audited(services, interaction, "revoke-offers", "", "", *changes)


def new_invitation(
    kind: InvitationKind, cohort: int | None, at: int, expires_at: int
) -> tuple[str, Invitation]:
    """A new invitation for one person, not stored yet, and the payload of its link.

    Args:
        at: when it is made, in UTC milliseconds.
    """
    token = token_urlsafe(_TOKEN_BYTES)
    digest = invitations.hash_token(token)
    made = Invitation(digest, kind, cohort, expires_at, 1, None, None, at, 0)
    return f"{_LETTER_BY_KIND[kind]}_{token}", made


def _new_invitation(
    interaction: Interaction, kind: InvitationKind, cohort: int | None, days: int
) -> tuple[str, Invitation]:
    at = interaction.at
    return new_invitation(kind, cohort, at, at + days * _DAY_MILLISECONDS)


async def check_grant(
    services: Services, interaction: Interaction, kind: InvitationKind, cohort: int | None
) -> CohortDetails | None:
    """Load the cohort to share, `None` for a role without one.

    Raises:
        NotAllowedError: the person may not give it.
    """
    access = await load_access(services, interaction)
    if not access.may_grant(kind, cohort):
        raise NotAllowedError
    return None if cohort is None else await fetch_details(services, interaction, cohort)
