"""Looking up the invitation behind a link; limits attempts with invalid ones."""

from dataclasses import dataclass

from bot.actions.access import load_access_of, write_unaudited
from bot.actions.first_admin import has_admin
from bot.actions.learner_state import (
    Interaction,
    Services,
)
from course.model import LearnerId
from storage import (
    invitations,
    memberships,
    roles,
)
from storage.invitations import OPERATOR, Invitation, InvitationKind
from storage.roles import Role

MAX_ATTEMPTS = 10
"""Invalid links that a person may open in an hour; after that, none is looked up. Tokens of 128
bits cannot be guessed anyway: this stops people from trying."""


_HOUR_MILLISECONDS = 3600 * 1000


@dataclass(frozen=True, slots=True)
class InvalidLink:
    """The link is unknown, used up, revoked or over: the reply is the same for all."""


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    """The person has opened too many invalid links."""


async def find_invitation(
    services: Services, interaction: Interaction, digest: str, kind: InvitationKind | None
) -> Invitation | InvalidLink | TooManyAttempts:
    """Load a usable invitation; an unusable one counts as an attempt.

    Args:
        kind: what the link claims to offer; `None` for any kind.
    """
    person, at = interaction.learner, interaction.at
    found, tried = await invitations.fetch_invitation(
        services.store, digest, person, at - _HOUR_MILLISECONDS
    )
    if tried >= MAX_ATTEMPTS:
        return TooManyAttempts()
    if found is not None and kind in (None, found.kind):
        if await _is_usable(services, interaction, found):
            return found
        if await _is_member(services, interaction, found):
            return found  # a member who opens their own link again is not an attempt
    failed = invitations.add_failed_try(person, interaction.update_id, at)
    await write_unaudited(services, interaction, failed)
    return InvalidLink()


async def _is_member(services: Services, interaction: Interaction, found: Invitation) -> bool:
    """Whether the learner is in the cohort the invitation leads to; false for roles."""
    if found.kind is not InvitationKind.COHORT:
        return False
    mine = await memberships.fetch_memberships(services.store, interaction.learner)
    return any(one.cohort == found.cohort for one in mine)


async def _is_usable(services: Services, interaction: Interaction, found: Invitation) -> bool:
    """Whether a person may use it; a link to a role only while its maker may give that role.

    The operator may make the first admin, and nobody once there is one.
    """
    if _has_taken(found, interaction):
        return await has_role(services, interaction, found)
    if found.kind is InvitationKind.COHORT or not found.is_usable(interaction.at):
        return found.is_usable(interaction.at)
    if found.made_by == OPERATOR:
        return not await has_admin(services.store, services.admins)
    maker = await load_access_of(services, LearnerId(found.made_by))
    return maker.may_grant(found.kind, found.cohort)


def _has_taken(found: Invitation, interaction: Interaction) -> bool:
    """Whether this person accepted the role before; true for a press that is delivered again."""
    return found.used_by == interaction.learner and found.kind is not InvitationKind.COHORT


async def has_role(services: Services, interaction: Interaction, found: Invitation) -> bool:
    """Whether this person has the offered role now."""
    held = await roles.fetch_held_roles(services.store, interaction.learner)
    if found.cohort is None:
        return Role(found.kind.value) in held.roles
    return found.cohort in held.cohorts
