"""Roles: giving them to people whose contact was shared, and taking them back."""

from dataclasses import dataclass
from functools import partial

from bot.actions import dialogues
from bot.actions.access import (
    Access,
    NotAllowedError,
    load_access,
    load_facilitator_access,
    write_audited,
    write_unaudited,
)
from bot.actions.cohorts import CohortDetails
from bot.actions.invitation_lookup import InvalidLink, TooManyAttempts, find_invitation, has_role
from bot.actions.invitations import check_grant
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import cohorts, invitations, roles
from storage.cohorts import Cohort
from storage.invitations import Invitation, InvitationKind
from storage.roles import Role
from storage.statements import Statement

ROLE_NAME_DIALOGUE = "role-name"
"""The kind of the dialogue that waits for the name that a person wants for their role."""

GRANT_DIALOGUE = "grant"
"""The kind of a dialogue that waits for a contact, or for a word on the one that was shared."""


@dataclass(frozen=True, slots=True)
class GrantQuestion:
    """A question that is asked before somebody is given a role.

    Attributes:
        details: the cohort; `None` for a role without one.
    """

    person: LearnerId
    kind: InvitationKind
    details: CohortDetails | None


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A person was given a role."""

    person: LearnerId
    kind: InvitationKind
    details: CohortDetails | None


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """A role, or a cohort to facilitate, that can be taken back from a person.

    Attributes:
        cohort: the cohort they facilitate; `None` for a role.
        cohort_name: "" for a role.
        name: that the person chose for their role; "" for none.
    """

    person: LearnerId
    role: Role | None
    cohort: int | None = None
    cohort_name: str = ""
    name: str = ""


async def ask_before_grant(
    services: Services,
    interaction: Interaction,
    kind: InvitationKind,
    cohort: int | None,
    person: LearnerId,
) -> GrantQuestion:
    """Ask before a role goes to somebody whose contact was shared."""
    found = await check_grant(services, interaction, kind, cohort)
    body = {"kind": kind.value, "cohort": cohort, "person": person}
    await dialogues.begin_dialogue(services, interaction, GRANT_DIALOGUE, body)
    return GrantQuestion(person, kind, found)


async def grant_role(
    services: Services, interaction: Interaction, person: LearnerId
) -> RoleGranted | None:
    """Give somebody what was asked about; `None` when it is not, or no longer, what is asked."""
    await load_facilitator_access(services, interaction)  # raises for others
    draft = await dialogues.fetch_open_dialogue(services, interaction, GRANT_DIALOGUE)
    if draft is None or draft.body.get("person") != person:
        return None
    kind, cohort = InvitationKind(draft.body["kind"]), draft.body["cohort"]
    found = await check_grant(services, interaction, kind, cohort)
    change = _grant_statement(interaction, kind, cohort, person)
    subject = kind.value if cohort is None else cohort
    closed = dialogues.close(interaction)
    await write_audited(services, interaction, "give-role", subject, str(person), change, closed)
    return RoleGranted(person, kind, found)


async def fetch_role_holders(
    services: Services, interaction: Interaction
) -> tuple[RoleHolder, ...]:
    """Load the roles that a person may take back, including their own."""
    access = await load_facilitator_access(services, interaction)
    return await fetch_revocable_roles(services, access)


async def revoke_role(
    services: Services, interaction: Interaction, holder: RoleHolder
) -> RoleHolder:
    """Take back a role or a cohort. Admins named in the settings stay admins."""
    access = await load_access(services, interaction)
    known = await fetch_revocable_roles(services, access)
    found = next((one for one in known if is_same_role(one, holder)), None)
    if found is None:
        raise NotAllowedError
    if found.cohort is not None:
        change, subject = roles.delete_facilitator(found.person, found.cohort), str(found.cohort)
    else:
        assert found.role is not None, "a holder without a cohort has a role"
        change, subject = roles.delete_role(found.person, found.role), found.role.value
    await write_audited(services, interaction, "take-role", subject, str(found.person), change)
    return found


async def fetch_revocable_roles(services: Services, access: Access) -> tuple[RoleHolder, ...]:
    """Load the roles that a person may take back; roles without a cohort come first."""
    names = await roles.fetch_role_names(services.store)
    found = (
        RoleHolder(
            LearnerId(person),
            Role(role) if cohort is None else None,
            cohort,
            name or "",
            names.get(person, ""),
        )
        for person, role, cohort, name in await roles.fetch_role_holders(services.store)
        if access.is_admin or cohort in access.cohorts
    )
    return tuple(sorted(found, key=lambda one: (one.cohort or 0, one.role or "", one.person)))


def _grant_statement(
    interaction: Interaction, kind: InvitationKind, cohort: int | None, person: LearnerId
) -> Statement:
    if cohort is not None:
        return roles.add_facilitator(person, cohort, interaction.at)
    return roles.add_role(person, Role(kind.value), interaction.learner, interaction.at)


def is_same_role(one: RoleHolder, other: RoleHolder) -> bool:
    """Whether both are the same role or cohort of the same person."""
    return (one.person, one.role, one.cohort) == (other.person, other.role, other.cohort)


@dataclass(frozen=True, slots=True)
class RoleOffered:
    """A person is asked whether they accept a role.

    Attributes:
        cohort: `None` for a role without one.
    """

    kind: InvitationKind
    cohort: Cohort | None


@dataclass(frozen=True, slots=True)
class RoleTaken:
    """A person has a new role.

    Attributes:
        has_name: whether they chose a name for a role before.
    """

    kind: InvitationKind
    cohort: Cohort | None
    has_name: bool = False


async def accept_role(
    services: Services, interaction: Interaction
) -> RoleTaken | InvalidLink | TooManyAttempts:
    """Accept the role of the link that was opened last; the first to accept gets it."""
    draft = await dialogues.fetch_open_dialogue(services, interaction, "offer")
    if draft is None:
        return InvalidLink()
    found = await find_invitation(services, interaction, draft.body["digest"], None)
    if not isinstance(found, Invitation):
        return found
    if found.is_usable(interaction.at):
        await _take_role(services, interaction, found)
    if not await has_role(services, interaction, found):
        return InvalidLink()
    cohort = None
    if found.cohort is not None:
        cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    names = await roles.fetch_role_names(services.store)
    return RoleTaken(found.kind, cohort, interaction.learner in names)


async def _take_role(services: Services, interaction: Interaction, found: Invitation) -> None:
    kind, subject = found.kind.value, found.kind.value if found.cohort is None else found.cohort
    taken = invitations.accept_grant(found, interaction.learner, interaction.at)
    noted = partial(roles.add_audit_entry_of_grant, digest=found.digest)
    await write_audited(services, interaction, "take-offer", subject, kind, *taken, noted=noted)


async def await_role_name(services: Services, interaction: Interaction) -> None:
    """Treat the person's next message as the name for their role."""
    await load_facilitator_access(services, interaction)  # raises for others
    await dialogues.begin_dialogue(services, interaction, ROLE_NAME_DIALOGUE, {})


async def set_role_name(services: Services, interaction: Interaction, name: str) -> None:
    """Store the name that a person wants for their role; ends the dialogue."""
    await load_facilitator_access(services, interaction)  # raises for others
    saved = roles.save_role_name(interaction.learner, name)
    await write_unaudited(services, interaction, saved, dialogues.close(interaction))
