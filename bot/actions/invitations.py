"""Creating and revoking invitation links: into a cohort, and to a role."""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from bot.actions import dialogues
from bot.actions.access import Access, NotAllowed, load_access, write_audited
from bot.actions.cohorts import CohortDetails, fetch_details
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import cohorts, invitations, roles
from storage.cohorts import CohortState
from storage.invitations import Invitation, InvitationKind
from storage.roles import Role
from storage.statements import Statement

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


GRANTING = "grant"
"""The kind of a dialogue that waits for a contact, or for a word on the one that was shared."""


@dataclass(frozen=True, slots=True)
class GrantQuestion:
    """Whether somebody is to have what they may do is asked first.

    Attributes:
        led: the cohort; `None` for a role without one.
    """

    person: LearnerId
    kind: InvitationKind
    led: CohortDetails | None


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
    """

    person: LearnerId
    role: Role | None
    cohort: int | None = None
    cohort_name: str = ""


async def create_link(
    services: Services, interaction: Interaction, cohort: int, days: int, uses: int | None
) -> LinkCreated | NotAllowed:
    """Create a link into a cohort that is open.

    Args:
        uses: how many people may use it; `None` for as many as there is room for. Such a link
            replaces the earlier one, so that there is only one to pass on.
    """
    found = await fetch_details(services, interaction, cohort)
    if isinstance(found, NotAllowed) or found.cohort.state is not CohortState.OPEN:
        return NotAllowed()
    payload, made = _new_invitation(interaction, InvitationKind.COHORT, cohort, days)
    made = replace(made, max_uses=uses or MAX_USES)
    before = (invitations.revoke_group_links(cohort, interaction.at),) if uses is None else ()
    changes = (*before, invitations.add_invitation(made, interaction.learner))
    await write_audited(services, interaction, "make-link", cohort, f"{days} days", *changes)
    return LinkCreated(payload, made, await _fetch_details_again(services, interaction, cohort))


async def revoke_links(
    services: Services, interaction: Interaction, cohort: int
) -> CohortDetails | NotAllowed:
    """Revoke all links into a cohort."""
    found = await fetch_details(services, interaction, cohort)
    if isinstance(found, NotAllowed):
        return found
    await write_audited(
        services,
        interaction,
        "revoke-links",
        cohort,
        "",
        invitations.revoke_invitations(cohort, interaction.at),
    )
    return await _fetch_details_again(services, interaction, cohort) or NotAllowed()


async def offer_role(
    services: Services, interaction: Interaction, kind: InvitationKind, cohort: int | None
) -> LinkCreated | NotAllowed:
    """Create a link that gives a role to the first person who accepts it."""
    access = await load_access(services, interaction)
    if not may_grant(access, kind, cohort):
        return NotAllowed()
    found = None if cohort is None else await _fetch_details_again(services, interaction, cohort)
    if cohort is not None and found is None:
        return NotAllowed()
    payload, made = _new_invitation(interaction, kind, cohort, GRANT_DAYS)
    subject = kind.value if cohort is None else cohort
    change = invitations.add_invitation(made, interaction.learner)
    await write_audited(services, interaction, "offer-role", subject, kind.value, change)
    return LinkCreated(payload, made, found)


async def ask_before_grant(
    services: Services,
    interaction: Interaction,
    kind: InvitationKind,
    cohort: int | None,
    person: LearnerId,
) -> GrantQuestion | NotAllowed:
    """Ask before a role goes to somebody whose contact was shared."""
    found = await _givable(services, interaction, kind, cohort)
    if isinstance(found, NotAllowed):
        return found
    body = {"kind": kind.value, "cohort": cohort, "person": person}
    await dialogues.begin_dialogue(services, interaction, GRANTING, body)
    return GrantQuestion(person, kind, found)


async def grant_role(
    services: Services, interaction: Interaction, person: LearnerId
) -> RoleGranted | NotAllowed | None:
    """Give somebody what was asked about; `None` when it is not, or no longer, what is asked."""
    if not (await load_access(services, interaction)).is_facilitator:
        return NotAllowed()
    draft = await dialogues.fetch_open_dialogue(services, interaction)
    if draft is None or draft.kind != GRANTING or draft.body.get("person") != person:
        return None
    kind, cohort = InvitationKind(draft.body["kind"]), draft.body["cohort"]
    found = await _givable(services, interaction, kind, cohort)
    if isinstance(found, NotAllowed):
        return found
    change = _grant_statement(interaction, kind, cohort, person)
    subject = kind.value if cohort is None else cohort
    closed = dialogues.close(interaction)
    await write_audited(services, interaction, "give-role", subject, str(person), change, closed)
    return RoleGranted(person, kind, found)


async def _givable(
    services: Services, interaction: Interaction, kind: InvitationKind, cohort: int | None
) -> CohortDetails | NotAllowed | None:
    """The cohort that is to be shared, `None` for a role without one, if it may be given."""
    found = None if cohort is None else await _fetch_details_again(services, interaction, cohort)
    may = may_grant(await load_access(services, interaction), kind, cohort)
    return found if may and (cohort is None or found is not None) else NotAllowed()


async def fetch_role_holders(
    services: Services, interaction: Interaction
) -> tuple[RoleHolder, ...] | NotAllowed:
    """Load the roles that a person may take back, including their own."""
    access = await load_access(services, interaction)
    if not access.is_facilitator:
        return NotAllowed()
    return await fetch_revocable_roles(services, access)


async def revoke_role(
    services: Services, interaction: Interaction, holder: RoleHolder
) -> RoleHolder | NotAllowed:
    """Take back a role or a cohort. Admins named in the settings stay admins."""
    access = await load_access(services, interaction)
    known = await fetch_revocable_roles(services, access)
    found = next((one for one in known if is_same_role(one, holder)), None)
    if found is None:
        return NotAllowed()
    if found.cohort is not None:
        change, subject = roles.delete_facilitator(found.person, found.cohort), str(found.cohort)
    else:
        assert found.role is not None, "a holder without a cohort has a role"
        change, subject = roles.delete_role(found.person, found.role), found.role.value
    await write_audited(services, interaction, "take-role", subject, str(found.person), change)
    return found


async def revoke_offers(services: Services, interaction: Interaction) -> bool | NotAllowed:
    """Revoke all unused links to roles that the person may give."""
    access = await load_access(services, interaction)
    if not access.is_facilitator:
        return NotAllowed()
    mine = await cohorts.fetch_facilitated_cohorts(
        services.store, interaction.learner, all_cohorts=access.is_admin
    )
    reach = (*(one.id for one in mine), *((None,) if access.is_admin else ()))
    changes = (invitations.revoke_grants(cohort, interaction.at) for cohort in reach)
    await write_audited(services, interaction, "revoke-offers", "", "", *changes)
    return True


async def fetch_revocable_roles(services: Services, access: Access) -> tuple[RoleHolder, ...]:
    """Load the roles that a person may take back; roles without a cohort come first."""
    found = (
        RoleHolder(LearnerId(person), Role(role) if cohort is None else None, cohort, name or "")
        for person, role, cohort, name in await roles.fetch_role_holders(services.store)
        if access.is_admin or cohort in access.cohorts
    )
    return tuple(sorted(found, key=lambda one: (one.cohort or 0, one.role or "", one.person)))


def _new_invitation(
    interaction: Interaction, kind: InvitationKind, cohort: int | None, days: int
) -> tuple[str, Invitation]:
    token = token_urlsafe(_TOKEN_BYTES)
    made = Invitation(
        invitations.hash_token(token),
        kind,
        cohort,
        interaction.at + days * _DAY_MILLISECONDS,
        1,
        None,
        None,
        interaction.at,
        0,
    )
    return f"{_LETTER_BY_KIND[kind]}_{token}", made


def may_grant(access: Access, kind: InvitationKind, cohort: int | None) -> bool:
    """Whether a person may give this role, or with `cohort` this cohort, to others."""
    if kind is InvitationKind.FACILITATOR and cohort is not None:
        return access.may_facilitate(cohort)
    return (
        access.is_admin
        and cohort is None
        and kind in (InvitationKind.ADMIN, InvitationKind.FACILITATOR)
    )


def _grant_statement(
    interaction: Interaction, kind: InvitationKind, cohort: int | None, person: LearnerId
) -> Statement:
    if cohort is not None:
        return roles.add_facilitator(person, cohort, interaction.at)
    return roles.add_role(person, Role(kind.value), interaction.learner, interaction.at)


def is_same_role(one: RoleHolder, other: RoleHolder) -> bool:
    """Whether both are the same role or cohort of the same person."""
    return (one.person, one.role, one.cohort) == (other.person, other.role, other.cohort)


async def _fetch_details_again(
    services: Services, interaction: Interaction, cohort: int
) -> CohortDetails | None:
    found = await fetch_details(services, interaction, cohort)
    return None if isinstance(found, NotAllowed) else found
